"""Owns the experiment, its data, the trainer and with it every recorded step, and what can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from bpviz.document.dataset import Dataset
from bpviz.document.experiment import Experiment
from bpviz.document.history import History
from bpviz.document.loading import load
from bpviz.document.preset import Preset
from bpviz.engine.divergence import Divergence
from bpviz.engine.freezing import toggled
from bpviz.engine.initializer import first_parameters
from bpviz.engine.network import Network, Parameters
from bpviz.engine.optimizer import Learning
from bpviz.engine.trace import StepTrace
from bpviz.engine.trainer import Trainer
from bpviz.explain.address import INPUT, Address, Node, parameter_at

if TYPE_CHECKING:  # what edits need is imported with the first of them
    from bpviz.document.earlier import EarlierRun
    from bpviz.document.editing import Edit
    from bpviz.document.snapshot import Snapshot


class Session(QObject):
    """What is open. Each signal comes after everything it speaks of is in place."""

    experiment_changed = Signal()  # another experiment, or other first weights: everything is new
    settings_changed = Signal()    # how the network learns, from this step on
    step_changed = Signal()        # another step is recorded and shown, or the same one from other weights
    costs_changed = Signal()       # the cost history grew, shrank or was replaced
    diverged = Signal()            # the next step could not be taken; `divergence` says why
    history_changed = Signal()     # there is something else to undo or to do again

    _preset: Preset
    _dataset: Dataset
    _trainer: Trainer

    def __init__(
        self,
        source: Preset | Snapshot,
        parent: QObject | None = None,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self.trained = 0.0  # seconds of training in the last advance; what is shown of it not counted
        self._kernel_loaded: Callable[[], bool] | None = None
        self._history: History[Snapshot] = History()
        self._gesture: object = None
        self.home: object = None  # which document this is: whoever opens one says; undo leads back to it
        self._runs: tuple[EarlierRun, ...] = ()
        if isinstance(source, Preset):
            self._load(source)
        else:
            self._restore(source)

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

    # -- opening and starting over -----------------------------------------------------------

    def open_preset(self, preset: Preset, home: object = None) -> None:
        """Open another experiment. It can be undone."""
        before = self.snapshot()
        self._load(preset)
        self.home, self._runs = home, ()
        self._remember(f"open {preset.title}", before)
        self._announce_start()

    def open_snapshot(self, name: str, snapshot: Snapshot) -> None:
        """Open what was kept, as a document. It can be undone, by this name."""
        before = self.snapshot()
        self._restore(snapshot)
        self._remember(name, before)
        self._announce_start()

    def snapshot(self) -> Snapshot:
        """What is open now, as a value."""
        from bpviz.document.snapshot import snapshot_of

        now = snapshot_of(self._preset, self._dataset, self._trainer)
        return replace(now, runs=self._runs, home=self.home)

    def set_seed(self, seed: int) -> None:
        """Start over with another seed: other first weights, split and order of examples."""
        from bpviz.document.editing import set_seed

        self.apply(set_seed(self.experiment, seed))

    def roll(self) -> None:
        """Start over with new first weights."""
        from bpviz.document.editing import roll

        self.apply(roll(self.experiment))

    def reset(self) -> None:
        """Back to the start: the same first weights, the settings of now."""
        if any(step > 0 for step, _ in self._trainer.turns):
            experiment = self.experiment.with_learning(self.learning)  # now, wherever in the run this is
            self._restart("start over", experiment, self._trainer.first)
        else:
            self.go_to(0)

    # -- editing -----------------------------------------------------------------------------

    def apply(
        self,
        edit: Edit,
        dataset: Dataset | None = None,
        gesture: object = None,
        prepare: Callable[[Trainer], object] | None = None,
    ) -> None:
        """Make an edit of the experiment, and start over from what of the present weights it leaves.

        dataset: that of the edit, where it has been loaded already. Edits of one gesture are undone together.
        prepare: brings the new run to where it is to be shown first. Raises DocumentError or EngineError, and
        then everything is as it was.
        """
        from bpviz.document.carrying import carried

        if dataset is None:
            same = edit.experiment.dataset == self.experiment.dataset
            dataset = self._dataset if same else load(edit.experiment.dataset)
        fresh = first_parameters(edit.experiment.network, edit.experiment.first, edit.experiment.seed)
        first = carried(self._trainer.parameters, fresh, edit.origins)
        experiment = edit.experiment.with_learning(edit.adapted(self.learning))
        self._restart(edit.name, experiment, first, dataset, gesture, prepare)

    def set_learning(
        self, learning: Learning, name: str = "change settings", gesture: object = None
    ) -> None:
        """Learn otherwise from the present step on; what came after it is dropped.

        Changes of one gesture, as steps of a spin box, are undone together: their gestures are equal.
        """
        with self._remembered(name, gesture):
            self._trainer.change(learning)
            self._preset = replace(self._preset, experiment=self.experiment.with_learning(learning))
        self.settings_changed.emit()
        self._announce_step()

    def toggle_frozen(self, address: Address | None) -> bool:
        """Let training leave a weight or a unit's bias as it is, or move it again; False if there is none."""
        if address is None or (isinstance(address, Node) and not self._has_bias(address)):
            return False
        one, learning = parameter_at(address), self.learning
        act = "thaw" if one in learning.frozen else "freeze"
        frozen = toggled(learning.frozen, one)
        self.set_learning(
            replace(learning, frozen=frozen), f"{act} {'bias' if one.source is None else 'weight'}"
        )
        return True

    def set_parameters(self, name: str, parameters: Parameters, gesture: object = None) -> None:
        """Go on from other weights and biases; what came after the present step is dropped.

        Changes of one gesture, as a drag, are undone together: their gestures are equal.
        """
        with self._remembered(name, gesture):
            self._trainer.edit(parameters)
            self._preset = replace(self._preset, experiment=self.experiment.with_learning(self.learning))
        self._announce_step()

    # -- undo and redo -------------------------------------------------------------------------

    @property
    def undo_name(self) -> str:
        """What undo would take back, or nothing."""
        return self._history.undo_name

    @property
    def redo_name(self) -> str:
        return self._history.redo_name

    def undo(self) -> None:
        """Take the newest edit back; what was trained since comes again with redo."""
        if self._history.done:
            now = self.snapshot()
            self._return(self._history.undo(now, now.nbytes))

    def redo(self) -> None:
        if self._history.undone:
            now = self.snapshot()
            self._return(self._history.redo(now, now.nbytes))

    # -- moving through the run --------------------------------------------------------------

    def advance(self, steps: int | None = 1, seconds: float = float("inf")) -> bool:
        """Take the present step, and more up to steps or for about seconds; False when training diverged."""
        before = self._trainer.step
        began = self._clock()
        divergence = self._trainer.run(steps, seconds, self._clock)
        self.trained = self._clock() - began
        if self._trainer.step != before:
            self._gesture = None
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
        self._gesture = None
        self.step_changed.emit()

    def use_kernel(self, loaded: Callable[[], bool]) -> None:
        """Train by the kernel whenever this says that it is loaded, whatever is opened."""
        self._kernel_loaded = loaded
        self._trainer.use(loaded)

    # -- within ------------------------------------------------------------------------------

    def _has_bias(self, node: Node) -> bool:
        return node.layer != INPUT and self.network.layers[node.layer].bias

    def _load(self, preset: Preset) -> None:
        # Everything that can fail comes before the first assignment: the open session stays as it was.
        dataset = load(preset.experiment.dataset)
        trainer = preset.experiment.start(dataset)
        self._preset, self._dataset = preset, dataset
        self._take(trainer)

    def _restart(
        self,
        name: str,
        experiment: Experiment,
        first: Parameters,
        dataset: Dataset | None = None,
        gesture: object = None,
        prepare: Callable[[Trainer], object] | None = None,
    ) -> None:
        dataset = self._dataset if dataset is None else dataset
        trainer = experiment.start(dataset, first)
        if prepare is not None:
            prepare(trainer)
        with self._remembered(name, gesture):
            self._preset, self._dataset = replace(self._preset, experiment=experiment), dataset
            self._take(trainer)
        self._announce_start()

    def _restore(self, snapshot: Snapshot) -> None:
        trainer = snapshot.trainer()
        self._preset, self._dataset = snapshot.preset, snapshot.dataset
        self.home, self._runs = snapshot.home, snapshot.runs
        self._take(trainer)

    def _take(self, trainer: Trainer) -> None:
        if self._kernel_loaded is not None:
            trainer.use(self._kernel_loaded)
        self._trainer = trainer
        self._gesture = None

    @contextmanager
    def _remembered(self, name: str, gesture: object) -> Iterator[None]:
        """Keep what was before, once for a gesture; nothing if what happens inside fails."""
        goes_on = gesture is not None and gesture == self._gesture
        before = None if goes_on else self.snapshot()
        yield
        if before is not None:
            self._remember(name, before)
        self._gesture = gesture

    def _remember(self, name: str, before: Snapshot) -> None:
        self._gesture = None
        self._history = self._history.pushed(name, before, before.nbytes)
        self.history_changed.emit()

    def _return(self, moved: tuple[History[Snapshot], Snapshot]) -> None:
        """Stand where undo or redo leads. A run of the same network goes on being looked at as it was."""
        network, dataset = self.network, self._dataset
        self._history, snapshot = moved
        self._restore(snapshot)
        if self.network == network and self._dataset is dataset:
            self.settings_changed.emit()
            self._announce_step()
        else:
            self._announce_start()
        self.history_changed.emit()

    def _announce_start(self) -> None:
        self.experiment_changed.emit()
        self.settings_changed.emit()
        self._announce_step()

    def _announce_step(self) -> None:
        self.step_changed.emit()
        self.costs_changed.emit()
