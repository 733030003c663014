"""The costs of a run: one for every step, and both sets after every epoch."""

from __future__ import annotations

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

    def put(self, index: int, value: float) -> None:
        """Write at an index not beyond the end."""
        if index == len(self._store):
            self._store = np.concatenate([self._store, np.empty(index)])
        self._store[index] = value
        self._count = max(self._count, index + 1)

    def cut(self, count: int) -> None:
        self._count = min(self._count, count)

    @property
    def view(self) -> Array:
        shown = self._store[: self._count]
        shown.flags.writeable = False
        return shown


class CostHistory:
    """step_costs[k] is the batch cost of step k.

    The other columns have a row before training and one for every completed epoch, evaluated over the
    whole sets; NaN where there is no validation set or no classification.
    """

    def __init__(self) -> None:
        self._steps = Column()
        self._epochs = {name: Column() for name in ("step", "training", "validation", "ta", "va")}

    @property
    def step_costs(self) -> Array:
        return self._steps.view

    @property
    def epoch_steps(self) -> NDArray[np.int64]:
        return self._epochs["step"].view.astype(np.int64)

    @property
    def training(self) -> Array:
        return self._epochs["training"].view

    @property
    def validation(self) -> Array:
        return self._epochs["validation"].view

    @property
    def train_accuracy(self) -> Array:
        return self._epochs["ta"].view

    @property
    def validation_accuracy(self) -> Array:
        return self._epochs["va"].view

    def put_step(self, step: int, cost: float) -> None:
        self._steps.put(step, cost)

    def knows_epoch_at(self, step: int) -> bool:
        known = self._epochs["step"].view
        at = int(np.searchsorted(known, step))
        return at < len(known) and known[at] == step

    def put_epoch(self, step: int, training: float, validation: float, ta: float, va: float) -> None:
        row = len(self._epochs["step"])
        for column, value in zip(self._epochs.values(), (step, training, validation, ta, va), strict=True):
            column.put(row, value)

    def cut_after(self, step: int) -> None:
        """Forget what came after this step."""
        self._steps.cut(step)
        rows = int(np.searchsorted(self._epochs["step"].view, step, side="right"))
        for column in self._epochs.values():
            column.cut(rows)
