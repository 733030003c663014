"""The costs of a run: one for every step, and both sets after every epoch. Bounded, however long the run."""

from __future__ import annotations

import math
from copy import deepcopy
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.extremes import Bounds, Curve, Extremes, Span
from bpviz.engine.stretches import EACH, ENDS, STEPS, Whole, begins
from bpviz.engine.times import Times

_NONE = -1


class Epoch(NamedTuple):
    """What both sets came to before training, at step 0, or after an epoch, before the step that follows it.

    NaN where there is no validation set or no classification.
    """

    step: int
    training: float
    validation: float
    train_accuracy: float
    validation_accuracy: float


_UNTOLD = Epoch(0, math.nan, math.nan, math.nan, math.nan)
UNTIMED = Curve(np.zeros(0, dtype=np.int64), np.zeros(0))


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """All that a history keeps, as values. epochs: the steps at which those kept are over; verdicts: what is
    known of each, (epochs, 4), as Epoch names it. times: seconds of training before some steps."""

    count: int
    steps: Curve
    training: Curve
    validation: Curve
    epochs: Whole
    verdicts: Array
    times: Curve = UNTIMED


class CostHistory:
    """Whole for the first 2 * EACH steps; beyond, of every stretch its smallest, largest and newest costs.

    Of epochs that end in one stretch, the last is kept with all that is known of it. An epoch belongs to the
    stretch of its last step, so that a stretch is complete when its steps are.
    """

    def __init__(self) -> None:
        self._count = 0
        self._steps, self._training, self._validation = Extremes(STEPS), Extremes(ENDS), Extremes(ENDS)
        self._last = _UNTOLD
        self._ends = np.full(EACH, _NONE)    # the step at which the last epoch of a stretch is over
        self._verdicts = np.empty((EACH, 4))
        self._times = Times()

    def copy(self) -> CostHistory:
        """The same, which does not grow with this one."""
        return deepcopy(self)

    @classmethod
    def of(cls, kept: Kept) -> CostHistory:
        """The history that keeps this."""
        made = cls()
        made._count = kept.count
        made._steps.put_all(kept.steps.steps, kept.steps.values)
        made._training.put_all(kept.training.steps, kept.training.values)
        made._validation.put_all(kept.validation.steps, kept.validation.values)
        if len(kept.epochs):
            stretches = ENDS.of_all(kept.epochs)
            made._make_room(int(stretches[-1]))
            made._ends[stretches], made._verdicts[stretches] = kept.epochs, kept.verdicts
            made._last = made._kept(int(stretches[-1]))
        made._times.put_marks(kept.times)
        return made

    def kept(self) -> Kept:
        """All of it; of() gives the same history again."""
        return Kept(
            self._count, self._steps.points(), self._training.points(), self._validation.points(),
            *self.epochs(), self._times.marks,
        )

    def thinned(self, most: int) -> CostHistory:
        """A history of the same run with about so many stretches; this one where it has no more."""
        if self._count <= most:
            return self
        kept = self.kept()
        some = np.unique(np.linspace(0, len(kept.epochs) - 1, most).round().astype(np.int64))
        return CostHistory.of(Kept(
            kept.count, self.steps(most), self.training(most), self.validation(most),
            kept.epochs[some], kept.verdicts[some], self._times.thinned(most),
        ))  # fmt: skip

    @property
    def count(self) -> int:
        """How many steps there are."""
        return self._count

    @property
    def last(self) -> Epoch:
        """The newest epoch, or the start."""
        return self._last

    @property
    def nbytes(self) -> int:
        """The memory that is held."""
        curves = self._steps.nbytes + self._training.nbytes + self._validation.nbytes
        return curves + self._ends.nbytes + self._verdicts.nbytes + self._times.nbytes

    @property
    def timed(self) -> bool:
        """Whether it is known of any step how long training took up to it."""
        return self._times.known

    def steps(self, most: int | None = None, within: Span | None = None) -> Curve:
        """The batch costs, thinned to about 2 * most; within: of these steps and their neighbours only."""
        return self._steps.curve(most, within)

    def samples(self) -> Curve:
        """Every batch cost while all are kept; beyond, the newest of each stretch, whatever its size."""
        return self._steps.newest()

    def bounds_at(self, step: int) -> Bounds | None:
        """What is known of the batch cost of a step: exact while all are kept."""
        return self._steps.bounds(step) if 0 <= step < self._count else None

    def training(self, most: int | None = None, within: Span | None = None) -> Curve:
        """The training costs of the epochs and of the start, likewise."""
        return self._training.curve(most, within)

    def validation(self, most: int | None = None, within: Span | None = None) -> Curve:
        """The validation costs likewise; empty where there is no validation set."""
        return self._validation.curve(most, within)

    def epochs(self) -> tuple[Whole, Array]:
        """The steps at which the epochs that are kept are over, and what is known of each: (epochs, 4), as
        Epoch names it."""
        known = np.flatnonzero(self._ends != _NONE)
        return self._ends[known], self._verdicts[known]

    def epoch_before(self, step: int) -> Epoch | None:
        """The newest epoch that is kept and over at this step, or the start."""
        stretch = min(ENDS.of(step), len(self._ends) - 1)
        known = np.flatnonzero((self._ends[: stretch + 1] != _NONE) & (self._ends[: stretch + 1] <= step))
        return self._kept(int(known[-1])) if known.size else None

    def epoch_at(self, step: int) -> Epoch | None:
        """The epoch that is over at this step, or the start, if it is still known."""
        stretch = ENDS.of(step)
        return self._kept(stretch) if stretch < len(self._ends) and self._ends[stretch] == step else None

    def seconds_at(self, steps: Whole) -> Array:
        """Seconds of training up to each of these steps; NaN where that is not known."""
        return self._times.at(steps)

    def put_time(self, first: int, last: int, seconds: float) -> None:
        """The steps from first on, last excluded, took so long. They come after all that were timed."""
        self._times.put(first, last, seconds)

    def put_step(self, cost: float) -> None:
        """The batch cost of the next step."""
        self._steps.put(self._count, cost)
        self._count += 1

    def put_steps(self, costs: Array) -> None:
        """The batch costs of the next steps."""
        self._steps.put_all(np.arange(self._count, self._count + len(costs)), costs)
        self._count += len(costs)

    def put_epochs(self, steps: Whole, rows: Array) -> None:
        """The next epochs at once: the step after each, and what put_epoch is told of it, (epochs, 4)."""
        self._training.put_all(steps, rows[:, 0])
        self._validation.put_all(steps, rows[:, 1])
        stretches = ENDS.of_all(steps)
        lasts = np.append(begins(stretches)[1:], len(steps)) - 1
        self._make_room(int(stretches[-1]))
        self._ends[stretches[lasts]], self._verdicts[stretches[lasts]] = steps[lasts], rows[lasts]
        self._last = self._kept(int(stretches[-1]))

    def put_epoch(
        self, step: int, training: float, validation: float, train_accuracy: float, validation_accuracy: float
    ) -> None:
        """What both sets come to where an epoch is over; at step 0, before training."""
        self._training.put(step, training)
        self._validation.put(step, validation)
        self._last = Epoch(step, training, validation, train_accuracy, validation_accuracy)
        stretch = ENDS.of(step)
        self._make_room(stretch)
        self._ends[stretch], self._verdicts[stretch] = step, self._last[1:]

    def cut_after(self, step: int) -> int:
        """Forget what came after this step, and with it the stretch that it cuts in two.

        Returns the step up to which all is known: what was put from there on has to be put again; but for the
        time, which is known up to the step itself.
        """
        self._times.cut_after(step)
        if step >= self._count:
            return step
        stretch = STEPS.of(step)
        self._count = STEPS.start(stretch)
        self._steps.cut(stretch)
        later = ENDS.of(self._count) + 1
        self._training.cut(later)
        self._validation.cut(later)
        self._ends[later:] = _NONE
        known = np.flatnonzero(self._ends != _NONE)
        self._last = self._kept(int(known[-1])) if known.size else _UNTOLD
        return self._count

    def _kept(self, stretch: int) -> Epoch:
        return Epoch(int(self._ends[stretch]), *self._verdicts[stretch].tolist())

    def _make_room(self, stretch: int) -> None:
        while stretch >= len(self._ends):
            self._ends = np.append(self._ends, np.full(EACH, _NONE))
            self._verdicts = np.concatenate((self._verdicts, np.empty((EACH, 4))))
