"""The costs of a run: one for every step, and both sets after every epoch."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array


class Column:
    """Numbers that grow at the end, without being copied each time."""

    def __init__(self) -> None:
        self._store = np.empty(64)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, value: float) -> None:
        if self._count == len(self._store):
            self._make_room(1)
        self._store[self._count] = value
        self._count += 1

    def extend(self, values: Array) -> None:
        self._make_room(len(values))
        self._store[self._count : self._count + len(values)] = values
        self._count += len(values)

    def cut(self, count: int) -> None:
        self._count = min(self._count, count)

    def _make_room(self, more: int) -> None:
        needed = self._count + more
        if needed > len(self._store):
            # Only what is known is copied: memory that nobody has touched costs nothing yet.
            store = np.empty(max(needed, 2 * len(self._store)))
            store[: self._count] = self._store[: self._count]
            self._store = store

    @property
    def view(self) -> Array:
        shown = self._store[: self._count]
        shown.flags.writeable = False
        return shown


@dataclass(frozen=True, slots=True, eq=False)
class _Epochs:
    """The columns that have a row before training and one for every completed epoch."""

    step: Column = field(default_factory=Column)
    training: Column = field(default_factory=Column)
    validation: Column = field(default_factory=Column)
    train_accuracy: Column = field(default_factory=Column)
    validation_accuracy: Column = field(default_factory=Column)

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.step, self.training, self.validation, self.train_accuracy, self.validation_accuracy


class CostHistory:
    """step_costs[k] is the batch cost of step k.

    The other columns have a row before training and one for every completed epoch, evaluated over the
    whole sets; NaN where there is no validation set or no classification.
    """

    def __init__(self) -> None:
        self._steps = Column()
        self._epochs = _Epochs()

    def copy(self) -> CostHistory:
        return deepcopy(self)

    @property
    def nbytes(self) -> int:
        return 8 * (len(self._steps) + 5 * len(self._epochs.step))

    @property
    def step_costs(self) -> Array:
        return self._steps.view

    @property
    def epoch_steps(self) -> NDArray[np.int64]:
        return self._epochs.step.view.astype(np.int64)

    @property
    def training(self) -> Array:
        return self._epochs.training.view

    @property
    def validation(self) -> Array:
        return self._epochs.validation.view

    @property
    def train_accuracy(self) -> Array:
        return self._epochs.train_accuracy.view

    @property
    def validation_accuracy(self) -> Array:
        return self._epochs.validation_accuracy.view

    def put_step(self, cost: float) -> None:
        """The batch cost of the next step."""
        self._steps.append(cost)

    def put_steps(self, costs: Array) -> None:
        """The batch costs of the next steps."""
        self._steps.extend(costs)

    def put_epochs(self, steps: NDArray[np.int64], rows: Array) -> None:
        """The next epochs at once: the step after each, and what put_epoch is told of it, (epochs, 4)."""
        for column, values in zip(self._epochs.columns, (steps.astype(np.float64), *rows.T), strict=True):
            column.extend(values)

    def put_epoch(
        self, step: int, training: float, validation: float, train_accuracy: float, validation_accuracy: float
    ) -> None:
        row = (step, training, validation, train_accuracy, validation_accuracy)
        for column, value in zip(self._epochs.columns, row, strict=True):
            column.append(value)

    def cut_after(self, step: int) -> None:
        """Forget what came after this step."""
        self._steps.cut(step)
        rows = int(np.searchsorted(self._epochs.step.view, step, side="right"))
        for column in self._epochs.columns:
            column.cut(rows)
