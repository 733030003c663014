"""Owns the experiment, its data, the trainer and with it every recorded step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

from PySide6.QtCore import QObject, Signal

from bpviz.document.dataset import Dataset, load_dataset
from bpviz.document.experiment import Experiment
from bpviz.document.preset import Preset
from bpviz.engine.divergence import Divergence
from bpviz.engine.network import Network
from bpviz.engine.optimizer import Learning
from bpviz.engine.trace import StepTrace
from bpviz.engine.trainer import Trainer


class Session(QObject):
    """What is open. Each signal comes after everything it speaks of is in place."""

    experiment_changed = Signal()  # another experiment, or other first weights: everything is new
    settings_changed = Signal()    # how the network learns, from this step on
    step_changed = Signal()        # another step is recorded and shown
    costs_changed = Signal()       # the cost history grew, shrank or was replaced
    diverged = Signal()            # the next step could not be taken; `divergence` says why

    _preset: Preset
    _experiment: Experiment
    _dataset: Dataset
    _trainer: Trainer
    _settings_changed_midway: bool

    def __init__(
        self, preset: Preset, parent: QObject | None = None, clock: Callable[[], float] = perf_counter
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self.trained = 0.0  # seconds of training in the last advance; what is shown of it not counted
        self._kernel_loaded: Callable[[], bool] | None = None
        self._load(preset)

    # -- what is open ------------------------------------------------------------------------

    @property
    def preset(self) -> Preset:
        return self._preset

    @property
    def experiment(self) -> Experiment:
        return self._experiment

    @property
    def dataset(self) -> Dataset:
        return self._dataset

    @property
    def network(self) -> Network:
        return self._experiment.network

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

    # -- opening and starting over -----------------------------------------------------------

    def open_preset(self, preset: Preset) -> None:
        self._load(preset)
        self._announce_start()

    def set_seed(self, seed: int) -> None:
        """Start over with another seed: other first weights, split and order of examples."""
        self._restart(self._experiment.with_seed(seed))

    def roll(self) -> None:
        """Start over with new first weights."""
        self._restart(self._experiment.rolled())

    def reset(self) -> None:
        """Back to the start: the same first weights, the settings of now."""
        if self._settings_changed_midway:
            self._restart(self._experiment)
        else:
            self.go_to(0)

    def set_learning(self, learning: Learning) -> None:
        """Learn otherwise from the present step on; what came after it is dropped."""
        self._trainer.change(learning)
        self._experiment = self._experiment.with_learning(learning)
        self._settings_changed_midway |= self._trainer.step > 0
        self.settings_changed.emit()
        self.step_changed.emit()
        self.costs_changed.emit()

    def use_kernel(self, loaded: Callable[[], bool]) -> None:
        """Train by the kernel whenever this says that it is loaded, whatever is opened."""
        self._kernel_loaded = loaded
        self._trainer.use(loaded)

    # -- moving through the run --------------------------------------------------------------

    def advance(self, steps: int | None = 1, seconds: float = float("inf")) -> bool:
        """Take the present step, and more up to steps or for about seconds; False when training diverged."""
        before = self._trainer.step
        began = self._clock()
        divergence = self._trainer.run(steps, seconds, self._clock)
        self.trained = self._clock() - began
        if self._trainer.step != before:
            self.step_changed.emit()
            self.costs_changed.emit()
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

    # -- within ------------------------------------------------------------------------------

    def _load(self, preset: Preset) -> None:
        # Everything that can fail comes before the first assignment: the open session stays as it was.
        dataset = load_dataset(preset.experiment.dataset)
        trainer = self._started(preset.experiment, dataset)
        self._preset, self._experiment = preset, preset.experiment
        self._dataset, self._trainer = dataset, trainer
        self._settings_changed_midway = False

    def _restart(self, experiment: Experiment) -> None:
        learning = self._trainer.learning
        experiment = replace(experiment, learning=learning)
        self._trainer = self._started(experiment, self._dataset)
        self._experiment = experiment
        self._settings_changed_midway = False
        self._announce_start()

    def _started(self, experiment: Experiment, dataset: Dataset) -> Trainer:
        trainer = experiment.start(dataset)
        if self._kernel_loaded is not None:
            trainer.use(self._kernel_loaded)
        return trainer

    def _announce_start(self) -> None:
        self.experiment_changed.emit()
        self.settings_changed.emit()
        self.step_changed.emit()
        self.costs_changed.emit()
