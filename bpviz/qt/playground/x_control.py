"""Where x is: a slider, and a field to type it."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from bpviz.explain.nested import FARTHEST
from bpviz.explain.number import MINUS, number
from bpviz.explain.symbol import Run, Symbol
from bpviz.qt.panels.number_field import NumberField
from bpviz.qt.playground.state import State
from bpviz.qt.playground.symbol_label import SymbolLabel
from bpviz.qt.playground.x_keys import HINT, STEP, steps_of
from bpviz.qt.theme import Theme

_END = round(FARTHEST * 100)
_RANGE = f"from {number(-FARTHEST, 1)} to {number(FARTHEST, 1)}"
_QUIET = f"Drag a point or the slider; {HINT}."
_NO_NUMBER = f"x is a number {_RANGE}."
_TOO_FAR = f"x goes {_RANGE}: the nearest end is taken."


class XSlider(QSlider):
    """Its keys are the plots' own."""

    def __init__(self, state: State) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._state = state
        self.setRange(-_END, _END)
        self.setPageStep(100)
        self.setAccessibleName("x")
        self.setToolTip(f"x, {_RANGE}; {HINT}")

    # -- Qt ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = steps_of(event)
        if steps:
            self._state.step_x(steps)
        else:
            super().keyPressEvent(event)


class XControl(QWidget):
    """Asks the state for another x, and shows the one in force."""

    def __init__(self, state: State, theme: Theme) -> None:
        super().__init__()
        self._state = state
        self.slider = XSlider(state)
        self.field = NumberField()
        self.field.setFixedWidth(86)
        self.field.setAccessibleName("x as a number")
        self.field.setToolTip(f"Type x, {_RANGE}: Return takes it, Escape gives the last one back")
        self.hint = QLabel(_QUIET)
        self.hint.setProperty("faint", True)
        self.hint.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.addWidget(SymbolLabel(theme, Symbol((Run("x", "italic"),)), 18), 0, 0)
        grid.addWidget(self.slider, 0, 1)
        grid.addWidget(self.field, 0, 2)
        grid.addWidget(self.hint, 1, 0, 1, 3)
        grid.setColumnStretch(1, 1)
        self.slider.valueChanged.connect(self._slide)
        self.field.entered.connect(self._enter)
        self.field.stepped.connect(self._step)
        self.field.reverted.connect(self._calm)
        state.changed.connect(self._follow)
        self._follow()

    # -- within ----------------------------------------------------------------------------------------

    def _slide(self, hundredths: int) -> None:
        self._state.set_x(hundredths / 100)

    def _step(self, steps: int) -> None:
        self._state.step_x(steps * STEP)

    def _enter(self, text: str) -> None:
        """Take what was typed; what is no number stays in the field and is explained."""
        x = _read(text)
        if x is None:
            self.hint.setText(_NO_NUMBER)
            return
        self._state.set_x(x)
        self._follow()
        if abs(x) > FARTHEST:
            self.hint.setText(_TOO_FAR)

    def _calm(self) -> None:
        self.hint.setText(_QUIET)

    def _follow(self) -> None:
        self._calm()
        self.field.show_text(number(self._state.x))
        self.slider.setValue(self._state.fine_x)


def _read(text: str) -> float | None:
    try:
        x = float(text.strip().replace(MINUS, "-").replace(",", "."))
    except ValueError:
        return None
    return None if math.isnan(x) else x
