"""What is no longer kept of steps taken before, told again from a checkpoint on, in every bit."""

from __future__ import annotations

from bpviz.engine.checkpoints import Checkpoint, Checkpoints
from bpviz.engine.costs import CostHistory, Epoch
from bpviz.engine.judge import Judge
from bpviz.engine.line import LONGEST, KernelLine
from bpviz.engine.path import Path, after


class Past:
    """Takes steps that have been taken, as they were taken, aside from where training stands."""

    def __init__(self, path: Path, checkpoints: Checkpoints, judge: Judge) -> None:
        self._path, self._checkpoints, self._judge = path, checkpoints, judge

    def epoch(self, costs: CostHistory, step: int) -> Epoch:
        """The last epoch that was over at this step; the start, where none was."""
        over = self._path.course.last_over(step)
        kept = costs.epoch_at(over)
        if kept is not None:
            return kept
        told = CostHistory()
        self.retell(told, over - 1, over)
        return told.last

    def retell(self, costs: CostHistory, first: int, last: int) -> None:
        """Put the costs of these steps, the last excluded, and of the epochs that end with them."""
        if first == last:
            return
        line = self._path.aside()
        here = self._path.repeated(self._checkpoints.nearest(first), first, line)
        while here.step < last:
            if self._path.by_kernel(here.step):
                here = self._leap(costs, line, here, min(last, here.step + LONGEST))
            else:
                here = self._walk(costs, here)
            here = self._edited(costs, here)

    def _leap(self, costs: CostHistory, line: KernelLine, here: Checkpoint, goal: int) -> Checkpoint:
        """Steps that the kernel took, up to the goal or to where they end."""
        goal = self._path.alike_until(here.step, goal)
        run, trained = line.at(here), line.train(here, goal - here.step)
        costs.put_steps(trained.costs)
        if len(trained.judged):
            costs.put_epochs(here.step + 1 + trained.judged, self._judge.rows(trained.verdicts))
        return run.checkpoint()

    def _edited(self, costs: CostHistory, here: Checkpoint) -> Checkpoint:
        """Where this was changed by hand, what it was changed to."""
        edited = self._path.edits.applied(here)
        if edited is not here and self._path.course.over(here.step):
            costs.put_epoch(here.step, *self._judge.judged(edited.parameters))
        return edited

    def _walk(self, costs: CostHistory, here: Checkpoint) -> Checkpoint:
        """A step that NumPy took."""
        record = self._path.record(here)
        costs.put_step(record.cost)
        here = after(record)
        if self._path.course.over(here.step):
            costs.put_epoch(here.step, *self._judge.judged(here.parameters))
        return here
