"""The equations of the step, live: the forward ones, the cost, the three of backpropagation, the update."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpviz.explain.equation.sheet import sheet
from bpviz.explain.phase import score
from bpviz.qt.equations.sheet_view import SheetView
from bpviz.qt.naming import Naming
from bpviz.qt.panels.coalescer import Coalescer
from bpviz.qt.panels.panel_scroll import PanelScroll
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_MARGINS = (14, 10, 14, 14)
_ROOM = 12  # kept above and below the equations that are scrolled to


class EquationsPanel(QWidget):
    """Follows the playhead: the equations of the phase being told are emphasised and in sight."""

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__()
        self._session = session
        self._player = player
        self._spotlight = spotlight
        self._naming = naming
        self._key: object = None
        self._followed: object = None
        self.view = SheetView(theme, spotlight)
        self._area = PanelScroll(_MARGINS, 0)
        self._area.column.addWidget(self.view)
        self._area.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        self.view.arrived.connect(self._follow)
        self._settled = QTimer(self)  # the area learns only later how tall the sheet has become
        self._settled.setSingleShot(True)
        self._settled.setInterval(0)
        self._settled.timeout.connect(self._scroll)
        self._redraw = Coalescer(self, self.refresh)
        for signal in (session.experiment_changed, session.step_changed, player.moved, player.mode_changed,
                       spotlight.changed, naming.changed):
            signal.connect(self._redraw.ask)
        self._redraw.ask()

    def refresh(self) -> None:
        """Show what is so now; nothing is made anew while record, phase, focus and notation stay."""
        session, player = self._session, self._player
        focus = self._spotlight.selected
        key = (session.record, player.complete, player.moment.phase, self._spotlight.example, focus,
               self._naming.notation)
        if key == self._key:
            return
        self._key = key
        example, names = self._spotlight.example, self._naming.names
        groups = sheet(session.network, session.record, player.complete, example, names, focus)
        self.view.show_groups(groups, score(session.network.depth)[player.moment.phase])

    def _follow(self) -> None:
        """Bring the equations of a phase into sight once, when it begins."""
        key = (self._player.moment.phase, self._session.network)
        if key == self._followed:
            return
        self._followed = key
        self._settled.start()

    def _scroll(self) -> None:
        there = self.view.current_rect()
        if there is None:
            return
        bar, height = self._area.verticalScrollBar(), self._area.viewport().height()
        top, bottom = there.top() + self.view.y(), there.bottom() + self.view.y()
        if top - _ROOM < bar.value() or bottom + _ROOM > bar.value() + height:
            bar.setValue(int(min(top, (top + bottom - height) / 2)))

