"""How a run goes from a checkpoint to a later step: by NumPy or by the kernel, as it went before."""

from __future__ import annotations

from collections.abc import Callable

from bpviz.engine.arrays import frozen
from bpviz.engine.backprop import computed_step
from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.course import Course
from bpviz.engine.edits import Edits
from bpviz.engine.examples import Examples
from bpviz.engine.line import KernelLine
from bpviz.engine.network import Network
from bpviz.engine.passage import Passage
from bpviz.engine.trace import StepTrace


def _never() -> bool:
    return False


class Path:
    """Repeats steps in every bit. Owns the course, who took each step, edits by hand, and the kernel."""

    def __init__(
        self, network: Network, train: Examples, course: Course, sets: tuple[Examples, ...]
    ) -> None:
        self._network, self._train, self._sets = network, train, sets
        self.course, self.passage, self.edits = course, Passage(), Edits()
        self.line = self.aside()
        self.kernel_loaded: Callable[[], bool] = _never

    def record(self, here: Checkpoint) -> StepTrace:
        """The step that is taken from here."""
        rows = self.course.rows(here.step)
        inputs, targets = self._train.inputs, self._train.targets
        if rows is not None:
            inputs, targets = frozen(inputs[rows]), frozen(targets[rows])
        return computed_step(
            self._network, here.parameters, inputs, targets, self.course.learning_at(here.step), here.state,
            here.step, self.course.rate_at(here.step),
        )

    def by_kernel(self, step: int) -> bool:
        """Whether the kernel takes this step again, as it took it. Where there is none, as for a document
        from elsewhere, NumPy does, to the last bits but for some."""
        return self.passage.by_kernel(step) and self.kernel_loaded()

    def aside(self) -> KernelLine:
        """Another kernel, which goes its own way while this one stays where it stands."""
        return KernelLine(self._network, self._train, self.course, self._sets)

    def repeated(self, here: Checkpoint, step: int, line: KernelLine | None = None) -> Checkpoint:
        """From here to a step reached before; the kernel's part by this one, or by the one that goes on."""
        line = line or self.line
        here = self.edits.applied(here)
        while here.step < step:
            if self.by_kernel(here.step):
                here = line.repeated(here, self.alike_until(here.step, step))
            else:
                here = after(self.record(here))
            here = self.edits.applied(here)
        return here

    def alike_until(self, step: int, goal: int) -> int:
        """Up to where nobody else took over and nothing was changed, and not beyond the goal."""
        turns = self.passage.next_turn(step), self.course.next_turn(step), self.edits.next_turn(step), goal
        return min(turn for turn in turns if turn is not None)


def after(record: StepTrace) -> Checkpoint:
    """Where this step leads."""
    return Checkpoint(record.step + 1, record.parameters_next, record.optimizer_next)
