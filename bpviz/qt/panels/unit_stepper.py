"""How many units a layer has: minus, a number that can be typed, plus."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QToolButton, QWidget

from bpviz.explain.number import MINUS
from bpviz.qt.fonts import SMALL, number_font
from bpviz.qt.panels.number_field import NumberField
from bpviz.qt.panels.tip import wrapped

_BUTTON = 20
_FIELD = 38
_HEIGHT = 22


class UnitStepper(QWidget):
    """Says what was asked for: so many more, or what was typed."""

    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.fewer = self._button(MINUS)
        self.field = NumberField()
        self.field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.setFont(number_font(SMALL, 500))
        self.field.setProperty("small", True)
        self.field.setFixedSize(_FIELD, _HEIGHT)
        self.more = self._button("+")
        self.field.stepped.connect(self.stepped)
        self.fewer.clicked.connect(self._one_fewer)
        self.more.clicked.connect(self._one_more)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for widget in (self.fewer, self.field, self.more):
            row.addWidget(widget)

    def show_units(self, units: int, of: str, fixed: str = "") -> None:
        """of: whose units, in words. fixed: why they cannot be changed, if so."""
        self.field.show_text(str(units))
        for widget, name, tip in (
            (self.fewer, f"Remove a unit of {of}", "A unit less. The others keep their weights."),
            (self.field, f"Units of {of}", "How many units. Type it, or step it with ↑ and ↓."),
            (self.more, f"Add a unit to {of}", "A unit more. The others keep their weights."),
        ):
            widget.setAccessibleName(name)
            widget.setToolTip(wrapped(fixed or f"{tip} Steps count from 0 again."))
            widget.setEnabled(not fixed)

    def _one_fewer(self) -> None:
        self.stepped.emit(-1)

    def _one_more(self) -> None:
        self.stepped.emit(1)

    def _button(self, sign: str) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setProperty("small", True)
        button.setFixedSize(_BUTTON, _HEIGHT)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button
