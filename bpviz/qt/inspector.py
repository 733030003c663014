"""The panel on the right: what to look for, the step, every parameter, the unit or weight in focus."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpviz.explain.address import Address
from bpviz.qt.naming import Naming
from bpviz.qt.panels.coalescer import Coalescer
from bpviz.qt.panels.focus_card import FocusCard
from bpviz.qt.panels.look_for import LookFor
from bpviz.qt.panels.panel_scroll import PanelScroll
from bpviz.qt.panels.section import Section, rule
from bpviz.qt.panels.step_overview import StepOverview
from bpviz.qt.parameter_table import ParameterTable
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_MARGINS = (16, 14, 16, 14)
_CARD_MARGINS = (16, 0, 16, 14)
_GAP = 12
_LEAST_WIDTH = 220
_SHARE = 0.62       # of the panel's height that the card in focus may take


class Inspector(QWidget):
    """Follows session, player and spotlight. The card stands below what it must not push away."""

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__()
        self._session = session
        self._player = player
        self._spotlight = spotlight
        self._naming = naming
        self._key: object = None
        self._card_height = 0
        self.look_for = LookFor(session, naming)
        self.overview = StepOverview(session, player, spotlight, theme)
        self.parameters = ParameterTable(session, player, spotlight, theme)
        self.card = FocusCard(session, player, spotlight, naming, theme)
        self._lay_out()
        self.card.reshaped.connect(self._fit_card)
        session.experiment_changed.connect(self._forget_card)
        self._redraw = Coalescer(self, self.refresh)
        for signal in (session.experiment_changed, session.settings_changed, session.step_changed,
                       player.moved, player.mode_changed, spotlight.changed, naming.changed):
            signal.connect(self._redraw.ask)
        self._redraw.ask()

    @property
    def shown(self) -> Address | None:
        """What the card is about: the selection, or else what is hovered elsewhere.

        What is hovered in the table of parameters is shown by its tooltip: a card coming up for it
        could push it from under the mouse.
        """
        if self._spotlight.selected is not None or self.parameters.hovers:
            return self._spotlight.selected
        return self._spotlight.hovered

    def refresh(self) -> None:
        """Show what is so now; nothing is made anew while record, phase and focus stay."""
        key = (self._session.record, self._player.complete, self._spotlight.example, self.shown,
               self._spotlight.selected, self._naming.notation)
        if key == self._key:
            return
        self._key = key
        self.overview.refresh()
        self.parameters.refresh()
        address = self.shown
        if address is not None:
            self.card.show_address(address, selected=self._spotlight.selected is not None)
        self._card_area.setVisible(address is not None)
        roomy = self._spotlight.selected is None and not self.look_for.empty
        self.look_for.setVisible(roomy)
        self._rule.setVisible(roomy)
        self._fit_card()

    # -- within ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        whole = PanelScroll(_MARGINS, _GAP)
        listed = Section("Weights and biases")
        listed.add(self.parameters)
        self._rule = rule()
        for widget in (self.look_for, self._rule, self.overview, rule(), listed):
            whole.column.addWidget(widget)
        whole.column.addStretch(1)
        self._card_area = PanelScroll(_CARD_MARGINS, 0)
        self._card_area.column.addWidget(self.card)
        self._card_area.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(whole, 1)
        column.addWidget(self._card_area)
        self.setMinimumWidth(_LEAST_WIDTH)

    def _fit_card(self) -> None:
        """As tall as the tallest card of this network so far, within its share; beyond, it scrolls.

        A card that shrank and grew as the mouse wanders over the network would make the panel restless.
        """
        self._card_height = max(self._card_height, self._card_area.height_for(self.width()))
        height = min(self._card_height, int(self.height() * _SHARE))
        if height != self._card_area.height():
            self._card_area.setFixedHeight(height)

    def _forget_card(self) -> None:
        self._card_height = 0

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(328, 640)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._forget_card()
        self._fit_card()

