"""What the playground is set to: three functions, a place x, and by which variable f is derived."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Signal

from bpviz.explain.nested import FARTHEST, VARIABLES, Chain, Letter, Nested, Variable
from bpviz.qt.playground.examples import EXAMPLES, Example

Light = Literal["C", "B", "A", "f"]  # a stage, or the whole
_PER_ONE = 100                       # x stands on hundredths, so that it is what it reads


class State(QObject):
    """The widgets ask for changes here and follow its signals; the numbers come from explain."""

    changed = Signal()        # other functions, another x, another variable
    light_changed = Signal()  # another part under the mouse or the keyboard

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nested = EXAMPLES[0].nested
        self._x = EXAMPLES[0].x
        self._by: Variable = VARIABLES[0]
        self._light: Light | None = None

    @property
    def nested(self) -> Nested:
        return self._nested

    @property
    def x(self) -> float:
        return self._x

    @property
    def by(self) -> Variable:
        return self._by

    @property
    def light(self) -> Light | None:
        """What is pointed at, and stands out wherever it is shown."""
        return self._light

    @property
    def chain(self) -> Chain:
        return self._nested.chain(self._x, self._by)

    @property
    def fine_x(self) -> int:
        """x in hundredths."""
        return round(self._x * _PER_ONE)

    def set_function(self, letter: Letter, name: str) -> None:
        self._set(self._nested.with_function(letter, name), self._x, self._by)

    def set_x(self, x: float) -> None:
        """The nearest hundredth within the range."""
        nearest = round(min(FARTHEST, max(-FARTHEST, x)) * _PER_ONE) / _PER_ONE
        self._set(self._nested, nearest, self._by)

    def step_x(self, hundredths: int) -> None:
        self.set_x((self.fine_x + hundredths) / _PER_ONE)

    def set_by(self, by: str) -> None:
        """Anything but a variable means x."""
        self._set(self._nested, self._x, next((known for known in VARIABLES if known == by), VARIABLES[0]))

    def take(self, example: Example) -> None:
        """The example's functions and place, with the whole chain."""
        self._set(example.nested, example.x, VARIABLES[0])

    def set_nested(self, nested: Nested) -> None:
        self._set(nested, self._x, self._by)

    def set_light(self, light: Light | None) -> None:
        if light != self._light:
            self._light = light
            self.light_changed.emit()

    def _set(self, nested: Nested, x: float, by: Variable) -> None:
        if (nested, x, by) != (self._nested, self._x, self._by):
            self._nested, self._x, self._by = nested, x, by
            self.changed.emit()
