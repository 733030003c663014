"""Trains step by step, and returns to any step: from the nearest checkpoint, by doing the same again."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import frozen
from bpviz.engine.backprop import checked_batch, computed_step
from bpviz.engine.checkpoints import Checkpoint, Checkpoints
from bpviz.engine.costs import CostHistory
from bpviz.engine.course import Course
from bpviz.engine.divergence import Divergence, find_divergence
from bpviz.engine.errors import EngineError
from bpviz.engine.evaluation import accuracy, outcome
from bpviz.engine.examples import Examples
from bpviz.engine.network import Network, Parameters, checked_parameters
from bpviz.engine.optimizer import Learning
from bpviz.engine.trace import StepTrace
from bpviz.engine.update import OptimizerState


class Trainer:
    """Owns the position in a run. Everything at a step follows from the seed and the settings before it."""

    def __init__(
        self,
        network: Network,
        learning: Learning,
        first: Parameters,
        train: Examples,
        validation: Examples | None,
        seed: int,
        classification: bool = False,
    ) -> None:
        first = checked_parameters(network, first)
        for examples in (train, validation):
            if examples is not None:
                checked_batch(network, examples.inputs, examples.targets)
        self.network, self.train, self.validation, self.seed = network, train, validation, seed
        self.classification = classification
        self.reached = 0            # the furthest step so far
        self._sound = -1            # the furthest step whose numbers are known to be good
        self.divergence: Divergence | None = None
        self.costs = CostHistory()
        self._course = Course(train.count, seed, learning)
        self._here = Checkpoint(0, first, OptimizerState())
        self._checkpoints = Checkpoints(self._here)
        self._record: StepTrace | None = None
        self._judge()

    @property
    def step(self) -> int:
        """Updates made at the present position."""
        return self._here.step

    @property
    def parameters(self) -> Parameters:
        return self._here.parameters

    @property
    def optimizer_state(self) -> OptimizerState:
        """What the optimizer remembers before the present step."""
        return self._here.state

    @property
    def learning(self) -> Learning:
        return self._course.learning_at(self.step)

    @property
    def steps_per_epoch(self) -> int:
        return self._course.steps_per_epoch(self.step)

    def epoch_of(self, step: int) -> int:
        return self._course.epoch_of(step)

    def rate_at(self, step: int) -> float:
        return self._course.rate_at(step)

    def batch_rows(self, step: int) -> NDArray[np.int64]:
        """The rows of `train` that this step learns from."""
        rows = self._course.rows(step)
        return np.arange(self.train.count) if rows is None else rows

    def record(self) -> StepTrace:
        """The step at the present position, not yet applied."""
        if self._record is None:
            self._record = self._computed(self._here)
        return self._record

    def record_at(self, step: int) -> StepTrace:
        """Any step of this run, as go_to and record would give it; the position stays where it is."""
        self._check_within(step)
        if step == self.step:
            return self.record()
        here = self._checkpoints.nearest(step)
        if here.step <= self.step < step:
            here = self._here
        while here.step < step:
            here = _after(self._computed(here))
        return self._computed(here)

    def kept_step(self, step: int) -> int:
        """The nearest step, not beyond this one, of which record_at needs no replay."""
        self._check_within(step)
        return self._checkpoints.nearest(step).step

    def advance(self) -> Divergence | None:
        """Take the present step, unless its numbers or those of the step after it would mean nothing.

        Then the position stays: the shown record is the last whose numbers are good. Only at the start and
        after a change can the present step itself be the one that fails.
        """
        if self.divergence is None:
            self.divergence = self._attempt()
        return self.divergence

    def run(
        self, steps: int | None, seconds: float, clock: Callable[[], float] = time.perf_counter
    ) -> Divergence | None:
        """Advance up to `steps` steps or until the time is spent, at least once."""
        until = clock() + seconds
        done = 0
        while steps is None or done < steps:
            divergence = self.advance()
            if divergence is not None:
                return divergence
            done += 1
            if clock() >= until:
                break
        return None

    def go_to(self, step: int) -> None:
        """Return to a step of this run, bit for bit."""
        self._check_within(step)
        if step == self.step:
            return
        self.divergence = None
        near = self._checkpoints.nearest(step)
        if not near.step <= self.step < step:
            self._place(near, None)
        while self.step < step:
            self._place(_after(self.record()), None)

    def change(self, learning: Learning) -> None:
        """Learn otherwise from here on; what came after is forgotten."""
        self._course.turn(self.step, learning)
        self._checkpoints.cut_after(self.step)
        self.costs.cut_after(self.step)
        self.reached = self.step
        self._sound = min(self._sound, self.step - 1)
        self.divergence = None
        self._record = None

    def _attempt(self) -> Divergence | None:
        """Move on by one step, or say why that cannot be."""
        present = self.record()
        if self._sound < self.step:
            divergence = find_divergence(present)
            if divergence is not None:
                return divergence
        following = _after(present)
        record = self._computed(following)
        if self.step < self.reached:
            self._place(following, record)
            return None
        divergence = find_divergence(record)
        if divergence is None:
            self._place(following, record)
            self.reached = self._sound = self.step
            self.costs.put_step(present.cost)
            self._checkpoints.offer(following)
            if self._course.begins_epoch(self.step):
                self._judge()
        return divergence

    def _check_within(self, step: int) -> None:
        if not 0 <= step <= self.reached:
            raise EngineError(f"step: expected from 0 to {self.reached}, got {step}")

    def _place(self, here: Checkpoint, record: StepTrace | None) -> None:
        self._here, self._record = here, record

    def _computed(self, here: Checkpoint) -> StepTrace:
        rows = self._course.rows(here.step)
        inputs, targets = self.train.inputs, self.train.targets
        if rows is not None:
            inputs, targets = frozen(inputs[rows]), frozen(targets[rows])
        return computed_step(
            self.network, here.parameters, inputs, targets, self._course.learning_at(here.step), here.state,
            here.step, self._course.rate_at(here.step),
        )

    def _judge(self) -> None:
        """Enter what both sets cost at this position."""
        training, train_accuracy = self._judged(self.train)
        validation, validation_accuracy = math.nan, math.nan
        if self.validation is not None:
            validation, validation_accuracy = self._judged(self.validation)
        self.costs.put_epoch(self.step, training, validation, train_accuracy, validation_accuracy)

    def _judged(self, examples: Examples) -> tuple[float, float]:
        cost, outputs = outcome(self.network, self.parameters, examples)
        return cost, accuracy(outputs, examples.targets) if self.classification else math.nan


def _after(record: StepTrace) -> Checkpoint:
    return Checkpoint(record.step + 1, record.parameters_next, record.optimizer_next)
