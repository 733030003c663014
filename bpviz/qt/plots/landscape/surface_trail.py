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

    def step_near(self, x: float, y: float, scale: tuple[float, float], most: float) -> int | None:
        """The step whose place is nearest, if it is no further than so many pixels; scale: pixels a unit."""
        apart = np.hypot(*((self.places - (x, y)) * scale).T)
        nearest = int(apart.argmin())
        return int(self.steps[nearest]) if apart[nearest] <= most else None


class Trails:
    """Remembers what was last looked at: a run that goes on adds a few places at a time."""

    def __init__(self) -> None:
        self._plane: WeightPlane | None = None
        self._known: dict[Checkpoint, Array] = {}

    def of(self, trainer: Trainer, plane: WeightPlane) -> Trail:
        """The run so far, each of its places moved into the plane on the shortest way."""
        stops = trainer.waypoints(MOST_PLACES)
        known = self._known if plane is self._plane else {}
        fresh = [stop for stop in stops if stop not in known]
        if fresh:
            places = plane.shadows(np.stack([flat(stop.parameters) for stop in fresh]))
            known = known | dict(zip(fresh, places, strict=True))
        self._plane, self._known = plane, {stop: known[stop] for stop in stops}
        steps = np.array([stop.step for stop in stops])
        here = int(np.searchsorted(steps, trainer.step))
        return Trail(steps, np.stack(list(self._known.values())), here)
