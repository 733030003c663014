"""A scale for numbers of either sign and of very different size: plain near zero, logarithmic beyond."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bpviz.explain.number import number

_PAD = 0.06
_SMALLEST = 1e-6   # of the largest number; what is smaller is near zero
_PLAIN = 0.25      # share of the numbers that lie in the plain part


@dataclass(frozen=True, slots=True)
class SymmetricLog:
    """place(v) = asinh(v / unit), from low to high as placed."""

    unit: float
    low: float
    high: float

    def place(self, value: float) -> float:
        return math.asinh(value / self.unit)

    def share(self, value: float) -> float:
        """0 at the low end, 1 at the high end."""
        return (self.place(value) - self.low) / (self.high - self.low)

    def ticks(self, apart: float) -> tuple[tuple[float, str], ...]:
        """Zero and round numbers, each at least such a share of the scale from the others."""
        kept = [0.0]
        for factor in (1.0, 2.0, 5.0):
            for value in self._round(factor):
                inside = 0.0 <= self.share(value) <= 1.0
                if inside and all(abs(self.share(value) - self.share(other)) >= apart for other in kept):
                    kept.append(value)
        return tuple((value, number(value, 1)) for value in sorted(kept))

    def _round(self, factor: float) -> list[float]:
        """factor . 10^k of either sign, the largest first."""
        largest = self.unit * math.sinh(max(abs(self.low), abs(self.high)))
        top = math.floor(math.log10(largest))
        bottom = max(math.floor(math.log10(self.unit)) - 1, top - 12)
        return [sign * factor * 10.0**k for k in range(top, bottom - 1, -1) for sign in (-1.0, 1.0)]


def symmetric_log(values: Iterable[float]) -> SymmetricLog:
    """The scale on which all finite values, and zero, can be told apart."""
    sizes = np.array([abs(v) for v in values if math.isfinite(v)] or [0.0])
    finite = [v for v in values if math.isfinite(v)]
    largest = float(sizes.max())
    if largest < 1e-300:
        return SymmetricLog(1.0, -1.0, 1.0)
    unit = max(float(np.quantile(sizes, _PLAIN)), _SMALLEST * largest)
    low, high = math.asinh(min(0.0, *finite, 0.0) / unit), math.asinh(max(0.0, *finite, 0.0) / unit)
    pad = _PAD * (high - low)
    return SymmetricLog(unit, low - pad, high + pad)
