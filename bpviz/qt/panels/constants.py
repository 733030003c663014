"""The numbers that optimizers, schedules, penalties and first weights are made of: what each may be."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from bpviz.document.limits import LARGEST_FIRST
from bpviz.engine.initializer import FirstWeights
from bpviz.engine.optimizer import Learning, OptimizerSettings, Schedule
from bpviz.qt.panels.entries import EntryError

S = TypeVar("S", OptimizerSettings, Schedule, Learning, FirstWeights)
_LARGEST_COUNT = 1_000_000  # epochs


@dataclass(frozen=True, slots=True)
class Constant:
    """A number of the settings. field: its name there. expected: what it may be, after "Type".

    places: where the arrows lead, rising.
    """

    field: str
    caption: str
    tip: str
    expected: str
    fits: Callable[[float], bool]
    places: tuple[float, ...]
    whole: bool = False

    def read(self, text: str) -> float:
        """The number that was typed; EntryError with a sentence otherwise. A decimal comma is understood."""
        try:
            x = float(text.strip().replace("−", "-").replace(",", "."))
        except ValueError:
            x = math.nan
        if not (math.isfinite(x) and self.fits(x)) or (self.whole and x != round(x)):
            raise EntryError(f"Type {self.expected}.")
        return round(x) if self.whole else x

    def put(self, settings: S, value: float) -> S:
        """The settings with this number in them."""
        return replace(settings, **{self.field: value})  # type: ignore[arg-type]  # as wide as the field

    def stepped(self, x: float, steps: int) -> float:
        """So many places on; at the last one it stays."""
        if steps > 0:
            place = bisect_right(self.places, x) + steps - 1
            return max(x, self.places[min(place, len(self.places) - 1)])
        return min(x, self.places[max(bisect_left(self.places, x) + steps, 0)])


def _below_1(x: float) -> bool:
    return 0.0 <= x < 1.0


def _not_negative(x: float) -> bool:
    return x >= 0.0


def _positive(x: float) -> bool:
    return x > 0.0


def _share(x: float) -> bool:
    return 0.0 <= x <= 1.0


def _factor(x: float) -> bool:
    return 0.0 < x <= 1.0


def _counts(x: float) -> bool:
    return 1 <= x <= _LARGEST_COUNT


def _small(x: float) -> bool:
    return abs(x) <= LARGEST_FIRST


def _deviation(x: float) -> bool:
    return 0.0 <= x <= LARGEST_FIRST


def _powers(low: int, high: int, digits: Sequence[int]) -> tuple[float, ...]:
    return tuple(float(f"{digit}e{power}") for power in range(low, high) for digit in digits)


_KEPT = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999)
_SIZES = (0.0, *_powers(-6, 1, (1, 3)))
_SHRINKING = (0.01, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0)
_COUNTS = _powers(0, 6, (1, 2, 5))
_TENTHS = tuple(k / 10 for k in range(-50, 51))

_BELOW_1 = "a number from 0 to below 1, such as 0.9"
_FROM_0 = "a number of 0 or more, such as 0.001"
_EPOCHS = "a whole number of epochs, 1 or more"
_NOW = "A change holds from this step on."
_ANEW = "A change draws all weights again."

OPTIMIZER_CONSTANTS = (
    Constant("momentum", "Momentum", f"How much of the last update goes on in the next. {_NOW}",
             _BELOW_1, _below_1, _KEPT),
    Constant("decay", "Decay", f"How much of the running mean square is kept each step. {_NOW}",
             _BELOW_1, _below_1, _KEPT),
    Constant("beta1", "β₁", f"How much of the running mean of gradients is kept each step. {_NOW}",
             _BELOW_1, _below_1, _KEPT),
    Constant("beta2", "β₂", f"How much of the running mean of squared gradients is kept each step. {_NOW}",
             _BELOW_1, _below_1, _KEPT),
    Constant("epsilon", "ε", f"Keeps the division by a small root finite. {_NOW}",
             "a number above 0, such as 1e-8", _positive, _powers(-12, 0, (1,))),
    Constant("weight_decay", "Weight decay", f"How much weights shrink by themselves each step. {_NOW}",
             _FROM_0, _not_negative, _SIZES),
)  # fmt: skip
READ_BY_OPTIMIZER: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "gradient_descent": (), "momentum": ("momentum",), "nesterov": ("momentum",),
    "rmsprop": ("decay", "epsilon"), "adam": ("beta1", "beta2", "epsilon"),
    "adamw": ("beta1", "beta2", "epsilon", "weight_decay"),
})

SCHEDULE_CONSTANTS = (
    Constant("factor", "Factor", f"What the rate is multiplied by each time. {_NOW}",
             "a number above 0, at most 1", _factor, _SHRINKING),
    Constant("every", "Every … epochs", f"How many epochs lie between two steps of the rate. {_NOW}",
             _EPOCHS, _counts, _COUNTS, whole=True),
    Constant("epochs", "Over epochs", f"After how many epochs the smallest rate is reached. {_NOW}",
             _EPOCHS, _counts, _COUNTS, whole=True),
    Constant("floor", "Down to share", f"The smallest rate, as a share of the first. {_NOW}",
             "a number from 0 to 1", _share, (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)),
)  # fmt: skip
READ_BY_SCHEDULE: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "constant": (), "step": ("factor", "every"), "exponential": ("factor",), "cosine": ("epochs", "floor"),
})

PENALTIES = (
    Constant("l1", "L1", f"Pulls every weight towards 0 by the same amount: many become 0. {_NOW}",
             _FROM_0, _not_negative, _SIZES),
    Constant("l2", "L2", f"Pulls every weight towards 0 by its own size: none becomes large. {_NOW}",
             _FROM_0, _not_negative, _SIZES),
)  # fmt: skip

FIRST_CONSTANTS = (
    Constant("value", "All weights", f"What every weight starts at. {_ANEW}",
             "a number, such as 0.5", _small, _TENTHS),
    Constant("low", "From", f"The smallest weight that is drawn. {_ANEW}",
             "a number, such as -1", _small, _TENTHS),
    Constant("high", "To", f"The largest weight that is drawn. {_ANEW}",
             "a number, such as 1", _small, _TENTHS),
    Constant("mean", "Mean", f"Around which number weights are drawn. {_ANEW}",
             "a number, such as 0", _small, _TENTHS),
    Constant("deviation", "Deviation", f"How far from the mean weights are drawn. {_ANEW}",
             "a number of 0 or more, such as 0.5", _deviation, _TENTHS[50:]),
    Constant("bias", "First biases", f"What every bias starts at. {_ANEW}",
             "a number, such as 0", _small, _TENTHS),
)  # fmt: skip
READ_BY_FIRST: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "given": (), "constant": ("value",), "uniform": ("low", "high"), "normal": ("mean", "deviation"),
    "xavier": (), "he": (),
})
