"""The costs of a run, as a document holds them. The only place that knows how the history keeps them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bpviz.document.errors import DocumentError, placed
from bpviz.document.packed import Column, packed, unpacked_column
from bpviz.engine.arrays import Array
from bpviz.engine.costs import CostHistory, KeptCosts
from bpviz.engine.extremes import Curve
from bpviz.engine.stretches import Whole

MOST_STEPS = 2**53  # beyond, a step is no longer a number that every program can read


@dataclass(frozen=True, slots=True)
class CurveForm:
    """Costs and the steps that they belong to: of a long run, the smallest and largest of every stretch."""

    step: Column
    cost: Column


@dataclass(frozen=True, slots=True)
class EpochsForm:
    """What both sets came to before training, at step 0, and before the step that follows an epoch.

    null where there is no validation set or no classification. Of a long run some epochs are kept.
    """

    step: Column
    training: Column
    validation: Column
    train_accuracy: Column
    validation_accuracy: Column


@dataclass(frozen=True, slots=True)
class CostsForm:
    """count: how many steps there are. steps: their batch costs. training and validation: of whole sets,
    before training and after epochs."""

    count: int
    steps: CurveForm
    training: CurveForm
    validation: CurveForm
    epochs: EpochsForm


def written_costs(costs: CostHistory) -> CostsForm:
    """As a document holds them."""
    kept = costs.kept()
    return CostsForm(
        kept.count, _written(kept.steps), _written(kept.training), _written(kept.validation),
        EpochsForm(_whole(kept.epochs), *map(packed, kept.verdicts.T)),
    )  # fmt: skip


def read_costs(form: CostsForm, reached: int | None = None) -> CostHistory:
    """The history of a run, which has reached this step if any is given. Raises DocumentError for what no
    such run leaves."""
    if not 0 <= form.count <= MOST_STEPS or (reached is not None and form.count != reached):
        expectation = "from 0 on" if reached is None else f"{reached:,}, as many steps as there are"
        raise DocumentError(f"expected {expectation}; got {form.count:,}", place="count")
    steps = _curve("steps", form.steps, form.count - 1)
    training = _curve("training", form.training, form.count)
    validation = _curve("validation", form.validation, form.count)
    with placed("epochs"):
        epochs, verdicts = _epochs(form.epochs, form.count)
    return CostHistory.of(KeptCosts(form.count, steps, training, validation, epochs, verdicts))


def _written(curve: Curve) -> CurveForm:
    return CurveForm(_whole(curve.steps), packed(curve.values))


def _curve(name: str, form: CurveForm, last: int) -> Curve:
    with placed(name):
        steps = _steps(form.step, last)
        with placed("cost"):
            values = _as_many(form.cost, len(steps))
            if not np.isfinite(values).all():
                raise DocumentError("expected finite numbers")
    return Curve(steps, values)


def _epochs(form: EpochsForm, last: int) -> tuple[Whole, Array]:
    """The steps, and a row for each."""
    at = _steps(form.step, last)
    if not len(at) or at[0] != 0:
        raise DocumentError("expected the start, at step 0", place="step")
    columns = []
    for name in ("training", "validation", "train_accuracy", "validation_accuracy"):
        with placed(name):
            columns.append(_as_many(getattr(form, name), len(at)))
    return at, np.stack(columns, axis=1)


def _steps(column: Column, last: int) -> Whole:
    with placed("step"):
        at = unpacked_column(column)
        inside = len(at) == 0 or (at[0] >= 0.0 and at[-1] <= last)
        if not (inside and (np.diff(at) > 0.0).all()):
            raise DocumentError(f"expected steps from 0 to {last:,}, each once, in their order")
        if not (at == np.floor(at)).all():
            raise DocumentError("expected whole numbers")
    return at.astype(np.int64)


def _as_many(column: Column, count: int) -> Array:
    values = unpacked_column(column)
    if len(values) != count:
        raise DocumentError(f"expected {count:,} numbers, got {len(values):,}")
    return values


def _whole(steps: Whole) -> Column:
    """Numbers that have no fraction to be written."""
    written: Column = packed(steps.astype(np.float64))
    return tuple(map(int, written)) if isinstance(written, tuple) else written  # type: ignore[arg-type]
