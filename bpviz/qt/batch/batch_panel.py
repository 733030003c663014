"""The panel about the batch: each example's pull, what the update promised and did, what a gradient means."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpviz.explain.contribution import gradient_part, subject_of
from bpviz.qt.batch.promise_section import PromiseSection
from bpviz.qt.batch.pull_section import PullSection
from bpviz.qt.batch.wiggle_section import WiggleSection
from bpviz.qt.naming import Naming
from bpviz.qt.panels.coalescer import Coalescer
from bpviz.qt.panels.panel_scroll import PanelScroll
from bpviz.qt.panels.section import rule
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_MARGINS = (16, 14, 16, 14)
_GAP = 14
_LEAST_WIDTH = 220


class BatchPanel(QWidget):
    """Follows the record, the phase, the example and the selection."""

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__()
        self._session, self._player = session, player
        self._spotlight, self._naming, self._theme = spotlight, naming, theme
        self._key: object = None
        self.pulls = PullSection(session, player, spotlight, naming, theme)
        self.promise = PromiseSection(session, player, theme)
        self.wiggle = WiggleSection(session, player, naming, theme)
        self._lay_out()
        self._redraw = Coalescer(self, self.refresh)
        for signal in (session.experiment_changed, session.settings_changed, session.step_changed,
                       player.moved, player.mode_changed, spotlight.changed, naming.changed,
                       self.wiggle.epsilon.changed):
            signal.connect(self._redraw.ask)
        self._redraw.ask()

    def refresh(self) -> None:
        """Show what is so now; nothing is made anew while record, phase, focus and names stay."""
        record, spotlight = self._session.record, self._spotlight
        fast = self._player.running and not self._player.phases_shown
        subject = subject_of(record, spotlight.selected)
        lit = subject.address is not None and spotlight.lights(gradient_part(subject.address))
        key = (record, self._player.complete, spotlight.example, subject, lit, fast, self._naming.notation,
               self.wiggle.epsilon.epsilon, self._session.trainer.reached)
        if key == self._key:
            return
        self._key = key
        self.pulls.refresh(subject)
        self.promise.refresh()
        self.wiggle.refresh(subject, fast)

    def _lay_out(self) -> None:
        scroll = PanelScroll(_MARGINS, _GAP)
        for widget in (self.pulls, rule(), self.promise, rule(), self.wiggle):
            scroll.column.addWidget(widget)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        self.setMinimumWidth(_LEAST_WIDTH)

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(328, 640)
