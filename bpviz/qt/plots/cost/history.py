"""The costs of a run as curves over steps, epochs or time. Reads the trainer; draws nothing."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.costs import CostHistory
from bpviz.engine.course import Course
from bpviz.engine.extremes import Curve as CostCurve
from bpviz.engine.extremes import Span
from bpviz.engine.stretches import Whole
from bpviz.engine.trainer import Trainer
from bpviz.explain.cost_table import Told
from bpviz.explain.smoothing import smoothed_steps, thinned
from bpviz.qt.plots.cost.chosen import Along, Chosen

_RATES = 150  # places at which the rate is looked up


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """x and y have one length. `last` is the newest y, or None for an empty curve."""

    x: Array
    y: Array

    @property
    def last(self) -> float | None:
        return float(self.y[-1]) if self.y.size else None

    def at(self, x: float) -> float | None:
        """The newest y at or before x."""
        index = int(np.searchsorted(self.x, x, side="right")) - 1
        return float(self.y[index]) if index >= 0 else None

    def values_within(self, low: float, high: float) -> Array:
        """All y from low to high, and those where the curve crosses either."""
        if not self.x.size or high < self.x[0] or low > self.x[-1]:
            return _NONE
        first, end = np.searchsorted(self.x, (low, high))
        cuts = [edge for edge in (low, high) if self.x[0] <= edge <= self.x[-1]]
        return np.append(self.y[first:end], np.interp(cuts, self.x, self.y))


_NONE = np.empty(0)
NO_CURVE = Curve(_NONE, _NONE)


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """training and validation: once an epoch, over the whole sets; their accuracies likewise. steps: every
    batch, and empty when each epoch is a single step, whose cost is that of the whole set; smooth: their
    average. rate: as a staircase, and empty while it has always been the same."""

    training: Curve = NO_CURVE
    validation: Curve = NO_CURVE
    steps: Curve = NO_CURVE
    smooth: Curve = NO_CURVE
    train_accuracy: Curve = NO_CURVE
    validation_accuracy: Curve = NO_CURVE
    rate: Curve = NO_CURVE
    playhead: float = 0.0
    end: float = 0.0


class Epochs(Protocol):
    """What knows where steps stand, counted in epochs."""

    def epochs_at(self, steps: Whole) -> Array: ...


def placed(steps: Whole, costs: CostHistory, course: Epochs, along: Along) -> Array:
    """Steps as x. Within an epoch that is under way, x grows by its steps; NaN where no time is known."""
    if along == "epoch":
        return course.epochs_at(steps)
    if along == "time":
        return costs.seconds_at(steps)
    return steps.astype(np.float64)


def told(name: str, costs: CostHistory, epochs: Epochs, course: Course | None = None) -> Told:
    """A run for a table of its costs."""
    seconds = costs.seconds_at if costs.timed else None
    return Told(name, costs, epochs.epochs_at, seconds, None if course is None else course.rates_at)


class History:
    """Turns the trainer's costs into curves, and x back into steps."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer

    def follow(self, trainer: Trainer) -> None:
        """Look at another run."""
        self._trainer = trainer

    def along(self, chosen: Along) -> Along:
        """What can be counted: steps where time is not known."""
        return "step" if chosen == "time" and not self._trainer.costs.timed else chosen

    @property
    def batches_are_epochs(self) -> bool:
        reached = self._trainer.reached
        return self.x_of(reached, "epoch") == reached

    def curves(self, chosen: Chosen, most: int, within: Span | None = None) -> Curves:
        """Everything there is, or what there is of some steps, thinned to about 2 * most points a curve.

        Of the average and of the accuracies to half as many: they hardly go up and down.
        """
        trainer, costs = self._trainer, self._trainer.costs
        along = self.along(chosen.along)
        few = self.batches_are_epochs
        smooth = NO_CURVE if few or chosen.span == 1 else self._smooth(chosen.span, along, most // 2, within)
        train_accuracy, validation_accuracy = NO_CURVE, NO_CURVE
        if chosen.accuracy:
            train_accuracy, validation_accuracy = self._accuracies(along, most // 2, within)
        return Curves(
            training=self._curve(costs.training(most, within), along),
            validation=self._curve(costs.validation(most, within), along),
            steps=NO_CURVE if few else self._curve(costs.steps(most, within), along),
            smooth=smooth,
            train_accuracy=train_accuracy,
            validation_accuracy=validation_accuracy,
            rate=self._rate(along, within) if chosen.rate else NO_CURVE,
            playhead=self.x_of(trainer.step, along),
            end=self.x_of(trainer.reached, along),
        )

    def smooth_at(self, step: int, span: int) -> float | None:
        """The average of the batch costs up to a step, as it is drawn."""
        if span == 1 or self.batches_are_epochs:
            return None
        curve = smoothed_steps(self._trainer.costs, span)
        return Curve(curve.steps.astype(np.float64), curve.values).at(step)

    def x_of(self, step: int, along: Along) -> float:
        x = float(self._place(np.array([step]), along)[0])
        return x if x == x else 0.0

    def step_at(self, x: float, along: Along) -> int:
        """The reached step nearest to x."""
        if along == "time":
            return self._step_at_second(x)
        step = self._trainer.course.step_near(x) if along == "epoch" else round(x)
        return min(max(step, 0), self._trainer.reached)

    # -- within ---------------------------------------------------------------------------------

    def _step_at_second(self, seconds: float) -> int:
        reached = self._trainer.reached
        later = bisect_left(range(reached), seconds, key=lambda step: self.x_of(step, "time"))
        before = max(0, later - 1)
        nearer = seconds - self.x_of(before, "time") <= self.x_of(later, "time") - seconds
        return before if nearer else later

    def _smooth(self, span: int, along: Along, most: int, within: Span | None) -> Curve:
        curve = smoothed_steps(self._trainer.costs, span)
        return self._curve(_part(curve.steps, curve.values, most, within), along)

    def _accuracies(self, along: Along, most: int, within: Span | None) -> tuple[Curve, Curve]:
        """Of both sets, in percent."""
        if not self._trainer.classification:
            return NO_CURVE, NO_CURVE
        ends, verdicts = self._trainer.costs.epochs()
        made = []
        for shares in (verdicts[:, 2], verdicts[:, 3]):
            known = np.isfinite(shares)
            part = _part(ends[known], 100 * shares[known], most, within)
            made.append(self._curve(part, along))
        return made[0], made[1]

    def _rate(self, along: Along, within: Span | None) -> Curve:
        course = self._trainer.course
        ways = {(learning.rate, learning.schedule) for _, learning in course.turns}
        if len(ways) == 1 and course.turns[0][1].schedule.name == "constant":
            return NO_CURVE
        first, last = within or (0, self._trainer.reached)
        turns = [step for step, _ in course.turns if first <= step <= last]
        steps = np.unique(np.append(np.linspace(first, last, _RATES).round().astype(np.int64), turns))
        steps = steps.astype(np.int64)
        rates = course.rates_at(steps)
        x = self._place(steps, along)
        return Curve(np.repeat(x, 2)[1:], np.repeat(rates, 2)[:-1])

    def _curve(self, curve: CostCurve, along: Along) -> Curve:
        x = self._place(curve.steps, along)
        if along != "time":
            return Curve(x, curve.values)
        known = np.isfinite(x)
        return Curve(x[known], curve.values[known])

    def _place(self, steps: Whole, along: Along) -> Array:
        return placed(steps, self._trainer.costs, self._trainer.course, along)


def _part(steps: Whole, values: Array, most: int, within: Span | None) -> CostCurve:
    """What lies within some steps and next to them, thinned."""
    if within is not None:
        first, end = steps.searchsorted(within[0]) - 1, steps.searchsorted(within[1], side="right") + 1
        steps, values = steps[max(0, first) : end], values[max(0, first) : end]
    return thinned(steps, values, most)
