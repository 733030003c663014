"""Trains step by step, and returns to any step: from the nearest checkpoint, by doing the same again."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.backprop import run_step
from bpviz.engine.costs import CostHistory
from bpviz.engine.divergence import Divergence, find_divergence
from bpviz.engine.errors import EngineError
from bpviz.engine.evaluation import accuracy, evaluate
from bpviz.engine.examples import Examples
from bpviz.engine.network import Network, Parameters
from bpviz.engine.optimizer import Learning, check_learning, rate_at
from bpviz.engine.trace import StepTrace
from bpviz.engine.update import OptimizerState

_MOST_CHECKPOINTS = 2048
_CHECKPOINT_BYTES = 48_000_000


@dataclass(frozen=True, slots=True, eq=False)
class _Checkpoint:
    step: int
    parameters: Parameters
    state: OptimizerState


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From `start` on, training learns this way; its epochs are counted from (step, epoch)."""

    start: int
    learning: Learning
    step: int
    epoch: int


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
        check_learning(learning)
        self.network, self.train, self.validation, self.seed = network, train, validation, seed
        self.classification = classification
        self.step = 0
        self.reached = 0
        self.divergence: Divergence | None = None
        self.costs = CostHistory()
        self._parameters, self._state = first, OptimizerState()
        self._stretches = [_Stretch(0, learning, 0, 0)]
        self._checkpoints = [_Checkpoint(0, first, self._state)]
        self._interval = 1
        self._record: StepTrace | None = None
        self._order: tuple[int, NDArray[np.int64]] | None = None
        size = sum(p.w.nbytes + (0 if p.b is None else p.b.nbytes) for p in first) * 3
        self._most = int(min(_MOST_CHECKPOINTS, max(16, _CHECKPOINT_BYTES // size)))
        self.record()
        self._evaluate()

    @property
    def parameters(self) -> Parameters:
        return self._parameters

    @property
    def learning(self) -> Learning:
        return self._stretch(self.step).learning

    @property
    def steps_per_epoch(self) -> int:
        return self._per_epoch(self.learning)

    def epoch_of(self, step: int) -> int:
        s = self._stretch(step)
        return s.epoch + (step - s.step) // self._per_epoch(s.learning)

    def rate_at(self, step: int) -> float:
        return rate_at(self._stretch(step).learning, self.epoch_of(step))

    def batch_rows(self, step: int) -> NDArray[np.int64]:
        """The rows of `train` that this step learns from."""
        s = self._stretch(step)
        size = s.learning.batch_size
        if size >= self.train.count:
            return np.arange(self.train.count)
        start = (step - s.step) % self._per_epoch(s.learning) * size
        return self._permutation(self.epoch_of(step))[start : start + size]

    def record(self) -> StepTrace:
        """The step at the present position, not yet applied."""
        if self._record is None:
            self._record = self._trace()
        return self._record

    def advance(self) -> Divergence | None:
        """Take the present step. If the one after it would diverge, stay: the last good step is kept."""
        record = self.record()
        before = (self._parameters, self._state, record)
        divergence = find_divergence(record)
        if divergence is None:
            self._place(self.step + 1, record.parameters_next, record.optimizer_next)
            divergence = find_divergence(self.record())
            if divergence is not None:
                self._place(self.step - 1, before[0], before[1])
                self._record = record
        if divergence is not None:
            self.divergence = divergence
            return divergence
        self.costs.put_step(self.step - 1, record.cost)
        self.reached = max(self.reached, self.step)
        self._keep_checkpoint()
        self._evaluate()
        return None

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
        if not 0 <= step <= self.reached:
            raise EngineError(f"expected a step from 0 to {self.reached}, got {step}")
        if step == self.step:
            return
        self.divergence = None
        near = self._checkpoints[bisect_right(self._checkpoints, step, key=_step_of) - 1]
        if not near.step <= self.step <= step:
            self._place(near.step, near.parameters, near.state)
        while self.step < step:
            record = self.record()
            self._place(self.step + 1, record.parameters_next, record.optimizer_next)

    def change(self, learning: Learning) -> None:
        """Learn otherwise from here on; what came after is forgotten."""
        check_learning(learning)
        old = self._stretch(self.step)
        origin = (old.step, old.epoch)
        if learning.batch_size != old.learning.batch_size:
            midway = (self.step - old.step) % self._per_epoch(old.learning) != 0
            origin = (self.step, self.epoch_of(self.step) + midway)
        self._stretches = [s for s in self._stretches if s.start < self.step]
        self._stretches.append(_Stretch(self.step, learning, *origin))
        self._checkpoints = [c for c in self._checkpoints if c.step <= self.step]
        self.costs.cut_after(self.step)
        self.reached = self.step
        self.divergence = None
        self._record = None

    def _stretch(self, step: int) -> _Stretch:
        return self._stretches[max(0, bisect_right(self._stretches, step, key=_start_of) - 1)]

    def _per_epoch(self, learning: Learning) -> int:
        return -(-self.train.count // learning.batch_size)

    def _permutation(self, epoch: int) -> NDArray[np.int64]:
        if self._order is None or self._order[0] != epoch:
            random = np.random.Generator(np.random.PCG64(np.random.SeedSequence([self.seed, 1, epoch])))
            self._order = (epoch, random.permutation(self.train.count))
        return self._order[1]

    def _trace(self) -> StepTrace:
        rows = self.batch_rows(self.step)
        inputs, targets = self.train.inputs[rows], self.train.targets[rows]
        return run_step(
            self.network, self._parameters, inputs, targets, self.learning, self._state,
            step=self.step, rate=self.rate_at(self.step),
        )

    def _place(self, step: int, parameters: Parameters, state: OptimizerState) -> None:
        self.step, self._parameters, self._state, self._record = step, parameters, state, None

    def _keep_checkpoint(self) -> None:
        last = self._checkpoints[-1].step
        if self.step < last + self._interval:
            return
        self._checkpoints.append(_Checkpoint(self.step, self._parameters, self._state))
        if len(self._checkpoints) > self._most:
            self._interval *= 2
            self._checkpoints = self._checkpoints[::2]

    def _evaluate(self) -> None:
        """Judge both sets when an epoch is complete."""
        s = self._stretch(self.step)
        if (self.step - s.step) % self._per_epoch(s.learning) or self.costs.knows_epoch_at(self.step):
            return
        ta = va = validation = float("nan")
        training, outputs = evaluate(self.network, self._parameters, self.train)
        if self.classification:
            ta = accuracy(outputs, self.train.targets)
        if self.validation is not None:
            validation, outputs = evaluate(self.network, self._parameters, self.validation)
            if self.classification:
                va = accuracy(outputs, self.validation.targets)
        self.costs.put_epoch(self.step, training, validation, ta, va)


def _step_of(checkpoint: _Checkpoint) -> int:
    return checkpoint.step


def _start_of(stretch: _Stretch) -> int:
    return stretch.start
