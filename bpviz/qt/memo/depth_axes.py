"""The axes of the chart over depth: hidden layers across, multiplications up, by powers of ten."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from bpviz.explain.complexity import AtDepth
from bpviz.explain.number import count

_EVERY = 2         # hidden layers between two ticks
_MOST_POWERS = 4   # of ten that are marked
_PLAIN = 3         # up to this power of ten a count is written out
_PAD = 0.05        # of the span, below and above the curves
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class DepthAxes:
    """Counts from 10 ** low to 10 ** high over so many hidden layers, drawn within rect."""

    rect: QRectF
    first: int
    last: int
    low: float
    high: float

    def left(self, hidden: float) -> float:
        return self.rect.left() + self.rect.width() * (hidden - self.first) / (self.last - self.first)

    def top(self, n: int) -> float:
        share = (math.log10(n) - self.low) / (self.high - self.low)
        return self.rect.bottom() - self.rect.height() * share

    def point(self, hidden: int, n: int) -> QPointF:
        return QPointF(self.left(hidden), self.top(n))

    def under(self, x: float) -> int:
        """How many hidden layers the mouse is nearest to."""
        share = (x - self.rect.left()) / self.rect.width()
        return min(self.last, max(self.first, round(self.first + share * (self.last - self.first))))

    def counts(self) -> tuple[tuple[int, str], ...]:
        """The powers of ten that are marked, each with its text."""
        every = max(1, math.ceil((self.high - self.low) / _MOST_POWERS))
        first = math.ceil(self.low / every) * every
        return tuple((10**power, _power(power)) for power in range(first, math.floor(self.high) + 1, every))

    def depths(self) -> tuple[int, ...]:
        return tuple(range(self.first, self.last + 1, _EVERY))


def depth_axes(depths: tuple[AtDepth, ...], rect: QRectF) -> DepthAxes:
    """Axes that hold both curves, with a little room below and above."""
    low = math.log10(min(at.totals.reused for at in depths))
    high = math.log10(max(at.totals.written_out for at in depths))
    pad = _PAD * (high - low)
    return DepthAxes(rect, depths[0].hidden, depths[-1].hidden, low - pad, high + pad)


def _power(power: int) -> str:
    return count(10**power) if power <= _PLAIN else f"10{str(power).translate(_RAISED)}"
