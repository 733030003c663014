"""How long training took up to each step: at marks between which time goes evenly. Bounded, as costs are."""

from __future__ import annotations

import math

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.extremes import Curve
from bpviz.engine.stretches import Whole

MOST_MARKS = 2048  # then about half are given up: those left lie evenly over the time


class Times:
    """Seconds of training, in the order of steps. Steps that nobody timed take none; what comes before the
    first mark is not known."""

    def __init__(self) -> None:
        self._count = 0
        self._steps = np.zeros(MOST_MARKS, dtype=np.int64)
        self._seconds = np.zeros(MOST_MARKS)

    @property
    def known(self) -> bool:
        """Whether anything was timed."""
        return self._count > 0

    @property
    def nbytes(self) -> int:
        return self._steps.nbytes + self._seconds.nbytes

    @property
    def marks(self) -> Curve:
        """All that is kept: steps and the seconds up to each."""
        return Curve(self._steps[: self._count].copy(), self._seconds[: self._count].copy())

    def put_marks(self, marks: Curve) -> None:
        """What `marks` gave elsewhere, of which there are at most MOST_MARKS, in place of what is here."""
        self._count = len(marks.steps)
        self._steps[: self._count], self._seconds[: self._count] = marks.steps, marks.values

    def put(self, first: int, last: int, seconds: float) -> None:
        """The steps from first on, last excluded, took so long. Both lie behind all that was put before."""
        if not self.known:
            self._mark(first, 0.0)
        so_far = float(self._seconds[self._count - 1])
        if first > self._steps[self._count - 1]:
            self._mark(first, so_far)
        self._mark(last, so_far + seconds)

    def at(self, steps: Whole) -> Array:
        """Seconds of training before each of these steps; NaN where that is not known."""
        if not self.known:
            return np.full(len(steps), math.nan)
        marked, seconds = self._steps[: self._count], self._seconds[: self._count]
        placed: Array = np.interp(steps, marked, seconds, left=math.nan, right=math.nan)
        return placed

    def cut_after(self, step: int) -> None:
        """Forget the time after this step."""
        if not self.known or step >= self._steps[self._count - 1]:
            return
        here = float(self.at(np.array([step]))[0])
        self._count = int(np.searchsorted(self._steps[: self._count], step))
        if not math.isnan(here):
            self._mark(step, here)

    def thinned(self, most: int) -> Curve:
        """About so many of the marks, evenly over the time, and both ends; all where there are no more."""
        if self._count <= most:
            return self.marks
        seconds = self._seconds[: self._count]
        wanted = np.linspace(seconds[0], seconds[-1], most - 1)
        kept = np.union1d(np.searchsorted(seconds, wanted), [0, self._count - 1])
        return Curve(self._steps[kept], self._seconds[kept])

    def _mark(self, step: int, seconds: float) -> None:
        if self._count == MOST_MARKS:
            self.put_marks(self.thinned(MOST_MARKS // 2))
        self._steps[self._count], self._seconds[self._count] = step, seconds
        self._count += 1
