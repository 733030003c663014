"""An amount that is set by a slider or typed: both are always of one mind."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from bpviz.explain.number import count
from bpviz.qt.panels.number_field import NumberField

_FIELD = (76, 27)
_CAPTION = 62


@dataclass(frozen=True, slots=True)
class Amount:
    """What may be set: the stops of the slider, what can be typed. Shown times factor, with its unit."""

    stops: tuple[float, ...]
    low: float
    high: float
    whole: bool = False
    factor: float = 1.0
    unit: str = ""

    def text(self, value: float) -> str:
        shown = value * self.factor
        return (count(round(shown)) if self.whole else f"{shown:.10g}") + self.unit

    def read(self, text: str) -> float:
        """Raises ValueError with a sentence. A decimal comma is understood, a comma of thousands too."""
        plain = text.strip().removesuffix(self.unit.strip()).strip()
        plain = plain.replace(",", "") if self.whole else plain.replace(",", ".")
        try:
            value = float(plain) / self.factor
        except ValueError:
            value = math.nan
        if not self.low <= value <= self.high or (self.whole and value != math.floor(value)):
            kind = "whole number" if self.whole else "number"
            raise ValueError(f"Type a {kind} from {self.text(self.low)} to {self.text(self.high)}.")
        return value

    def stepped(self, value: float, steps: int) -> float:
        """The stop so many further; from between two stops, to a neighbour first."""
        if steps > 0:
            beyond = [stop for stop in self.stops if stop > value + 1e-12]
            return beyond[min(steps, len(beyond)) - 1] if beyond else value
        below = [stop for stop in self.stops if stop < value - 1e-12]
        return below[max(steps, -len(below))] if below else value


def place_of(stops: Sequence[float], value: float) -> int:
    """The stop nearest to a value."""
    return min(range(len(stops)), key=lambda k: abs(stops[k] - value))


class AmountRow(QWidget):
    """Says so when a person has set another value; what was typed wrong is explained underneath."""

    changed = Signal()

    def __init__(self, caption: str, tip: str, amount: Amount, value: float) -> None:
        super().__init__()
        self._amount = amount
        self._value = value
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, len(amount.stops) - 1)
        self.slider.setPageStep(max(1, len(amount.stops) // 10))
        self.field = NumberField()
        self.field.setFixedSize(*_FIELD)
        self.trouble = QLabel()
        self.trouble.setProperty("trouble", True)
        self.trouble.hide()
        self._lay_out(caption, tip)
        self.slider.valueChanged.connect(self._slid)
        self.field.entered.connect(self._typed)
        self.field.stepped.connect(self._step)
        self.field.reverted.connect(self.trouble.hide)
        self._show()

    @property
    def value(self) -> float:
        return self._value

    def set_value(self, value: float) -> None:
        """Show another value, without saying so."""
        self._value = value
        self._show()

    # -- within ----------------------------------------------------------------------------------------

    def _lay_out(self, caption: str, tip: str) -> None:
        name = QLabel(caption)
        name.setProperty("soft", True)
        name.setMinimumWidth(_CAPTION)
        name.setBuddy(self.field)
        for widget, role in ((self.slider, f"{caption}, slider"), (self.field, caption)):
            widget.setAccessibleName(role)
            widget.setToolTip(tip)
        name.setToolTip(tip)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.addWidget(name, 0, 0)
        grid.addWidget(self.slider, 0, 1)
        grid.addWidget(self.field, 0, 2)
        grid.addWidget(self.trouble, 1, 0, 1, 3, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(1, 1)

    def _show(self) -> None:
        self.field.show_text(self._amount.text(self._value))
        self.trouble.hide()
        self.slider.blockSignals(True)  # a typed value may stand between two stops
        self.slider.setValue(place_of(self._amount.stops, self._value))
        self.slider.blockSignals(False)

    def _slid(self, place: int) -> None:
        self._take(self._amount.stops[place])

    def _step(self, steps: int) -> None:
        self._take(self._amount.stepped(self._value, steps))

    def _typed(self, text: str) -> None:
        try:
            self._take(self._amount.read(text))
        except ValueError as error:
            self.trouble.setText(str(error))
            self.trouble.show()

    def _take(self, value: float) -> None:
        changed = value != self._value
        self.set_value(value)
        if changed:
            self.changed.emit()


class _Slider(QSlider):
    """The wheel turns it only while it has the keyboard."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
