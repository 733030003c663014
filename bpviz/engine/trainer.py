"""Trains step by step, and returns to any step: from the nearest checkpoint, by doing the same again.

run() leaves its steps to the kernel where there is one. It differs from NumPy in the last bits, so it is
remembered who took which step, and each does its own again. Every record, and every step taken by itself,
is NumPy's; so is the word on whether a step diverges, of which the kernel has but a suspicion.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.backprop import checked_batch
from bpviz.engine.checkpoints import Checkpoint, Checkpoints
from bpviz.engine.costs import CostHistory, Epoch
from bpviz.engine.course import Course
from bpviz.engine.divergence import Divergence, find_divergence
from bpviz.engine.errors import EngineError
from bpviz.engine.examples import Examples
from bpviz.engine.judge import Judge
from bpviz.engine.kernel.run import KernelRun, Trained
from bpviz.engine.line import LONGEST
from bpviz.engine.network import Network, Parameters, checked_parameters
from bpviz.engine.optimizer import Learning
from bpviz.engine.past import Past
from bpviz.engine.path import Path, after
from bpviz.engine.run_state import RunState, Turn
from bpviz.engine.tempo import Tempo
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
        self._judge = Judge(network, train, validation, classification)
        self._path = Path(network, train, Course(train.count, seed, learning), self._judge.sets)
        self._here = Checkpoint(0, first, OptimizerState())
        self._checkpoints = Checkpoints(self._here)
        self._record: StepTrace | None = None
        self._past = Past(self._path, self._checkpoints, self._judge)
        self._tempo = Tempo()
        self._kernel_loaded: Callable[[], bool] | None = None
        self.costs.put_epoch(0, *self._judge.judged(first))

    @property
    def step(self) -> int:
        """Updates made at the present position."""
        return self._here.step

    @property
    def parameters(self) -> Parameters:
        return self._here.parameters

    @property
    def first(self) -> Parameters:
        """The parameters at step 0."""
        return self._path.edits.applied(self._checkpoints.nearest(0)).parameters

    @property
    def turns(self) -> tuple[tuple[int, Learning], ...]:
        """From which step on training learns in which way, the start first."""
        return self._path.course.turns

    @property
    def optimizer_state(self) -> OptimizerState:
        """What the optimizer remembers before the present step."""
        return self._here.state

    @property
    def learning(self) -> Learning:
        return self._path.course.learning_at(self.step)

    @property
    def steps_per_epoch(self) -> int:
        return self._path.course.steps_per_epoch(self.step)

    def epoch_of(self, step: int) -> int:
        return self._path.course.epoch_of(step)

    @property
    def course(self) -> Course:
        """Which examples each step learns from, and how; what an epoch is."""
        return self._path.course

    @property
    def last_epoch(self) -> Epoch:
        """What both sets came to after the last epoch that was over at the present position."""
        return self._past.epoch(self.costs, self.step)

    def rate_at(self, step: int) -> float:
        return self._path.course.rate_at(step)

    def batch_rows(self, step: int) -> NDArray[np.int64]:
        """The rows of `train` that this step learns from."""
        rows = self._path.course.rows(step)
        return np.arange(self.train.count) if rows is None else rows

    def record(self) -> StepTrace:
        """The step at the present position, not yet applied.

        Where the kernel took it, w_next here and w of the next record may differ in the last bits: the
        record is NumPy's, and what the kernel went on with is its own.
        """
        if self._record is None:
            self._record = self._path.record(self._here)
        return self._record

    def record_at(self, step: int) -> StepTrace:
        """Any step of this run, as go_to and record would give it; the position stays where it is."""
        self._check_within(step)
        if step == self.step:
            return self.record()
        here = self._checkpoints.nearest(step)
        if here.step <= self.step < step:
            here = self._here
        return self._path.record(self._path.repeated(here, step, self._path.aside()))

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

    def use(self, kernel_loaded: Callable[[], bool]) -> None:
        """Let the kernel train from when on this says that it is loaded, which is for good."""
        self._kernel_loaded = kernel_loaded

    def run(
        self, steps: int | None, seconds: float, clock: Callable[[], float] = time.perf_counter
    ) -> Divergence | None:
        """Up to `steps` steps or until the time is spent, at least one; steps=1 is what advance() does."""
        if steps != 1 and self._kernel_loaded is not None and self._kernel_loaded():
            return self._run_by_kernel(steps, seconds, clock)
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
        self._place(self._path.repeated(self._here, step), None)

    def change(self, learning: Learning) -> None:
        """Learn otherwise from here on; what came after is forgotten."""
        self._path.course.turn(self.step, learning)
        self._go_on_otherwise()

    def edit(self, parameters: Parameters) -> None:
        """Go on from other parameters; what came after is forgotten. What the optimizer remembers stays.

        Raises EngineError when they are not this network's.
        """
        edited = Checkpoint(self.step, checked_parameters(self.network, parameters), self._here.state)
        self._path.edits.put(edited)
        self._go_on_otherwise()
        self._here = edited
        if self._path.course.over(self.step):
            self.costs.put_epoch(self.step, *self._judge.judged(edited.parameters))

    def state(self, most: int = 16) -> RunState:
        """The run as a value, with about so many checkpoints to return to."""
        kept = {here.step: here for here in (*self._checkpoints.some(most), self._here)}
        return RunState(
            self.step, self.reached, tuple(Turn(*turn) for turn in self.turns),
            tuple(kept[step] for step in sorted(kept)), self._path.edits.all, self._path.passage.turns,
            self.costs.copy(),
        )

    def resume(self, state: RunState) -> None:
        """Go on from there instead, as if this run had led there."""
        for turn in state.turns:
            self._path.course.turn(turn.step, turn.learning)
        self._path.passage.resume(state.taken)
        for edited in state.edits:
            self._path.edits.put(edited)
        self._checkpoints = Checkpoints.of(state.checkpoints)
        self._past = Past(self._path, self._checkpoints, self._judge)
        self.costs = state.costs.copy()
        self.reached, self._sound, self.divergence = state.reached, -1, None
        self._place(next(here for here in state.checkpoints if here.step == state.step), None)

    def _attempt(self) -> Divergence | None:
        """Move on by one step, or say why that cannot be."""
        if self.step < self.reached:
            self._repeat(1)
            return None
        present = self.record()
        divergence = self._spoiled()
        if divergence is not None:
            return divergence
        following = after(present)
        record = self._path.record(following)
        divergence = find_divergence(record)
        if divergence is None:
            self._path.passage.take(self.step, by_kernel=False)
            self._place(following, record)
            self.reached = self._sound = self.step
            self.costs.put_step(present.cost)
            self._checkpoints.offer(following)
            if self._path.course.begins_epoch(self.step):
                self.costs.put_epoch(self.step, *self._judge.judged(self.parameters))
        return divergence

    def _spoiled(self) -> Divergence | None:
        """Why the present step cannot be taken; nothing of a step that is known to be good."""
        return find_divergence(self.record()) if self._sound < self.step else None

    def _run_by_kernel(
        self, steps: int | None, seconds: float, clock: Callable[[], float]
    ) -> Divergence | None:
        """run() in slices, each as long as the time that is left, by how long the last one took."""
        end = None if steps is None else self.step + steps
        now = clock()
        until = now + seconds
        self.divergence = self.divergence or self._spoiled()
        while self.divergence is None and self.step != end:
            began, before = now, self.step
            most = LONGEST if end is None else end - before
            self._leap(self._tempo.steps_within(until - now, most))
            now = clock()
            self._tempo.put(now - began, self.step - before)
            # The last step is not left for later: asked for alone it would be NumPy's, by the clock's whim.
            if now >= until and self.step + 1 != end:
                break
        if self.divergence is None:
            self._settle()
        return self.divergence

    def _leap(self, most: int) -> None:
        """Up to so many steps at once. Where the kernel finds one spoiled, NumPy tries those next to it."""
        if self.step < self.reached:
            self._repeat(most)
            return
        run = self._path.line.at(self._here)
        trained = self._path.line.train(self._here, min(most, self._slice_left))
        good = len(trained.costs)
        if trained.divergence is None:
            self._enter(run, trained)
            return
        if good > 1:
            run.back_to(run.step - 1)
            self._enter(run, trained.first(good - 1))
        elif good == 0 and self._sound < self.step:
            self._retreat()
        self.advance()

    @property
    def _slice_left(self) -> int:
        """The steps until it is time for another checkpoint: any run has a hundred and more to look at."""
        return min(LONGEST, max(1, self.step // 128))

    def _enter(self, run: KernelRun, trained: Trained) -> None:
        """Stand where the kernel does, after these steps."""
        first = self.step
        self._path.passage.take(first, by_kernel=True)
        self._place(run.checkpoint(), None)
        self.reached = self.step
        self.costs.put_steps(trained.costs)
        self._checkpoints.offer(self._here)
        if len(trained.judged):
            self.costs.put_epochs(first + 1 + trained.judged, self._judge.rows(trained.verdicts))

    def _settle(self) -> None:
        """Stay where the kernel has led only if the record there is good."""
        if self._spoiled() is None:
            self._sound = max(self._sound, self.step)
        else:
            self._retreat()
            self.advance()

    def _retreat(self) -> None:
        """Undo the kernel's last step."""
        step = self.step - 1
        self._place(self._path.repeated(self._checkpoints.nearest(step), step), None)
        self._forget_later()

    def _repeat(self, most: int) -> None:
        """Up to so many steps that have been taken before, as they were taken."""
        if self._path.passage.by_kernel(self.step):
            goal = self._path.alike_until(self.step, min(self.step + most, self.reached))
            self._place(self._path.repeated(self._here, goal), None)
        else:
            self._place(after(self.record()), None)

    def _go_on_otherwise(self) -> None:
        self._forget_later()
        self._sound = min(self._sound, self.step - 1)
        self.divergence = None
        self._record = None

    def _forget_later(self) -> None:
        self._path.edits.cut_after(self.step)
        self._past.retell(self.costs, self.costs.cut_after(self.step), self.step)
        self._checkpoints.cut_after(self.step)
        self._path.passage.cut(self.step)
        self.reached = self.step

    def _check_within(self, step: int) -> None:
        if not 0 <= step <= self.reached:
            raise EngineError(f"step: expected from 0 to {self.reached}, got {step}")

    def _place(self, here: Checkpoint, record: StepTrace | None) -> None:
        """Stand here, or where this was edited to; no step has been computed from there then."""
        self._here = self._path.edits.applied(here)
        self._record = record if self._here is here else None
