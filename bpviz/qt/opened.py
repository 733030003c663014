"""What is open: the experiment, its data, the trainer and with it every recorded step."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, Signal

from bpviz.document.dataset import Dataset
from bpviz.document.experiment import Experiment
from bpviz.document.loading import load
from bpviz.document.preset import Preset
from bpviz.engine.divergence import Divergence
from bpviz.engine.network import Network
from bpviz.engine.optimizer import Learning
from bpviz.engine.trace import StepTrace
from bpviz.engine.trainer import Trainer


class Opened(QObject):
    """Moves through the run. Each signal comes after everything it speaks of is in place."""

    experiment_changed = Signal()  # another experiment, or other first weights: everything is new
    settings_changed = Signal()    # how the network learns, from this step on
    step_changed = Signal()        # another step is recorded and shown, or the same one from other weights
    costs_changed = Signal()       # the cost history grew, shrank or was replaced
    diverged = Signal()            # the next step could not be taken; `divergence` says why

    _preset: Preset
    _dataset: Dataset
    _trainer: Trainer

    def __init__(self, parent: QObject | None = None, clock: Callable[[], float] = perf_counter) -> None:
        super().__init__(parent)
        self._clock = clock
        self.trained = 0.0  # seconds of training in the last advance; what is shown of it not counted
        self._kernel_loaded: Callable[[], bool] | None = None

    # -- what is open ------------------------------------------------------------------------

    @property
    def preset(self) -> Preset:
        """The experiment as it is now, under the heading that it was opened with."""
        return self._preset

    @property
    def experiment(self) -> Experiment:
        return self._preset.experiment

    @property
    def dataset(self) -> Dataset:
        return self._dataset

    @property
    def network(self) -> Network:
        return self.experiment.network

    @property
    def trainer(self) -> Trainer:
        return self._trainer

    @property
    def learning(self) -> Learning:
        """The settings in force at the present step."""
        return self._trainer.learning

    @property
    def record(self) -> StepTrace:
        """The step that is being told."""
        return self._trainer.record()

    @property
    def divergence(self) -> Divergence | None:
        """Why the step after the present one cannot be taken, if it cannot."""
        return self._trainer.divergence

    # -- moving through the run --------------------------------------------------------------

    def advance(self, steps: int | None = 1, seconds: float = float("inf")) -> bool:
        """Take the present step, and more up to steps or for about seconds; False when training diverged."""
        trainer = self._trainer
        before, known = trainer.step, trainer.reached
        began = self._clock()
        divergence = trainer.run(steps, seconds, self._clock)
        self.trained = self._clock() - began
        self._put_time(before, known)
        if trainer.step != before:
            self._announce_step()
        if divergence is not None:
            self.diverged.emit()
        return divergence is None

    def go_to(self, step: int) -> None:
        """Return to a step of this run; steps beyond the furthest one reached mean the furthest."""
        target = max(0, min(step, self._trainer.reached))
        if target == self._trainer.step:
            return
        self._trainer.go_to(target)
        self.step_changed.emit()

    def use_kernel(self, loaded: Callable[[], bool]) -> None:
        """Train by the kernel whenever this says that it is loaded, whatever is opened."""
        self._kernel_loaded = loaded
        self._trainer.use(loaded)

    # -- within ------------------------------------------------------------------------------

    def _load(self, preset: Preset) -> None:
        # Everything that can fail comes before the first assignment: the open session stays as it was.
        dataset = load(preset.experiment.dataset)
        trainer = preset.experiment.start(dataset)
        self._preset, self._dataset = preset, dataset
        self._take(trainer)

    def _take(self, trainer: Trainer) -> None:
        if self._kernel_loaded is not None:
            trainer.use(self._kernel_loaded)
        self._trainer = trainer

    def _put_time(self, before: int, known: int) -> None:
        """Of the last advance, which began at a step: what was known before was only taken again."""
        trainer = self._trainer
        if trainer.reached > known:
            share = (trainer.reached - known) / (trainer.step - before)
            trainer.costs.put_time(known, trainer.reached, share * self.trained)

    def _announce_start(self) -> None:
        self.experiment_changed.emit()
        self.settings_changed.emit()
        self._announce_step()

    def _announce_step(self) -> None:
        self.step_changed.emit()
        self.costs_changed.emit()
