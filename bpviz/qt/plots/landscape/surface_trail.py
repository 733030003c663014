"""The way of a run through a plane: where its weights were, as seen from above."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array
from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.trainer import Trainer
from bpviz.explain.directions import WeightPlane, flat

MOST_PLACES = 200


@dataclass(frozen=True, slots=True, eq=False)
class Trail:
    """places (n, 2) at steps (n,), in their order; `here` is the row at which the playhead stands."""

    steps: NDArray[np.int64]
    places: Array
    here: int

    @property
    def behind(self) -> Array:
        """From the start to the playhead."""
        return self.places[: self.here + 1]

    @property
    def ahead(self) -> Array:
        """From the playhead to the furthest step."""
        return self.places[self.here :]


class Trails:
    """Remembers what was looked at before: a run that goes on adds a few places at a time."""

    def __init__(self) -> None:
        self._thetas: dict[Checkpoint, Array] = {}

    def of(self, trainer: Trainer, plane: WeightPlane) -> Trail:
        """The run so far, its places moved at right angles into the plane."""
        stops = trainer.waypoints(MOST_PLACES)
        known = self._thetas
        self._thetas = {stop: known[stop] if stop in known else flat(stop.parameters) for stop in stops}
        steps = np.array([stop.step for stop in stops])
        here = int(np.searchsorted(steps, trainer.step))
        return Trail(steps, plane.shadows(np.stack(list(self._thetas.values()))), here)
