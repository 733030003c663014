"""A slice of a run: the examples and the rates of some steps in a row. NumPy only."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array
from bpviz.engine.course import Course
from bpviz.engine.errors import EngineError

Whole = NDArray[np.int64]
_NONE = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """Step k learns from rows[ends[k - 1]:ends[k]] at rates[k]; after judged[i] whole sets are judged."""

    rows: Whole
    ends: Whole
    rates: Array
    judged: Whole = field(default_factory=lambda: _NONE)
    largest: int = field(init=False)   # of the batches
    reach: int = field(init=False)     # how many examples there must be

    def __post_init__(self) -> None:
        # Arrays of its own, of exactly these kinds: compiled code is kept on disk for these kinds only.
        for name, kind in (
            ("rows", np.int64), ("ends", np.int64), ("rates", np.float64), ("judged", np.int64)
        ):
            object.__setattr__(self, name, np.array(getattr(self, name), dtype=kind, order="C", ndmin=1))
        sizes = self.ends.copy()
        sizes[1:] -= self.ends[:-1]
        if len(self.ends) != len(self.rates):
            raise EngineError(f"rates: expected one for each of {len(self)} steps, got {len(self.rates)}")
        if sizes.sum() != len(self.rows) or (sizes < 1).any():
            raise EngineError(f"ends: expected to rise, and up to {len(self.rows)} rows, got {self.ends}")
        if (self.rows < 0).any():
            raise EngineError(f"rows: expected 0 or more, got {self.rows.min()}")
        within = np.concatenate(([-1], self.judged, [len(self)]))
        if (within[1:] <= within[:-1]).any():
            raise EngineError(f"judged: expected to rise, from 0 to {len(self) - 1}, got {self.judged}")
        object.__setattr__(self, "largest", int(sizes.max(initial=0)))
        object.__setattr__(self, "reach", int(self.rows.max(initial=-1)) + 1)

    def __len__(self) -> int:
        return len(self.ends)

    def check(self, count: int, largest: int) -> None:
        """Raises EngineError unless there are so many examples, and batches no larger: nobody looks later."""
        if self.largest > largest:
            raise EngineError(f"ends: expected batches of at most {largest}, got one of {self.largest}")
        if self.reach > count:
            raise EngineError(f"rows: expected numbers below {count}, got {self.reach - 1}")


def slice_of(course: Course, count: int, step: int, steps: int, judged: bool = False) -> Slice:
    """What so many steps of a course learn from, of `count` examples; none lies beyond the next turn.

    judged: whether whole sets are after each epoch.
    """
    if steps == 0:
        return Slice(_NONE, _NONE, np.zeros(0))
    sizes = np.full(steps, min(count, course.learning_at(step).batch_size))
    lasts = slice(course.left_in_epoch(step) - 1, None, course.steps_per_epoch(step))
    sizes[lasts] = count - (course.steps_per_epoch(step) - 1) * sizes[0]  # what is left to an epoch's last
    ends = course.epoch_ends(step, steps) if judged else _NONE
    return Slice(course.rows_of(step, steps), np.cumsum(sizes), course.rates(step, steps), ends)
