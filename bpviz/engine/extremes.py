"""The smallest, the largest and the newest value of every stretch: all of a long curve that can be seen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.stretches import EACH, Stretches, Whole, begins, first_smallest


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Values and the steps that they belong to, in order; both are of one length."""

    steps: Whole
    values: Array

    def __post_init__(self) -> None:
        for array in (self.steps, self.values):
            array.flags.writeable = False


Span = tuple[int, int]  # the first and the last of some steps


class Bounds(NamedTuple):
    """The smallest and the largest value from one step to another, both included."""

    first: int
    last: int
    low: float
    high: float


class _Marks(NamedTuple):
    """One value of each stretch and the step at which it was seen."""

    at: Whole
    value: Array

    def grown(self, unknown: float) -> _Marks:
        at = np.concatenate((self.at, np.zeros(EACH, dtype=np.int64)))
        return _Marks(at, np.concatenate((self.value, np.full(EACH, unknown))))

    def put(self, stretches: Whole, at: Whole, value: Array) -> None:
        self.at[stretches] = at
        self.value[stretches] = value


class Extremes:
    """A stretch of which nothing is known has a low of infinity. What is not finite is left out."""

    def __init__(self, stretches: Stretches) -> None:
        self._stretches = stretches
        nothing = _Marks(np.zeros(0, dtype=np.int64), np.zeros(0))
        self._low, self._high, self._last = nothing, nothing, nothing
        self._room = 0
        self._grow()

    @property
    def nbytes(self) -> int:
        return sum(array.nbytes for marks in (self._low, self._high, self._last) for array in marks)

    def put(self, step: int, value: float) -> None:
        """The next value, which belongs to this step; of the newest step, it takes the place of the first."""
        if not math.isfinite(value):
            return
        stretch = self._stretches.of(step)
        while stretch >= self._room:
            self._grow()
        self._forget(stretch, step)
        if value < self._low.value[stretch]:
            self._low.value[stretch] = value
            self._low.at[stretch] = step
        if value > self._high.value[stretch]:
            self._high.value[stretch] = value
            self._high.at[stretch] = step
        self._last.value[stretch] = value
        self._last.at[stretch] = step

    def put_all(self, steps: Whole, values: Array) -> None:
        """The next values, which belong to these steps: into as many stretches as it takes, all at once."""
        finite = np.isfinite(values)
        if not finite.all():
            steps, values = steps[finite], values[finite]
        if not len(values):
            return
        stretches = self._stretches.of_all(steps)
        while stretches[-1] >= self._room:
            self._grow()
        starts = begins(stretches)
        lows, highs = first_smallest(values, starts), first_smallest(-values, starts)
        lasts, stretches = np.append(starts[1:], len(values)) - 1, stretches[starts]
        lower = values[lows] < self._low.value[stretches]
        higher = values[highs] > self._high.value[stretches]
        self._low.put(stretches[lower], steps[lows[lower]], values[lows[lower]])
        self._high.put(stretches[higher], steps[highs[higher]], values[highs[higher]])
        self._last.put(stretches, steps[lasts], values[lasts])

    def cut(self, stretch: int) -> None:
        """Forget this stretch and those after it."""
        self._low.value[stretch:] = math.inf
        self._high.value[stretch:] = -math.inf

    def curve(self, most: int | None = None, within: Span | None = None) -> Curve:
        """What is known, both ends included; thinned to about 2 * most values, every peak among them.

        within: of these steps only, and of what lies next to them on either side.
        """
        known = self._known(within)
        if not known.size:
            return Curve(np.zeros(0, dtype=np.int64), np.zeros(0))
        lows = highs = known
        if most is not None and len(known) > most:
            lows, highs = self._thinned(known, most)
        marks = ((self._low, known[:1]), (self._low, lows), (self._high, highs), (self._last, known[-1:]))
        steps = np.concatenate([mark.at[stretches] for mark, stretches in marks])
        steps, once = np.unique(steps, return_index=True)
        values = np.concatenate([mark.value[stretches] for mark, stretches in marks])
        return Curve(steps, values[once])

    def newest(self) -> Curve:
        """The newest value of every stretch: samples that nothing chose for their size."""
        known = self._known(None)
        return Curve(self._last.at[known], self._last.value[known])

    def bounds(self, step: int) -> Bounds | None:
        """What is known of the stretch in which a step lies; nothing where there is none."""
        stretch = self._stretches.of(step)
        if stretch >= self._room or self._low.value[stretch] > self._high.value[stretch]:
            return None
        low, high = float(self._low.value[stretch]), float(self._high.value[stretch])
        return Bounds(self._stretches.start(stretch), int(self._last.at[stretch]), low, high)

    def points(self) -> Curve:
        """All that is kept, in the order of its steps and of one step the newest last: put_all() takes it."""
        known = self._known(None)
        low, high, last = ((m.at[known], m.value[known]) for m in (self._low, self._high, self._last))
        told = [(at != last[0]) | (value != last[1]) for at, value in (low, high)]
        told[1] &= (high[0] != low[0]) | (high[1] != low[1])
        steps = np.concatenate((low[0][told[0]], high[0][told[1]], last[0]))
        values = np.concatenate((low[1][told[0]], high[1][told[1]], last[1]))
        order = np.argsort(steps, kind="stable")
        return Curve(steps[order], values[order])

    # -- within ---------------------------------------------------------------------------------

    def _known(self, within: Span | None) -> Whole:
        known = np.flatnonzero(self._low.value <= self._high.value)
        if within is None:
            return known
        first, last = (self._stretches.of(step) for step in within)
        left, right = known.searchsorted(first) - 1, known.searchsorted(last, side="right") + 1
        return known[max(0, left) : right]

    def _forget(self, stretch: int, step: int) -> None:
        """What was known of this step: an edit by hand gave it another value."""
        if self._low.at[stretch] == step:
            self._low.value[stretch] = math.inf
        if self._high.at[stretch] == step:
            self._high.value[stretch] = -math.inf

    def _grow(self) -> None:
        self._low, self._high = self._low.grown(math.inf), self._high.grown(-math.inf)
        self._last = self._last.grown(math.nan)
        self._room += EACH

    def _thinned(self, known: Whole, most: int) -> tuple[Whole, Whole]:
        """The stretches with the smallest and with the largest value of every so many steps."""
        first, end = self._stretches.start(int(known[0])), self._stretches.start(int(known[-1]) + 1)
        every = round_stride(-(-(end - first) // most))
        starts = begins(self._stretches.starts(known) // every)
        lows = first_smallest(self._low.value[known], starts)
        return known[lows], known[first_smallest(-self._high.value[known], starts)]


def round_stride(least: int) -> int:
    """The next of 1, 2, 3, 4, 6, 8, 12, ...: until it is time for another, a growing curve keeps its points.

    All that lie beyond a stretch's length are multiples of it.
    """
    power: int = 1 << (least - 1).bit_length()
    return power * 3 // 4 if power >= 4 and power * 3 // 4 >= least else power
