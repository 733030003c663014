"""How often activations take which values: counts in bins of one width."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.activation import activation
from bpviz.engine.arrays import Array

BINS = 24
_HUGE = 1e300      # beyond, a number has no place in a picture
_TAIL = 0.005      # of the values on each side may lie beyond what is shown
_ROUND = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)  # ends of a range, times a power of ten


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """counts: how many values lie in each of the bins between low and high, (bins,); what lies beyond is
    counted in the outermost ones. unknown: how many are no numbers that could be shown."""

    low: float
    high: float
    counts: NDArray[np.int64]
    unknown: int

    @property
    def edges(self) -> Array:
        """(bins + 1,)"""
        return np.linspace(self.low, self.high, self.counts.size + 1)

    @property
    def most(self) -> int:
        return int(self.counts.max())


def histogram_of(values: Array, name: str) -> Histogram:
    """Of the activations of a function: over its range where it is bounded, else over where they lie.

    A range that follows the values has round ends and holds 0, so that it stands still while they move.
    """
    finite = np.abs(values) < _HUGE  # NaN is not
    unknown = int(values.size - np.count_nonzero(finite))
    known = values.ravel() if not unknown else values[finite]
    function = activation(name)
    low, high = function.low, function.high
    if math.isinf(low) or math.isinf(high):
        low, high = _around(known, low, high)
    places = np.clip((known - low) * (BINS / (high - low)), 0, BINS - 1).astype(np.intp)
    return Histogram(low, high, np.bincount(places, minlength=BINS).astype(np.int64), unknown)


def _around(known: Array, low: float, high: float) -> tuple[float, float]:
    """Bounds that are not infinite stay."""
    least, most = np.quantile(known, (_TAIL, 1 - _TAIL)) if known.size else (0.0, 0.0)
    if math.isinf(low):
        low = 0.0 - _round_up(-float(least))
    if math.isinf(high):
        high = _round_up(float(most))
    return (low, high) if high > low else (low, low + 1.0)


def _round_up(x: float) -> float:
    """The smallest round number that is not below x; 0 for what is not positive."""
    if not x > 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(x))
    return next((f * power for f in _ROUND if f * power >= x), 10.0 * power)
