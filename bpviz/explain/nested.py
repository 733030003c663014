"""Three functions one inside the other, f(x) = A(B(C(x))), and how the chain rule takes them apart.

After the refresher of the text: the derivative with respect to x is the product of the three local slopes;
with respect to an inner variable what lies below it is taken as a constant, and the product is shorter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np

from bpviz.engine.activation import ACTIVATIONS, activation
from bpviz.engine.arrays import Array
from bpviz.engine.errors import EngineError
from bpviz.explain.number import MINUS, number, shown
from bpviz.explain.one_number import activation_at, slope_at
from bpviz.explain.sentence.telling import equals
from bpviz.explain.symbol import Notation, Run, Symbol, upright

Letter = Literal["C", "B", "A"]
Variable = Literal["x", "C", "B"]
LETTERS: tuple[Letter, ...] = ("C", "B", "A")     # in the order of evaluation
VARIABLES: tuple[Variable, ...] = ("x", "C", "B")  # the argument of each
FUNCTIONS = tuple(name for name, known in ACTIVATIONS.items() if known.elementwise)
FARTHEST = 6.0       # x is looked at from -6 to 6
_AROUND = 3.0        # an inner variable at least from -3 to 3, even where less can be reached
_LEAST_SPAN = 1.0    # of the values on a plot, so that what is flat looks flat
_MARGIN = 0.08       # of a span, beyond its ends
_SAMPLES = 289
PLACE = {"C": "inner", "B": "middle", "A": "outer"}
Range = tuple[float, float]
Segment = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Stage:
    """One function at its input: value = function(input), slope = function'(input), both the engine's."""

    letter: Letter
    function: str
    input: float
    value: float
    slope: float

    @property
    def argument(self) -> Variable:
        return VARIABLES[LETTERS.index(self.letter)]

    @property
    def sides(self) -> Range:
        """The slopes just below and just above the input; they differ only at a corner."""
        below, above = (float(np.nextafter(self.input, end)) for end in (-np.inf, np.inf))
        return slope_at(self.function, below), slope_at(self.function, above)

    @property
    def corner(self) -> bool:
        return abs(self.sides[0] - self.sides[1]) > 1e-6

    def slope_symbol(self, notation: Notation) -> Symbol:
        """A'(B) in the text's notation, dA/dB in the usual one."""
        return derivative_symbol(self.letter, self.argument, notation)


@dataclass(frozen=True, slots=True)
class Chain:
    """f'(by) as a product of local slopes; factors stand as they are written, the outermost first."""

    by: Variable
    stages: tuple[Stage, ...]  # all three, in the order of evaluation

    @property
    def factors(self) -> tuple[Stage, ...]:
        return self.stages[VARIABLES.index(self.by) :][::-1]

    @property
    def constant(self) -> tuple[Stage, ...]:
        """What is taken as a constant, and stands behind a placeholder."""
        return self.stages[: VARIABLES.index(self.by)]

    @property
    def at(self) -> float:
        """The variable's own value."""
        return self.stages[VARIABLES.index(self.by)].input

    @property
    def value(self) -> float:
        return self.stages[-1].value

    @property
    def slope(self) -> float:
        """The product of the factors."""
        return math.prod(stage.slope for stage in self.factors)

    @property
    def sign(self) -> str:
        """ "=" where the factors as they are displayed make the product as it is displayed, else "≈"."""
        return equals(math.prod(shown(stage.slope) for stage in self.factors), self.slope)

    def slope_symbol(self, notation: Notation) -> Symbol:
        return derivative_symbol("f", self.by, notation)

    def equation(self, notation: Notation) -> Symbol:
        """f'(x) = A'(B) · B'(C) · C'(x), or df/dx = dA/dB · dB/dC · dC/dx."""
        left, product = self.slope_symbol(notation), self.factors[0].slope_symbol(notation)
        for stage in self.factors[1:]:
            product = product + upright(" · ") + stage.slope_symbol(notation)
        return left + upright(" = ") + product

    @property
    def factor_texts(self) -> tuple[str, ...]:
        """The factors' numbers; a negative one after a sign of operation stands in brackets."""
        texts = [number(stage.slope) for stage in self.factors]
        return texts[0], *(f"({text})" if text.startswith(MINUS) else text for text in texts[1:])

    def numbers(self) -> str:
        """ "0.0120 ≈ 0.225 · 0.227 · 0.235"."""
        return f"{number(self.slope)} {self.sign} {' · '.join(self.factor_texts)}"


