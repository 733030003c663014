"""Runs that are over and still shown: what of each is kept to compare with the run that followed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bpviz.document.experiment import Experiment
from bpviz.engine.arrays import Array
from bpviz.engine.costs import CostHistory
from bpviz.engine.epochs import EACH_STEP, EpochMarks
from bpviz.engine.stretches import Whole

MOST_RUNS = 8
MOST_STRETCHES = 400  # of the costs of each: of the longest a document then holds some 110 kB


@dataclass(frozen=True, slots=True, eq=False)
class Left:
    """What the run that followed is compared with, for as long as that has hardly begun.

    experiment: as it was set up at `step`, the step up to which both are the same. edited: the step at which
    weights were set by hand for the one that followed, if they were. name: what the run was called for this.
    """

    experiment: Experiment
    step: int
    edited: int | None
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class EarlierRun:
    """The costs of a run that is over.

    name: what it had, as "rate 0.3", or what a person calls it. difference: what became of that in the run
    that followed, as "rate 0.3 → 0.03". diverged: the step that could not be taken, if it came to that.
    epochs: which step began which epoch. left: it is not written.
    """

    name: str
    costs: CostHistory
    difference: str = ""
    hidden: bool = False
    diverged: int | None = None
    epochs: EpochMarks = EACH_STEP
    left: Left | None = None

    def epochs_at(self, steps: Whole) -> Array:
        """Its steps counted in epochs."""
        return self.epochs.at(steps)


def with_newest(runs: tuple[EarlierRun, ...], run: EarlierRun) -> tuple[EarlierRun, ...]:
    """With one more, the newest, for which the oldest go."""
    return (*put((), runs), run)[-MOST_RUNS:]


def put(before: tuple[EarlierRun, ...], runs: tuple[EarlierRun, ...]) -> tuple[EarlierRun, ...]:
    """What a person made of the runs before. Only what was the newest goes on being told."""
    newest = before[-1].left if before else None
    return tuple(run if run.left is newest else replace(run, left=None) for run in runs)
