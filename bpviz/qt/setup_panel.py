"""The panel on the left: every setting of the experiment, and what to look for in it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel

from bpviz.qt.panels.data_section import DataSection
from bpviz.qt.panels.learning_section import LearningSection
from bpviz.qt.panels.network_section import NetworkSection
from bpviz.qt.panels.panel_scroll import PanelScroll
from bpviz.qt.panels.section import Section, rule
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme

_MARGINS = (14, 14, 14, 14)
_GAP = 12
_LEAST_WIDTH = 200


class SetupPanel(PanelScroll):
    """Network, learning, data and what to look for, one below the other. Holds no number of its own."""

    def __init__(self, session: Session, _player: Player, theme: Theme) -> None:
        super().__init__(_MARGINS, _GAP)
        self._session = session
        self.network = NetworkSection(session, theme)
        self.learning = LearningSection(session, theme)
        self.data = DataSection(session)
        self._look_for = QLabel()
        self._look_for.setWordWrap(True)
        self._look_for.setProperty("soft", True)
        self._advice = Section("What to look for")
        self._advice.add(self._look_for)
        self._last_rule = rule()
        for widget in (
            self.network, rule(), self.learning, rule(), self.data, self._last_rule, self._advice,
        ):  # fmt: skip
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.setMinimumWidth(_LEAST_WIDTH)
        session.experiment_changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        text = self._session.preset.look_for
        self._look_for.setText(text)
        self._advice.setVisible(bool(text))
        self._last_rule.setVisible(bool(text))

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(228, 640)
