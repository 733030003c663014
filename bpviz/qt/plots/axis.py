"""Ranges and ticks of an axis, linear or logarithmic. Pure: numbers in, numbers and text out."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.explain.number import count, number
from bpviz.explain.round_numbers import round_up

_PAD = 0.06             # of the span, above and below the curves
_LEAST_DECADES = 0.6
_SMALLEST = 1e-40       # a cost below this is drawn as if it were this
_BETWEEN = ((1,), (1, 3), (1, 2, 5), (1, 2, 3, 5, 7), tuple(range(1, 10)))  # the coarsest first
_FEWEST_STEPS = 10      # a run shorter than this leaves the rest of the axis free
_LEAST_SECONDS = 1e-3
_FEET = (0.0, 50.0, 80.0, 90.0)  # of an axis up to 100 %


@dataclass(frozen=True, slots=True)
class Axis:
    """From low to high, as drawn: on a logarithmic axis these are powers of ten."""

    low: float
    high: float
    log: bool = False
    whole: bool = False  # counts steps: no ticks between whole numbers
    unit: str = ""       # behind the number of each tick

    def place(self, values: Array) -> Array:
        """Values as drawn. What is too small for a logarithmic axis, or zero, lies at its foot."""
        if not self.log:
            return values
        placed: Array = np.maximum(np.log10(np.maximum(values, _SMALLEST)), self.low)
        return placed

    def share(self, value: float) -> float:
        """0 at the low end, 1 at the high end."""
        return (float(self.place(np.asarray(value))) - self.low) / (self.high - self.low)

    def ticks(self, most: int) -> tuple[tuple[float, str], ...]:
        """At most so many round values within the axis, each with its text."""
        return self._decades(most) if self.log else self._even(most)

    def _even(self, most: int) -> tuple[tuple[float, str], ...]:
        step = round_up((self.high - self.low) / max(1, most))
        if self.whole:
            step = max(1.0, step)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return tuple((k * step, self._text(k * step, step) + self.unit) for k in range(first, last + 1))

    def _text(self, value: float, step: float) -> str:
        if self.whole:
            return count(round(value))
        if value == 0:
            return number(0.0)
        digits = math.floor(math.log10(abs(value)) + 1e-9) - math.floor(math.log10(step) + 1e-9) + 1
        return number(value, max(1, digits))

    def _decades(self, most: int) -> tuple[tuple[float, str], ...]:
        """Powers of ten; where few fall within, round numbers between them as well."""
        every = max(1, math.ceil((self.high - self.low) / max(1, most)))
        values = self._multiples(_BETWEEN[0], every)
        for factors in _BETWEEN[1:]:
            finer = self._multiples(factors, 1)
            if every == 1 and len(values) < 3 and len(finer) <= most + 1:
                values = finer
        return tuple((value, number(value, 1)) for value in values)

    def _multiples(self, factors: tuple[int, ...], every: int) -> list[float]:
        powers = range(math.floor(self.low / every) * every, math.floor(self.high) + 1, every)
        values = (factor * 10.0**power for power in powers for factor in factors)
        return [value for value in values if self.low <= math.log10(value) <= self.high]


def cost_axis(curves: Iterable[Array], log: bool) -> Axis:
    """An axis on which all curves can be seen, also a lone value, a constant or a zero."""
    values = [curve for curve in curves if curve.size]
    if not values:
        return Axis(-1.0, 0.0, log=True) if log else Axis(0.0, 1.0)
    least = min(float(curve.min()) for curve in values)
    most = max(float(curve.max()) for curve in values)
    return _log_axis(values, least, most) if log else _linear_axis(least, most)


def run_axis(end: float, per_epoch: float | None = None) -> Axis:
    """From 0 over the run to its end; of a run of few steps, the rest of the axis stays free.

    per_epoch: how many steps an epoch has, when the axis counts epochs.
    """
    return Axis(0.0, max(end, _FEWEST_STEPS / (per_epoch or 1.0)), whole=per_epoch is None)


def time_axis(end: float) -> Axis:
    """From 0 to so many seconds."""
    return Axis(0.0, max(end, _LEAST_SECONDS))


def percent_axis(curves: Iterable[Array]) -> Axis:
    """Up to 100 %, from a round percentage below all of them."""
    least = min((float(curve.min()) for curve in curves if curve.size), default=0.0)
    low = max(foot for foot in _FEET if foot <= max(0.0, least))
    pad = _PAD * (100.0 - low)
    return Axis(low - pad, 100.0 + pad, unit=" %")


def _linear_axis(least: float, most: float) -> Axis:
    low, high = min(0.0, least), max(0.0, most)
    if high - low <= _SMALLEST:
        return Axis(0.0, 1.0)
    pad = _PAD * (high - low)
    return Axis(low - pad if low < 0 else 0.0, high + pad)


def _log_axis(values: list[Array], least: float, most: float) -> Axis:
    if most <= _SMALLEST:
        return Axis(-1.0, 0.0, log=True)
    lows = [float(curve[curve > _SMALLEST].min(initial=most)) for curve in values]
    low, high = math.log10(min(lows)), math.log10(most)
    middle, span = (low + high) / 2, max(high - low, _LEAST_DECADES)
    below = 3 * _PAD if least <= _SMALLEST else _PAD  # zeros lie clearly under the smallest true cost
    return Axis(middle - span / 2 - below * span, middle + span / 2 + _PAD * span, log=True)
