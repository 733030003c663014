"""The costs of a run, as a document holds them. The only place that knows how the history keeps them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bpviz.document.errors import DocumentError, placed
from bpviz.document.packed import Column, packed, unpacked_column
from bpviz.engine.arrays import Array
from bpviz.engine.costs import CostHistory


@dataclass(frozen=True, slots=True)
class EpochsForm:
    """What both sets came to before training, at step 0, and before the step that follows each epoch.

    null where there is no validation set or no classification.
    """

    step: Column
    training: Column
    validation: Column
    train_accuracy: Column
    validation_accuracy: Column


@dataclass(frozen=True, slots=True)
class CostsForm:
    """The batch cost of each step, and the epochs."""

    steps: Column
    epochs: EpochsForm


def written_costs(costs: CostHistory) -> CostsForm:
    """As a document holds them."""
    columns = (costs.training, costs.validation, costs.train_accuracy, costs.validation_accuracy)
    epochs = EpochsForm(_whole(costs.epoch_steps.astype(np.float64)), *map(packed, columns))
    return CostsForm(packed(costs.step_costs), epochs)


def read_costs(form: CostsForm, reached: int | None = None) -> CostHistory:
    """The history of a run, which has reached this step if any is given. Raises DocumentError for what no
    such run leaves."""
    with placed("steps"):
        steps = unpacked_column(form.steps)
        if reached is not None and len(steps) != reached:
            raise DocumentError(f"expected {reached:,} numbers, one a step; got {len(steps):,}")
    with placed("epochs"):
        at, rows = _epochs(form.epochs, len(steps))
    costs = CostHistory()
    costs.put_steps(steps)
    costs.put_epochs(at.astype(np.int64), rows)
    return costs


def _epochs(form: EpochsForm, reached: int) -> tuple[Array, Array]:
    """The steps, and a row for each."""
    with placed("step"):
        at = unpacked_column(form.step)
        if not (len(at) and at[0] == 0.0 and at[-1] <= reached and (np.diff(at) >= 0.0).all()):
            raise DocumentError(f"expected steps from 0 to {reached:,} in their order")
        if not (at == np.floor(at)).all():
            raise DocumentError("expected whole numbers")
    columns = []
    for name in ("training", "validation", "train_accuracy", "validation_accuracy"):
        with placed(name):
            columns.append(unpacked_column(getattr(form, name)))
            if len(columns[-1]) != len(at):
                raise DocumentError(f"expected {len(at):,} numbers, got {len(columns[-1]):,}")
    return at, np.stack(columns, axis=1)


def _whole(numbers: Array) -> Column:
    """Numbers that have no fraction to be written."""
    written: Column = packed(numbers)
    return tuple(map(int, written)) if isinstance(written, tuple) else written  # type: ignore[arg-type]