@dataclass(frozen=True, slots=True)
class Nested:
    """f(x) = outer(middle(inner(x))), each an elementwise activation of the engine."""

    outer: str
    middle: str
    inner: str

    def __post_init__(self) -> None:
        for name in self.names:
            if not activation(name).elementwise:
                raise EngineError(f"{name} needs a whole layer; it cannot be one of three nested functions")

    @property
    def names(self) -> tuple[str, str, str]:
        """In the order of evaluation."""
        return self.inner, self.middle, self.outer

    def with_function(self, letter: Letter, name: str) -> Nested:
        return replace(self, **{PLACE[letter]: name})

    def stages(self, x: float) -> tuple[Stage, Stage, Stage]:
        """C at x, B at C, A at B."""
        inner = _stage("C", self.inner, x)
        middle = _stage("B", self.middle, inner.value)
        return inner, middle, _stage("A", self.outer, middle.value)

    def chain(self, x: float, by: Variable = "x") -> Chain:
        return Chain(by, self.stages(x))

    def reach(self, variable: Variable) -> Range:
        """From where to where a variable goes while x goes from -6 to 6."""
        values = _applied(self.names[: VARIABLES.index(variable)], _spread(-FARTHEST, FARTHEST))
        return float(values.min()), float(values.max())


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Samples of one function: values over inputs, (samples,) each, and what part of it can be reached."""

    inputs: Array
    values: Array
    reach: Range

    @property
    def width(self) -> Range:
        return float(self.inputs[0]), float(self.inputs[-1])

    @property
    def height(self) -> Range:
        """Of the values, with a margin, and never so little that a flat curve looks steep."""
        low, high = float(self.values.min()), float(self.values.max())
        missing = max(0.0, _LEAST_SPAN - (high - low)) / 2
        margin = _MARGIN * max(high - low, _LEAST_SPAN)
        return low - missing - margin, high + missing + margin


@lru_cache(maxsize=64)
def stage_curve(nested: Nested, letter: Letter) -> Curve:
    """One function over all that its input can be, and around 0 in any case."""
    k = LETTERS.index(letter)
    return _curve(nested, VARIABLES[k], nested.names[k : k + 1])


@lru_cache(maxsize=64)
def whole_curve(nested: Nested, by: Variable) -> Curve:
    """f over x, or over an inner variable as if it were given."""
    return _curve(nested, by, nested.names[VARIABLES.index(by) :])


def tangent(at: float, value: float, slope: float, half_width: float, half_height: float) -> Segment:
    """A piece of the line through (at, value): as long whatever the slope, on a plot of these proportions."""
    step = 1.0 / math.hypot(1.0 / half_width, slope / half_height)
    return (at - step, value - slope * step), (at + step, value + slope * step)


def function_label(name: str) -> str:
    """An activation's name in running text."""
    return activation(name).label.partition(" (")[0]


def derivative_symbol(of: str, by: str, notation: Notation) -> Symbol:
    """f'(x), or df/dx."""
    above, below = Run(of, "italic"), Run(by, "italic")
    if notation == "glossary":
        return Symbol((above, Run("'(", "upright"), below, Run(")", "upright")))
    d = Run("d", "upright")
    built = rf"\frac{{\mathrm{{d}}{of}}}{{\mathrm{{d}}{by}}}"
    return Symbol((d, above, Run("/", "upright"), d, below), built)


def whole_symbol(by: Variable) -> Symbol:
    """f(x) = A(B(C(x))); with a placeholder f(C) = A(B(C)), f(B) = A(B)."""
    runs = (Run("f", "italic"), Run("(", "upright"), Run(by, "italic"), Run(") = ", "upright"))
    letters = LETTERS[VARIABLES.index(by) :]
    opened = (run for letter in reversed(letters) for run in (Run(letter, "italic"), Run("(", "upright")))
    return Symbol((*runs, *opened, Run(by, "italic"), Run(")" * len(letters), "upright")))


# -- within -------------------------------------------------------------------------------------


def _stage(letter: Letter, name: str, at: float) -> Stage:
    return Stage(letter, name, at, activation_at(name, at), slope_at(name, at))


def _applied(names: tuple[str, ...], values: Array) -> Array:
    """The functions one after the other."""
    for name in names:
        values = activation(name).function(values)
    return values


def _spread(low: float, high: float) -> Array:
    """Evenly from low to high, and 0 itself, where corners are."""
    return np.union1d(np.linspace(low, high, _SAMPLES), [min(max(0.0, low), high)])


def _curve(nested: Nested, variable: Variable, names: tuple[str, ...]) -> Curve:
    low, high = reach = nested.reach(variable)
    if variable != "x":
        margin = _MARGIN * (high - low)
        low, high = min(-_AROUND, low - margin), max(_AROUND, high + margin)
    inputs = _spread(low, high)
    return Curve(inputs, _applied(names, inputs), reach)
