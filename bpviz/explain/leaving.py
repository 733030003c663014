"""What stays of a run that an act leaves: its costs, under what it had and the run that follows has not."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bpviz.document.earlier import MOST_STRETCHES, EarlierRun, Left, with_newest
from bpviz.document.experiment import Experiment
from bpviz.engine.costs import CostHistory
from bpviz.engine.epochs import EpochMarks
from bpviz.engine.optimizer import Learning
from bpviz.engine.trainer import Trainer
from bpviz.explain.difference import differences, name_of, words_of

FEWEST_STEPS = 2  # with less of them there is no curve


@dataclass(frozen=True, slots=True, eq=False)
class Leaving:
    """A run before an act after which it goes on otherwise from `step`, or starts over: then that is 0.

    runs: the earlier ones. learning: as it was at that step. anew: whether it starts over. reached: its
    furthest step. begun: the step from which on it went its own way. diverged: the step that could not be
    taken, if it came to that.
    """

    runs: tuple[EarlierRun, ...]
    experiment: Experiment
    learning: Learning
    epochs: EpochMarks
    step: int
    anew: bool
    reached: int
    begun: int
    diverged: int | None

    def runs_then(
        self, costs: CostHistory | None, now: Experiment, by_hand: bool = False
    ) -> tuple[EarlierRun, ...]:
        """The earlier runs after the act. costs: of the run that is left; they are not changed any more.

        by_hand: weights were set at that step. A run that had hardly begun is not kept; what the one before
        it is told apart by is then what the newest has.
        """
        newest = self.runs[-1] if self.runs else None
        if self.reached - self.begun < FEWEST_STEPS:
            if newest is None or newest.left is None:
                return self.runs
            return (*self.runs[:-1], self._followed_otherwise(newest, newest.left, now, by_hand))
        if costs is None or self.reached - self.step < FEWEST_STEPS:
            return self.runs
        edited = self.step if by_hand else None
        run = EarlierRun("", costs.thinned(MOST_STRETCHES), diverged=self.diverged, epochs=self.epochs)
        return with_newest(self.runs, _named(run, Left(self._then, self.step, edited, ""), now))

    @property
    def _then(self) -> Experiment:
        """As it was set up at the step."""
        same = self.experiment.learning == self.learning
        return self.experiment if same else self.experiment.with_learning(self.learning)

    def _followed_otherwise(
        self, run: EarlierRun, left: Left, now: Experiment, by_hand: bool
    ) -> EarlierRun:
        """The run that followed is left for another before it had gone far: that one follows now."""
        before = left.experiment if self.step >= left.step else self._then
        gone = self.anew or left.edited is None or left.edited > self.step
        kept = None if gone else left.edited
        edited = self.step if by_hand else kept
        return _named(run, Left(before, min(self.step, left.step), edited, left.name), now)


def leaving(
    runs: tuple[EarlierRun, ...], experiment: Experiment, trainer: Trainer, anew: bool, begun: int,
    diverged: int | None,
) -> Leaving:
    """The run of this trainer, before it is changed at the present step or started anew."""
    step, course = 0 if anew else trainer.step, trainer.course
    return Leaving(
        runs, experiment, course.learning_at(step), course.marks, step, anew, trainer.reached, begun, diverged
    )


def _named(run: EarlierRun, left: Left, now: Experiment) -> EarlierRun:
    """Told apart from the run that follows now. A name that a person gave stays."""
    found = differences(left.experiment, now, left.edited)
    name = name_of(found)
    given = run.name if run.name != left.name else name
    return replace(run, name=given, difference=words_of(found), left=replace(left, name=name))
