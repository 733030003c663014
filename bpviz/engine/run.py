"""A run that has been made: where it stands, every step of it, and what was changed on the way.

Any step is returned to from the nearest checkpoint, by doing the same again. The kernel differs from NumPy in
the last bits, so it is remembered who took which step, and each does its own again. Every record is NumPy's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.backprop import checked_batch
from bpviz.engine.checkpoints import Checkpoint, Checkpoints
from bpviz.engine.costs import CostHistory, Epoch
from bpviz.engine.course import Course
from bpviz.engine.divergence import Divergence
from bpviz.engine.errors import EngineError
from bpviz.engine.examples import Examples
from bpviz.engine.freezing import check_fit
from bpviz.engine.judge import Judge
from bpviz.engine.network import Network, Parameters, checked_parameters
from bpviz.engine.optimizer import Learning
from bpviz.engine.past import Past
from bpviz.engine.path import Path
from bpviz.engine.trace import StepTrace
from bpviz.engine.update import OptimizerState

if TYPE_CHECKING:
    from bpviz.engine.run_state import RunState


class Run:
    """Owns the position in a run. Everything at a step follows from the seed and what was set before it."""

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
        check_fit(network, learning.frozen)
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
    def edits(self) -> tuple[Checkpoint, ...]:
        """What was put by hand in place of where training had led, in the order of steps."""
        return self._path.edits.all

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

    def waypoints(self, most: int) -> tuple[Checkpoint, ...]:
        """Where the run was at about so many steps, evenly spaced from the start on, and where it is."""
        kept = {here.step: here for here in (*self._checkpoints.some(most), self._here)}
        return tuple(kept[step] for step in sorted(kept))

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
        """Learn otherwise from here on; what came after is forgotten.

        Raises EngineError when this network cannot learn so.
        """
        check_fit(self.network, learning.frozen)
        self._path.course.turn(self.step, learning)
        self._go_on_otherwise()

    def edit(self, parameters: Parameters) -> None:
        """Go on from other parameters, as is learned here; what came after is forgotten, other settings too.

        What the optimizer remembers stays.

        Raises EngineError when they are not this network's.
        """
        edited = Checkpoint(self.step, checked_parameters(self.network, parameters), self._here.state)
        self._path.edits.put(edited)
        self._path.course.cut_after(self.step)
        self._go_on_otherwise()
        self._here = edited
        if self._path.course.over(self.step):
            self.costs.put_epoch(self.step, *self._judge.judged(edited.parameters))

    def state(self, most: int = 16) -> RunState:
        """The run as a value, with about so many checkpoints to return to."""
        from bpviz.engine.run_state import RunState, Turn

        return RunState(
            self.step, self.reached, tuple(Turn(*turn) for turn in self.turns),
            self.waypoints(most), self._path.edits.all, self._path.passage.turns,
            self.costs.copy(),
        )

    def resume(self, state: RunState) -> None:
        """Go on from there instead, as if this run had led there."""
        for turn in state.turns:
            check_fit(self.network, turn.learning.frozen)
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
