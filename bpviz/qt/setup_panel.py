"""The panel on the left: every setting of the experiment."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal

from bpviz.qt.panels.data_section import DataSection
from bpviz.qt.panels.learning_section import LearningSection
from bpviz.qt.panels.network_section import NetworkSection
from bpviz.qt.panels.panel_scroll import PanelScroll
from bpviz.qt.panels.section import rule
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme

_MARGINS = (14, 14, 14, 14)
_GAP = 12
_LEAST_WIDTH = 224


class SetupPanel(PanelScroll):
    """Network, learning and data, one below the other. Holds no number of its own."""

    data_asked = Signal()  # other data are to be chosen

    def __init__(self, session: Session, _player: Player, theme: Theme) -> None:
        super().__init__(_MARGINS, _GAP)
        self.network = NetworkSection(session, theme)
        self.learning = LearningSection(session, theme)
        self.data = DataSection(session)
        self.data.asked.connect(self.data_asked)
        for widget in (self.network, rule(), self.learning, rule(), self.data):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.setMinimumWidth(_LEAST_WIDTH)

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(252, 640)
