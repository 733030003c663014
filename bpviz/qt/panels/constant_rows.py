"""The numbers of what was chosen above: a row for each that is read."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpviz.explain.number import typed
from bpviz.qt.panels.constants import Constant
from bpviz.qt.panels.entries import EntryError
from bpviz.qt.panels.entry_row import EntryRow
from bpviz.qt.panels.section import GAP


class ConstantRow(EntryRow):
    """One of them."""

    asked = Signal(object, float, bool)  # which Constant, its new value, whether by an arrow

    def __init__(self, constant: Constant) -> None:
        super().__init__(constant.caption, constant.tip)
        self._constant = constant
        self._value = 0.0
        self.entered.connect(self._enter)
        self.stepped.connect(self._step)

    def show_value(self, value: float) -> None:
        self._value = value
        self.show_text(typed(value))

    def _enter(self, text: str) -> None:
        try:
            self._ask(self._constant.read(text), False)
        except EntryError as error:
            self.refuse(str(error))

    def _step(self, steps: int) -> None:
        self._ask(self._constant.stepped(self._value, steps), True)

    def _ask(self, value: float, stepped: bool) -> None:
        if value == self._value:
            self.show_value(value)  # the same number, perhaps written differently
        else:
            self.asked.emit(self._constant, value, stepped)


class ConstantRows(QWidget):
    """Rows are made when they are first shown, in the order of the constants."""

    asked = Signal(object, float, bool)  # as of a row

    def __init__(self, constants: tuple[Constant, ...], after: QWidget) -> None:
        """after: the widget that has the keyboard before them."""
        super().__init__()
        self._constants = constants
        self._after = after
        self._rows: dict[str, ConstantRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self.hide()

    def show_values(self, values: Mapping[str, float]) -> None:
        """These and no others, by their fields."""
        for constant in self._constants:
            if constant.field in values:
                row = self.row(constant.field)
                row.show_value(values[constant.field])
                row.show()
            elif constant.field in self._rows:
                self._rows[constant.field].put_away()
        self.setVisible(bool(values))

    def row(self, field: str) -> ConstantRow:
        """The row of that field, made if it was not yet."""
        if field not in self._rows:
            fields = [constant.field for constant in self._constants]
            place = fields.index(field)
            before = [self._rows[known].field for known in fields[:place] if known in self._rows]
            made = ConstantRow(self._constants[place])
            made.asked.connect(self.asked)
            self._rows[field] = made
            self._column.insertWidget(len(before), made)
            QWidget.setTabOrder(before[-1] if before else self._after, made.field)
        return self._rows[field]
