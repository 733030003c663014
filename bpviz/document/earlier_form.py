"""Earlier runs, as a document holds them; checked on their way in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from bpviz.document.costs_form import LARGEST_STEP, CostsForm, read_costs, written_costs
from bpviz.document.earlier import MOST_RUNS, EarlierRun
from bpviz.document.errors import DocumentError, placed
from bpviz.engine.epochs import EACH_STEP, EpochMarks


@dataclass(frozen=True, slots=True)
class EarlierForm:
    """The costs of an earlier run, kept to compare with.

    difference: what was changed for the run that followed. diverged: the step that could not be taken.
    epochs: steps and the epochs that begin with them, the first ones 0; between two of them all epochs have
    as many steps, and `each` behind the last one.
    """

    name: str
    costs: CostsForm
    difference: str = ""
    hidden: bool = False
    diverged: int | None = None
    epochs: EpochMarks = EACH_STEP


def written_runs(runs: tuple[EarlierRun, ...]) -> tuple[EarlierForm, ...]:
    """As a document holds them, the newest last."""
    return tuple(
        EarlierForm(
            run.name, written_costs(run.costs), run.difference, run.hidden, run.diverged, run.epochs
        )
        for run in runs
    )


def read_runs(forms: tuple[EarlierForm, ...]) -> tuple[EarlierRun, ...]:
    """The values. Raises DocumentError, placed from `runs` on, for what no run leaves."""
    if len(forms) > MOST_RUNS:
        raise DocumentError(f"expected at most {MOST_RUNS}, got {len(forms)}", place="runs")
    read = []
    for k, form in enumerate(forms):
        with placed(f"runs[{k}]"):
            read.append(_read(form))
    return tuple(read)


def _read(form: EarlierForm) -> EarlierRun:
    with placed("costs"):
        costs = read_costs(form.costs)
    furthest = costs.count + 1  # to which the last step led, and which could not be told
    if form.diverged is not None and not 0 <= form.diverged <= furthest:
        expectation = f"expected from 0 to {furthest:,}, got {form.diverged:,}"
        raise DocumentError(expectation, place="diverged")
    with placed("epochs"):
        _check_epochs(form.epochs)
    return EarlierRun(form.name, costs, form.difference, form.hidden, form.diverged, form.epochs)


def _check_epochs(marks: EpochMarks) -> None:
    if not 1 <= marks.each <= LARGEST_STEP:
        raise DocumentError(f"expected 1 or more, got {marks.each:,}", place="each")
    for name, numbers in (("steps", marks.steps), ("epochs", marks.epochs)):
        rising = all(a < b for a, b in pairwise(numbers))
        if not numbers or numbers[0] != 0 or not rising or numbers[-1] > LARGEST_STEP:
            raise DocumentError("expected numbers from 0 on, each once, in their order", place=name)
    if len(marks.steps) != len(marks.epochs):
        expectation = f"expected {len(marks.steps):,} numbers, got {len(marks.epochs):,}"
        raise DocumentError(expectation, place="epochs")
