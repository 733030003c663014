"""What is open, as a value: enough to go on from in every bit. Undo, saving and recovery all keep this."""

from __future__ import annotations

from dataclasses import dataclass

from bpviz.document.dataset import Dataset
from bpviz.document.earlier import EarlierRun
from bpviz.document.preset import Preset
from bpviz.engine.run_state import RunState
from bpviz.engine.trainer import Trainer


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The experiment under its heading, its data, the run so far, and earlier ones that are still shown.

    begun: the step from which on the run went its own way; stopped: the one that could not be taken; home:
    which document this is a state of, as whoever opened one told. None of these is written.
    """

    preset: Preset
    dataset: Dataset
    run: RunState
    runs: tuple[EarlierRun, ...] = ()
    begun: int = 0
    stopped: int | None = None
    home: object = None

    @property
    def nbytes(self) -> int:
        """About the memory that only this snapshot may hold: of earlier runs at most the newest, since no act
        leaves more than one behind."""
        kept = (*self.run.checkpoints, *self.run.edits)
        costs = (self.run.costs, *(run.costs for run in self.runs[-1:]))
        return sum(here.nbytes for here in kept) + sum(history.nbytes for history in costs)

    def trainer(self) -> Trainer:
        """A trainer that goes on from here."""
        experiment = self.preset.experiment.with_learning(self.run.turns[0].learning)
        trainer = experiment.start(self.dataset, self.run.checkpoints[0].parameters)
        trainer.resume(self.run)
        return trainer


def snapshot_of(preset: Preset, dataset: Dataset, trainer: Trainer, checkpoints: int = 64) -> Snapshot:
    """What is open now, with about so many steps to return to quickly."""
    return Snapshot(preset, dataset, trainer.state(checkpoints))
