"""Where steps stand, counted in epochs: all that a plot needs to know of a course, as a value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.stretches import Whole


@dataclass(frozen=True, slots=True)
class EpochMarks:
    """steps, and the epochs that begin with them: between two of them all epochs have as many steps, and
    `each` behind the last one. The first is step 0 with epoch 0."""

    steps: tuple[int, ...]
    epochs: tuple[int, ...]
    each: int

    def at(self, steps: Whole) -> Array:
        """Steps counted in epochs: evenly within each, also in one that was cut short."""
        beyond = np.maximum(0, steps - self.steps[-1]) / self.each
        placed: Array = np.interp(steps, self.steps, self.epochs) + beyond
        return placed

    def step_near(self, epoch: float) -> int:
        """The step nearest to a place that is counted in epochs."""
        if epoch > self.epochs[-1]:
            return round(self.steps[-1] + (epoch - self.epochs[-1]) * self.each)
        return round(float(np.interp(epoch, self.epochs, self.steps)))


EACH_STEP = EpochMarks((0,), (0,), 1)  # every step is an epoch
