"""The kernel along a course: it is put where training stands, unless it stands there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.course import Course
from bpviz.engine.examples import Examples
from bpviz.engine.network import Network
from bpviz.engine.optimizer import Learning

if TYPE_CHECKING:  # else what nobody has run yet would come without the kernel's modules
    from bpviz.engine.kernel.run import KernelRun, Trained
    from bpviz.engine.kernel.slices import Slice

LONGEST = 1024  # steps in one slice, whose rows are written down beforehand


class KernelLine:
    """Owns the KernelRun. The same steps give the same bits, whether it is a new one or goes on.

    sets: those which train() has judged.
    """

    def __init__(
        self, network: Network, train: Examples, course: Course, sets: tuple[Examples, ...] = ()
    ) -> None:
        self._network, self._train, self._course, self._sets = network, train, course, sets
        self._run: KernelRun | None = None
        self._learning: Learning | None = None

    def at(self, here: Checkpoint) -> KernelRun:
        """A run that stands here, to learn as the course says of this step."""
        from bpviz.engine.kernel.run import KernelRun

        learning = self._course.learning_at(here.step)
        run = self._run
        # The very same checkpoint: one of the same step may have come from a step of NumPy's.
        if run is None or run.step != here.step or run.checkpoint() is not here or learning != self._learning:
            run = KernelRun(self._network, learning, self._train, here, self._sets)
            self._run, self._learning = run, learning
        return run

    def train(self, here: Checkpoint, steps: int) -> Trained:
        """Take so many steps from here, none beyond the next turn of the course; judge after each epoch."""
        return self.at(here).train(self._slice(here, steps, judged=True))

    def repeated(self, here: Checkpoint, step: int) -> Checkpoint:
        """Where steps lead that the kernel has taken before."""
        while here.step < step:
            run = self.at(here)
            run.train(self._slice(here, min(LONGEST, step - here.step), judged=False))
            here = run.checkpoint()
        return here

    def _slice(self, here: Checkpoint, steps: int, judged: bool) -> Slice:
        from bpviz.engine.kernel.slices import slice_of

        return slice_of(self._course, self._train.count, here.step, steps, judged)
