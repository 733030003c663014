"""The costs of a run as curves over steps or over epochs. Reads the trainer; draws nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.extremes import Curve as CostCurve
from bpviz.engine.stretches import Whole
from bpviz.engine.trainer import Trainer


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

    def follow(self, trainer: Trainer) -> None:
        """Look at another run."""
        self._trainer = trainer

    def curves(self, by_epoch: bool, most: int) -> Curves:
        """Everything there is, thinned to about 2 * most points a curve."""
        trainer, costs = self._trainer, self._trainer.costs
        batches_are_epochs = self.x_of(trainer.reached, by_epoch=True) == trainer.reached
        return Curves(
            training=self._placed(costs.training(most), by_epoch),
            validation=self._placed(costs.validation(most), by_epoch),
            steps=NO_CURVE if batches_are_epochs else self._placed(costs.steps(most), by_epoch),
            playhead=self.x_of(trainer.step, by_epoch),
            end=self.x_of(trainer.reached, by_epoch),
        )

    def x_of(self, step: int, by_epoch: bool) -> float:
        return float(self._place(np.array([step]), by_epoch)[0])

    def step_at(self, x: float, by_epoch: bool) -> int:
        """The reached step nearest to x."""
        step = self._trainer.course.step_near(x) if by_epoch else round(x)
        return min(max(step, 0), self._trainer.reached)

    # -- within ---------------------------------------------------------------------------------

    def _placed(self, curve: CostCurve, by_epoch: bool) -> Curve:
        return Curve(self._place(curve.steps, by_epoch), curve.values)

    def _place(self, steps: Whole, by_epoch: bool) -> Array:
        """Steps as x. Within an epoch that is under way, x grows by its steps."""
        return self._trainer.course.epochs_at(steps) if by_epoch else steps.astype(np.float64)
