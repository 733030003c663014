"""Owns what is open, what acts make of it, what can be undone, and the runs that acts left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from bpviz.document.dataset import Dataset
from bpviz.document.experiment import Experiment
from bpviz.document.history import Undoing
from bpviz.document.loading import load
from bpviz.document.preset import Preset
from bpviz.engine.freezing import toggled
from bpviz.engine.initializer import first_parameters
from bpviz.engine.network import Parameters
from bpviz.engine.optimizer import Learning
from bpviz.engine.trainer import Trainer
from bpviz.explain.address import INPUT, Address, Node, parameter_at
from bpviz.qt.opened import Opened

if TYPE_CHECKING:  # what edits need is imported with the first of them
    from bpviz.document.earlier import EarlierRun
    from bpviz.document.editing import Edit
    from bpviz.document.snapshot import Snapshot


class Session(Opened):
    """What is open, and all that is done to it."""

    history_changed = Signal()  # there is something else to undo or to do again

    def __init__(
        self,
        source: Preset | Snapshot,
        parent: QObject | None = None,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        super().__init__(parent, clock)
        self.home: object = None  # which document this is: whoever opens one says; undo leads back to it
        self._undoing: Undoing[Snapshot] = Undoing()
        self._runs: tuple[EarlierRun, ...] = ()
        self._begun = 0                        # from which step on the run went its own way
        self._stopped: int | None = None       # the step of it that could not be taken
        if isinstance(source, Preset):
            self._load(source)
        else:
            self._restore(source)

    @property
    def runs(self) -> tuple[EarlierRun, ...]:
        """Those that are over and kept to compare with, the newest last."""
        return self._runs

    # -- moving through the run --------------------------------------------------------------

    def advance(self, steps: int | None = 1, seconds: float = float("inf")) -> bool:
        """Take the present step, and more up to steps or for about seconds; False when training diverged."""
        before = self._trainer.step
        good = super().advance(steps, seconds)
        if self._trainer.step != before:
            self._undoing.end_gesture()
        if self.divergence is not None:
            self._stopped = self.divergence.step
        return good

    def go_to(self, step: int) -> None:
        """Return to a step of this run; steps beyond the furthest one reached mean the furthest."""
        before = self._trainer.step
        super().go_to(step)
        if self._trainer.step != before:
            self._undoing.end_gesture()

    # -- opening and starting over -----------------------------------------------------------

    def open_preset(self, preset: Preset, home: object = None) -> None:
        """Open another experiment. It can be undone."""
        with self._act(f"open {preset.title}"):
            self._load(preset)
            self.home, self._runs, self._begun, self._stopped = home, (), 0, None
        self._announce_start()

    def open_snapshot(self, name: str, snapshot: Snapshot) -> None:
        """Open what was kept, as a document. It can be undone, by this name."""
        with self._act(name):
            self._restore(snapshot)
        self._announce_start()

    def snapshot(self) -> Snapshot:
        """What is open now, as a value."""
        from bpviz.document.snapshot import snapshot_of

        now = snapshot_of(self._preset, self._dataset, self._trainer)
        return replace(now, runs=self._runs, begun=self._begun, stopped=self._stopped, home=self.home)

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
        with self._leaving(name, gesture):
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
        with self._leaving(name, gesture, by_hand=True):
            self._trainer.edit(parameters)
            self._preset = replace(self._preset, experiment=self.experiment.with_learning(self.learning))
        self._announce_step()

    def set_runs(self, name: str, runs: tuple[EarlierRun, ...]) -> None:
        """Hide, rename or remove earlier runs: these are there from now on. It can be undone by this name."""
        from bpviz.document.earlier import put

        with self._act(name):
            self._runs = put(self._runs, runs)
        self.costs_changed.emit()

    # -- undo and redo -------------------------------------------------------------------------

    @property
    def undo_name(self) -> str:
        """What undo would take back, or nothing."""
        return self._undoing.undo_name

    @property
    def redo_name(self) -> str:
        return self._undoing.redo_name

    def undo(self) -> None:
        """Take the newest edit back; what was trained since comes again with redo."""
        self._return(self._undoing.undo(self.snapshot))

    def redo(self) -> None:
        self._return(self._undoing.redo(self.snapshot))

    # -- within ------------------------------------------------------------------------------

    def _has_bias(self, node: Node) -> bool:
        return node.layer != INPUT and self.network.layers[node.layer].bias

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
        with self._leaving(name, gesture, anew=True):
            self._preset, self._dataset = replace(self._preset, experiment=experiment), dataset
            self._take(trainer)
        self._announce_start()

    def _restore(self, snapshot: Snapshot) -> None:
        trainer = snapshot.trainer()
        self._preset, self._dataset = snapshot.preset, snapshot.dataset
        self.home, self._runs = snapshot.home, snapshot.runs
        self._begun, self._stopped = snapshot.begun, snapshot.stopped
        self._take(trainer)

    @contextmanager
    def _act(self, name: str, gesture: object = None) -> Iterator[Snapshot | None]:
        """What can be undone by this name, once for a gesture; gives the state before that is kept for it."""
        with self._undoing.act(name, self.snapshot, gesture) as before:
            yield before
        if before is not None:
            self.history_changed.emit()

    @contextmanager
    def _leaving(
        self, name: str, gesture: object, anew: bool = False, by_hand: bool = False
    ) -> Iterator[None]:
        """An act that leaves the run, as it has been so far, for another: for undo, and to compare with."""
        from bpviz.explain.leaving import leaving

        with self._act(name, gesture) as before:
            left = leaving(self._runs, self.experiment, self._trainer, anew, self._begun, self._stopped)
            yield
            costs = None if before is None else before.run.costs
            self._runs = left.runs_then(costs, self.experiment, by_hand)
            if anew or left.reached > left.step:
                self._begun, self._stopped = self._trainer.reached, None

    def _return(self, snapshot: Snapshot | None) -> None:
        """Stand where undo or redo leads. A run of the same network goes on being looked at as it was."""
        if snapshot is None:
            return
        network, dataset = self.network, self._dataset
        self._restore(snapshot)
        self._undoing.end_gesture()
        if self.network == network and self._dataset is dataset:
            self.settings_changed.emit()
            self._announce_step()
        else:
            self._announce_start()
        self.history_changed.emit()
