"""The panel on the left: every setting of the experiment."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpviz.qt.session import Session
from bpviz.qt.tab_order import place
from bpviz.qt.theme import Theme

_MARGINS = (14, 14, 14, 14)
_GAP = 12
_LEAST_WIDTH = 224


class SetupPanel(QWidget):
    """Network, learning and data, one below the other. Holds no number of its own.

    Empty at first: the window is painted before `fill` makes them.
    """

    data_asked = Signal()  # other data are to be chosen

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._parts = (session, theme)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumWidth(_LEAST_WIDTH)

    def fill(self) -> None:
        """Once."""
        from bpviz.qt.panels.data_section import DataSection
        from bpviz.qt.panels.learning_section import LearningSection
        from bpviz.qt.panels.network_section import NetworkSection
        from bpviz.qt.panels.panel_scroll import PanelScroll
        from bpviz.qt.panels.section import rule

        session, theme = self._parts
        self.network = NetworkSection(session, theme)
        self.learning = LearningSection(session, theme)
        self.data = DataSection(session)
        self.data.asked.connect(self.data_asked)
        self.area = PanelScroll(_MARGINS, _GAP)
        for widget in (self.network, rule(), self.learning, rule(), self.data):
            self.area.column.addWidget(widget)
        self.area.column.addStretch(1)
        self._column.addWidget(self.area)
        place(self.area, self)

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(252, 640)
