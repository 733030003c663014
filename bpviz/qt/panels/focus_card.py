"""Everything about the unit or weight in focus: its quantities, and how the latest of them came about."""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bpviz.explain.address import Address, Edge
from bpviz.explain.quantities import quantities
from bpviz.explain.worked import worked
from bpviz.qt.hand.hand import Hand
from bpviz.qt.naming import Naming
from bpviz.qt.panels.formula_line import FormulaLine
from bpviz.qt.panels.nudge_line import NudgeLine
from bpviz.qt.panels.quantity_table import QuantityTable
from bpviz.qt.panels.section import rule
from bpviz.qt.panels.typed_row import TypedRow
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_BOX = (10, 8, 10, 8)
_ROOM_FOR_HINT = 280


class FocusCard(QWidget):
    """Shows an address of the record at this moment."""

    reshaped = Signal()  # what it shows needs another height

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__()
        self._session = session
        self._player = player
        self._spotlight = spotlight
        self._naming = naming
        self._selected = False
        self.title = QLabel()
        self.title.setProperty("title", True)
        self.title.setWordWrap(True)
        self.hint = QLabel("Esc lets go")
        self.hint.setProperty("faint", True)
        self._hand = Hand(session, player, spotlight, naming, self)
        self.typed = (TypedRow(theme), TypedRow(theme))  # an output has a bias and a target
        self.nudge = NudgeLine(self._hand.tuner)
        self.table = QuantityTable(theme)
        self.formula = FormulaLine(theme)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignTop)
        self._box = QFrame()
        self._box.setProperty("field", True)
        inside = QVBoxLayout(self._box)
        inside.setContentsMargins(*_BOX)
        inside.addWidget(self.formula)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(rule())
        column.addSpacing(4)
        column.addLayout(head)
        for row in (*self.typed, self.nudge):
            column.addWidget(row)
        column.addWidget(self.table)
        column.addWidget(self._box)
        column.addStretch(1)

    def show_address(self, address: Address, selected: bool) -> None:
        network, record = self._session.network, self._session.record
        names = self._naming.names
        name = _short(names.edge_name(address)) if isinstance(address, Edge) else names.node_name(address)
        title = f"Selected: {name}" if selected else f"{name[0].upper()}{name[1:]}"
        if self.title.text() != title:
            self.title.setText(title)
        self._selected = selected
        self._fit_hint()
        self._show_typed(address, selected)
        example, complete = self._spotlight.example, self._player.complete
        self.table.show_rows(quantities(network, record, complete, address, example, names))
        line = worked(network, record, complete, address, example, names)
        self._box.setVisible(bool(line))
        self.formula.show_line(line)

    def _show_typed(self, address: Address, selected: bool) -> None:
        """What is selected can be typed; what the mouse only passes cannot."""
        entries = self._hand.entries(address) if selected else []
        for row, entry in zip_longest(self.typed, entries):
            row.show_entry(entry)
        self.nudge.show_for(address if selected else None)

    def _fit_hint(self) -> None:
        self.hint.setVisible(self._selected and self.width() >= _ROOM_FOR_HINT)

    # -- Qt ----------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_hint()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.reshaped.emit()
        return done


def _short(edge_name: str) -> str:
    """The panel is narrow: "weight, input 2 to hidden unit 1"."""
    return edge_name.replace("weight from ", "weight, ").replace("the ", "")
