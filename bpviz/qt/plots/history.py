"""The costs of a run as curves over steps or over epochs. Reads the trainer; draws nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array
from bpviz.engine.trainer import Trainer
from bpviz.qt.plots.peaks import peaks


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """x and y have one length. `last` is the newest y, or None for an empty curve."""

    x: Array
    y: Array

    @property
    def last(self) -> float | None:
        return float(self.y[-1]) if self.y.size else None

    def at(self, x: float) -> float | None:
        """The newest y at or before x."""
        index = int(np.searchsorted(self.x, x, side="right")) - 1
        return float(self.y[index]) if index >= 0 else None


NO_CURVE = Curve(np.empty(0), np.empty(0))


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """training and validation: once an epoch, over the whole sets. steps: every batch, and empty when each
    epoch is a single step, whose cost is that of the whole set."""

    training: Curve = NO_CURVE
    validation: Curve = NO_CURVE
    steps: Curve = NO_CURVE
    playhead: float = 0.0
    end: float = 0.0


class History:
    """Turns the trainer's costs into curves, and x back into steps."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self._epochs: list[float] = []  # the epoch at each row of the costs; asked for once

    def forget(self, trainer: Trainer) -> None:
        """The run was cut, or is another one."""
        self._trainer = trainer
        self._epochs.clear()

    def curves(self, by_epoch: bool, most: int) -> Curves:
        """Everything there is, thinned to about 2 * most points a curve."""
        trainer, costs = self._trainer, self._trainer.costs
        rows = costs.epoch_steps
        return Curves(
            training=self._curve(rows, costs.training, by_epoch, most),
            validation=NO_CURVE if trainer.validation is None
            else self._curve(rows, costs.validation, by_epoch, most),
            steps=self._steps(by_epoch, most),
            playhead=self.x_of(trainer.step, by_epoch),
            end=self.x_of(trainer.reached, by_epoch),
        )

    def x_of(self, step: int, by_epoch: bool) -> float:
        return float(self._place(np.array([step]), by_epoch)[0])

    def step_at(self, x: float, by_epoch: bool) -> int:
        """The reached step nearest to x."""
        reached = self._trainer.reached
        if not by_epoch:
            return min(max(round(x), 0), reached)
        rows, epochs = self._epoch_rows()
        if x <= epochs[-1]:
            step = float(np.interp(x, epochs, rows))
        else:
            step = rows[-1] + (x - epochs[-1]) * self._trainer.steps_per_epoch
        return min(max(round(step), 0), reached)

    # -- within ---------------------------------------------------------------------------------

    def _curve(self, steps: NDArray[np.int64], values: Array, by_epoch: bool, most: int) -> Curve:
        """Without what is not finite: a whole set may overflow where the batch of the step did not."""
        finite = np.isfinite(values)
        steps, values = steps[finite], values[finite]
        picked = peaks(values, most)
        return Curve(self._place(steps[picked], by_epoch), values[picked])

    def _steps(self, by_epoch: bool, most: int) -> Curve:
        costs = self._trainer.costs.step_costs
        if self._trainer.steps_per_epoch == 1 and len(self._trainer.costs.training) > len(costs):
            return NO_CURVE
        picked = peaks(costs, most)
        return Curve(self._place(picked, by_epoch), costs[picked])

    def _place(self, steps: NDArray[np.int64], by_epoch: bool) -> Array:
        """Steps as x. Within an epoch that is under way, x grows by its steps."""
        if not by_epoch:
            return steps.astype(np.float64)
        rows, epochs = self._epoch_rows()
        within = np.interp(steps, rows, epochs)
        beyond = np.maximum(0, steps - rows[-1]) / self._trainer.steps_per_epoch
        placed: Array = within + beyond
        return placed

    def _epoch_rows(self) -> tuple[Array, Array]:
        rows = self._trainer.costs.epoch_steps
        del self._epochs[len(rows):]
        for step in rows[len(self._epochs):]:
            self._epochs.append(float(self._trainer.epoch_of(int(step))))
        return rows.astype(np.float64), np.array(self._epochs)
