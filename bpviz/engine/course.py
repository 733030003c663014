"""Which examples each step of a run learns from, and how: settings by stretches, epochs, batches, rates."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array
from bpviz.engine.optimizer import Learning, check_learning, rate_at
from bpviz.engine.seed import BATCHES, check_seed, stream

if TYPE_CHECKING:
    from bpviz.engine.epochs import EpochMarks

Rows = NDArray[np.int64]
_MOST_EPOCHS, _MOST_ROWS = 64, 16384  # that are shuffled together


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From `start` on, training learns this way. Its epochs are counted from `epoch`, begun at `origin`."""

    start: int
    learning: Learning
    origin: int
    epoch: int


class Course:
    """Everything about a step that does not depend on weights: a pure function of seed and settings."""

    def __init__(self, count: int, seed: int, learning: Learning) -> None:
        check_learning(learning)
        check_seed(seed)
        self._count, self._seed = count, seed
        self._stretches = [_Stretch(0, learning, 0, 0)]
        self._together = max(1, min(_MOST_EPOCHS, _MOST_ROWS // count))
        self._order: tuple[int, Rows] | None = None  # of the last epochs asked for

    @property
    def turns(self) -> tuple[tuple[int, Learning], ...]:
        """From which step on training learns in which way; turn() in this order gives the same course."""
        return tuple((s.start, s.learning) for s in self._stretches)

    def learning_at(self, step: int) -> Learning:
        return self._stretch(step).learning

    def steps_per_epoch(self, step: int) -> int:
        return self._per_epoch(self._stretch(step).learning)

    def epoch_of(self, step: int) -> int:
        return self._place(step)[0]

    def begins_epoch(self, step: int) -> bool:
        """Whether an epoch begins here, and so one before it, if any, is complete or cut short."""
        return self._place(step)[1] == 0

    def rate_at(self, step: int) -> float:
        """The learning rate in force, after the schedule."""
        return rate_at(self.learning_at(step), self.epoch_of(step))

    def rates_at(self, steps: Rows) -> Array:
        """The rates in force at these steps."""
        return np.array([self.rate_at(step) for step in steps.tolist()])

    def left_in_epoch(self, step: int) -> int:
        """How many steps there are from this one to the next epoch: at least this one."""
        return self.steps_per_epoch(step) - self._place(step)[1]

    def over(self, step: int) -> bool:
        """Whether the step before this one was the last of its epoch, uncut by a turn; true of the start."""
        return step == 0 or self.left_in_epoch(step - 1) == 1

    def last_over(self, step: int) -> int:
        """The last step not beyond this one at which an epoch is over."""
        while not self.over(step):
            step -= 1 + self._place(step - 1)[1]
        return step

    @property
    def marks(self) -> EpochMarks:
        """Where steps stand, counted in epochs, as a value that outlives the run."""
        from bpviz.engine.epochs import EpochMarks  # only plots count so

        steps, epochs = zip(*self._marks(), strict=True)
        return EpochMarks(steps, epochs, self._per_epoch(self._stretches[-1].learning))

    def epochs_at(self, steps: Rows) -> Array:
        """Where steps stand, counted in epochs: evenly within each, also in one that was cut short."""
        return self.marks.at(steps)

    def step_near(self, epoch: float) -> int:
        """The step nearest to a place that is counted in epochs."""
        return self.marks.step_near(epoch)

    def next_turn(self, step: int) -> int | None:
        """The first step after this one from which training learns otherwise."""
        later = bisect_right(self._stretches, step, key=_start_of)
        return self._stretches[later].start if later < len(self._stretches) else None

    def rows(self, step: int) -> Rows | None:
        """The rows that this step learns from; None for all of them in their own order."""
        return self.rows_of(step, 1) if self.learning_at(step).batch_size < self._count else None

    def rows_of(self, step: int, steps: int) -> Rows:
        """The rows that so many steps learn from, one batch after the other; none beyond the next turn."""
        s = self._stretch(step)
        if s.learning.batch_size >= self._count:
            return np.arange(steps * self._count) % self._count
        at, end, parts = self._rows_before(s, step), self._rows_before(s, step + steps), []
        while at < end:
            group, within = divmod(at, self._together * self._count)
            parts.append(self._shuffled(group)[within : within + end - at])
            at += len(parts[-1])
        return np.concatenate(parts) if len(parts) != 1 else parts[0]

    def epoch_ends(self, step: int, steps: int) -> Rows:
        """After which of so many steps an epoch is complete, counted from 0; none beyond the next turn."""
        return np.arange(self.left_in_epoch(step) - 1, steps, self.steps_per_epoch(step))

    def rates(self, step: int, steps: int) -> Array:
        """The rates of so many steps, none beyond the next turn."""
        s = self._stretch(step)
        if s.learning.schedule.name == "constant":
            return np.full(steps, s.learning.rate)
        per_epoch = self._per_epoch(s.learning)
        epochs = s.epoch + (step - s.origin + np.arange(steps)) // per_epoch
        different, which = np.unique(epochs, return_inverse=True)
        return np.array([rate_at(s.learning, int(epoch)) for epoch in different])[which]

    def cut_after(self, step: int) -> None:
        """Forget the turns that come after this step."""
        self._stretches = [s for s in self._stretches if s.start <= step]

    def turn(self, step: int, learning: Learning) -> None:
        """Learn otherwise from this step on. Another batch size begins a new epoch here."""
        check_learning(learning)
        self._stretches = [s for s in self._stretches if s.start < step]
        origin, epoch = (0, 0)
        if self._stretches:
            before = self._stretches[-1]
            origin, epoch = before.origin, before.epoch
            if learning.batch_size != before.learning.batch_size:
                epoch, batch = self._place(step)
                origin, epoch = step, epoch + (batch > 0)
        self._stretches.append(_Stretch(step, learning, origin, epoch))

    def _marks(self) -> list[tuple[int, int]]:
        """The steps, each with its epoch, between which all epochs have as many steps."""
        marks = [(0, 0)]
        for before, s in pairwise(self._stretches):
            if s.origin == s.start:
                epochs, batch = divmod(s.start - before.origin, self._per_epoch(before.learning))
                marks += [(s.start - batch, before.epoch + epochs), (s.start, s.epoch)]
        return sorted(set(marks))

    def _stretch(self, step: int) -> _Stretch:
        last = self._stretches[-1]
        if step >= last.start:
            return last
        return self._stretches[bisect_right(self._stretches, step, key=_start_of) - 1]

    def _per_epoch(self, learning: Learning) -> int:
        return -(-self._count // learning.batch_size)

    def _place(self, step: int) -> tuple[int, int]:
        """The epoch of a step, and which of its batches this is."""
        s = self._stretch(step)
        epochs, batch = divmod(step - s.origin, self._per_epoch(s.learning))
        return s.epoch + epochs, batch

    def _rows_before(self, s: _Stretch, step: int) -> int:
        """How many rows come before this step's in the endless list of all epochs' rows."""
        epochs, batch = divmod(step - s.origin, self._per_epoch(s.learning))
        return (s.epoch + epochs) * self._count + batch * s.learning.batch_size

    def _shuffled(self, group: int) -> Rows:
        """The rows of the group-th so many epochs, each in an order of its own.

        Several at once, since to begin a stream of random numbers takes longer than to shuffle a small set.
        """
        if self._order is None or self._order[0] != group:
            rows = np.tile(np.arange(self._count), (self._together, 1))
            self._order = (group, stream(self._seed, BATCHES, group).permuted(rows, axis=1).ravel())
        return self._order[1]


def _start_of(stretch: _Stretch) -> int:
    return stretch.start
