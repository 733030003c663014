"""The costs of a run, as a document holds them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bpviz.document.errors import DocumentError, placed
from bpviz.document.packed import Column, packed, unpacked_column
from bpviz.engine.arrays import Array
from bpviz.engine.costs import UNTIMED, CostHistory, Kept
from bpviz.engine.extremes import Curve
from bpviz.engine.stretches import Whole
from bpviz.engine.times import MOST_MARKS

LARGEST_STEP = 2**53  # beyond, a step is no longer a number that every program can read
_VERDICT = ("training", "validation", "train_accuracy", "validation_accuracy")


@dataclass(frozen=True, slots=True)
class CurveForm:
    """Costs and the steps that they belong to. Of a long run only some, all that can be drawn."""

    step: Column
    cost: Column


@dataclass(frozen=True, slots=True)
class EpochsForm:
    """What both sets came to before training, at step 0, and before the step that follows each epoch; of a
    long run only some epochs. null where there is no validation set or no classification."""

    step: Column
    training: Column
    validation: Column
    train_accuracy: Column
    validation_accuracy: Column


@dataclass(frozen=True, slots=True)
class TimesForm:
    """Steps and how many seconds training took up to each; between them time goes evenly."""

    step: Column
    seconds: Column


@dataclass(frozen=True, slots=True)
class CostsForm:
    """count: how many steps there are. steps: the batch cost of each. training and validation: the costs of
    the whole sets after each epoch. times: of steps that nobody timed there is none."""

    count: int
    steps: CurveForm
    training: CurveForm
    validation: CurveForm
    epochs: EpochsForm
    times: TimesForm | None = None


def written_costs(costs: CostHistory) -> CostsForm:
    """As a document holds them."""
    kept = costs.kept()
    epochs = EpochsForm(_whole(kept.epochs), *map(packed, kept.verdicts.T))
    return CostsForm(
        kept.count, _written(kept.steps), _written(kept.training), _written(kept.validation), epochs,
        TimesForm(_whole(kept.times.steps), packed(kept.times.values)) if costs.timed else None,
    )  # fmt: skip


def read_costs(form: CostsForm, reached: int | None = None) -> CostHistory:
    """The history of a run, which has reached this step if any is given. Raises DocumentError for what no
    such run leaves."""
    count = form.count
    if not 0 <= count <= LARGEST_STEP or reached not in (None, count):
        wanted = "0 or more" if reached is None else f"{reached:,}, the furthest step"
        raise DocumentError(f"expected {wanted}; got {count:,}", place="count")
    steps = _curve("steps", form.steps, count - 1)
    training, validation = (_curve(name, getattr(form, name), count) for name in _VERDICT[:2])
    with placed("epochs"):
        at = _steps(form.epochs.step, count)
        if not len(at) or at[0] != 0:
            raise DocumentError("expected the first one at step 0", place="step")
        columns = [_alongside(name, getattr(form.epochs, name), at) for name in _VERDICT]
    verdicts, times = np.stack(columns, axis=1), _times(form.times, count)
    return CostHistory.of(Kept(count, steps, training, validation, at, verdicts, times))


def _written(curve: Curve) -> CurveForm:
    return CurveForm(_whole(curve.steps), packed(curve.values))


def _whole(numbers: Whole) -> Column:
    """Numbers that have no fraction to be written."""
    written: Column = packed(numbers.astype(np.float64))
    return tuple(map(int, written)) if isinstance(written, tuple) else written  # type: ignore[arg-type]


def _curve(name: str, form: CurveForm, last: int) -> Curve:
    with placed(name):
        steps = _steps(form.step, last)
        costs = _alongside("cost", form.cost, steps)
        if not np.isfinite(costs).all():
            raise DocumentError("expected finite numbers", place="cost")
        return Curve(steps, costs)


def _times(form: TimesForm | None, last: int) -> Curve:
    if form is None:
        return UNTIMED
    with placed("times"):
        steps = _steps(form.step, last)
        if len(steps) > MOST_MARKS or not (np.diff(steps) > 0).all():
            expectation = f"expected at most {MOST_MARKS:,} steps, each once"
            raise DocumentError(expectation, place="step")
        seconds = _alongside("seconds", form.seconds, steps)
        if not (np.isfinite(seconds).all() and (np.diff(seconds, prepend=0.0) >= 0.0).all()):
            raise DocumentError("expected numbers of 0 or more in their order", place="seconds")
        return Curve(steps, seconds)


def _steps(column: Column, last: int) -> Whole:
    with placed("step"):
        steps = unpacked_column(column)
        if len(steps) and not (steps[0] >= 0.0 and steps[-1] <= last and (np.diff(steps) >= 0.0).all()):
            raise DocumentError(f"expected steps from 0 to {max(0, last):,} in their order")
        if not (steps == np.floor(steps)).all():
            raise DocumentError("expected whole numbers")
        return steps.astype(np.int64)


def _alongside(name: str, column: Column, steps: Whole) -> Array:
    with placed(name):
        numbers = unpacked_column(column)
        if len(numbers) != len(steps):
            raise DocumentError(f"expected {len(steps):,} numbers, got {len(numbers):,}")
        return numbers
