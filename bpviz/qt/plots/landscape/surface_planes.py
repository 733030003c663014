"""Over which plane of weights the cost is looked at: what is chosen, and what there is to choose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.examples import Examples
from bpviz.engine.network import Parameters
from bpviz.engine.trainer import Trainer
from bpviz.explain.address import Address, Edge
from bpviz.explain.contribution import subject_name
from bpviz.explain.cost_surface import gradient, surveyed
from bpviz.explain.directions import (
    PathPlane,
    WeightPlane,
    flat,
    index_of,
    path_plane,
    plane_of_weights,
    random_plane,
    steepest,
)
from bpviz.explain.number import number
from bpviz.explain.parameter import parameter
from bpviz.explain.part import Part, What, weight_part
from bpviz.explain.symbol import Names
from bpviz.qt.plots.page import PlotPage

WEIGHTS, RANDOM, PATH = "two weights", "random directions", "path of the run"
_OFFERED = 20            # weights to choose the second from
_LEAST = 1.0             # to each side, over two weights
_LEAST_RANDOM = 0.6      # likewise, of the length of all weights
_LEAST_PATH = 0.01
_MOST_NUMBERS = 100_000  # of all the places together whose components are looked for: a few milliseconds
_PLACES = (20, 200)      # of them

_ONE = "This network has a single weight: its cost is a curve, to be seen at “slice”."
_STILL = "All weights are 0: there is nothing that a random direction could be measured by."
_UNTRAVELLED = "The plane in which the run moves appears here after two steps of training. Press Space."


@dataclass(frozen=True, slots=True, eq=False)
class Aim:
    """A plane, what its axes are called, and how far it is looked at to each side at least."""

    plane: WeightPlane
    x: str
    y: str
    least: float


class Planes:
    """What is chosen is view state; which plane that is follows from the run and where it stands."""

    _examples: Examples

    def __init__(self, page: PlotPage) -> None:
        self._page = page
        self.choice = WEIGHTS
        self.draw = 0                        # which random directions
        self._second: Address | None = None
        self._trainer: Trainer | None = None
        self._steepest: tuple[Address, ...] = ()
        self._path: tuple[tuple[int, Checkpoint], PathPlane | None] | None = None
        self.follow()

    def follow(self) -> bool:
        """Look at the run that is open; True where it is another."""
        if self.current:
            return False
        trainer = self._page.session.trainer
        self._trainer, self._path, self.draw = trainer, None, 0
        self._examples = surveyed(trainer.network, trainer.train)
        first = trainer.first
        self._steepest = steepest(first, gradient(trainer.network, first, self._examples), _OFFERED)
        return True

    @property
    def current(self) -> bool:
        """Whether the run that was looked at is still the one that is open."""
        return self._trainer is self._page.session.trainer

    @property
    def possible(self) -> bool:
        """A single parameter has no plane."""
        return flat(self._page.session.trainer.parameters).size > 1

    @property
    def examples(self) -> Examples:
        """Those whose cost is looked at."""
        return self._examples

    def aim(self) -> Aim | str:
        """The plane through the present weights, or why there is none."""
        here = self._page.session.trainer.parameters
        if not self.possible:
            return _ONE
        if self.choice == WEIGHTS:
            return self._over_weights(here)
        return self._random(here) if self.choice == RANDOM else self._along_path(here)

    # -- two weights ---------------------------------------------------------------------------------

    @property
    def pair(self) -> tuple[Address, Address]:
        """The selected weight or bias, else the steepest; and what was chosen, else the next steepest."""
        here = self._page.session.trainer.parameters
        selected = self._page.spotlight.selected
        first = self._steepest[0]
        if selected is not None and parameter(here, selected) is not None:
            first = selected
        if self._second is not None and self._second != first and _stands(here, self._second):
            return first, self._second
        return first, next(other for other in self._steepest if other != first)

    @property
    def offered(self) -> tuple[Address, ...]:
        """What can be the second: what was steepest at the start, and what is chosen."""
        first, second = self.pair
        found = [other for other in self._steepest if other != first]
        return tuple(found if second in found else [second, *found])

    def choose_second(self, address: Address) -> None:
        self._second = address

    def symbol(self, address: Address) -> str:
        """W_h,1→2, or b_o."""
        names = self._names
        if isinstance(address, Edge):
            return names.of(weight_part(What.WEIGHT, address)).plain
        return names.of(Part(What.BIAS, address.layer, address.unit)).plain

    def described(self, address: Address) -> str:
        """In words."""
        return subject_name(self._names, address)

    def _over_weights(self, here: Parameters) -> Aim:
        first, second = self.pair
        plane = plane_of_weights(here, first, second)
        return Aim(plane, self.symbol(first), self.symbol(second), _LEAST)

    # -- directions ----------------------------------------------------------------------------------

    def _random(self, here: Parameters) -> Aim | str:
        plane = random_plane(here, self._page.session.experiment.seed, self.draw)
        if plane is None:
            return _STILL
        least = _LEAST_RANDOM * float(np.linalg.norm(flat(here)))
        return Aim(plane, "random direction 1", "random direction 2", least)

    def _along_path(self, here: Parameters) -> Aim | str:
        found = self._components(here)
        if found is None:
            return _UNTRAVELLED
        x, y = (f"component {k} ({_percent(share)} %)" for k, share in enumerate(found.shares, 1))
        least = _LEAST_PATH * float(np.linalg.norm(flat(here)))
        return Aim(found.plane.laid_through(here), x, y, least)

    def _components(self, here: Parameters) -> PathPlane | None:
        """Of the whole run: they stay while the playhead goes back and forth."""
        trainer = self._page.session.trainer
        fewest, most = _PLACES
        stops = trainer.waypoints(min(most, max(fewest, _MOST_NUMBERS // flat(here).size)))
        key = (trainer.reached, stops[-1])
        if self._path is None or self._path[0] != key:
            self._path = (key, path_plane(here, [stop.parameters for stop in stops]))
        return self._path[1]

    @property
    def _names(self) -> Names:
        return self._page.naming.names


def _stands(parameters: Parameters, address: Address) -> bool:
    try:
        index_of(parameters, address)
    except (ValueError, IndexError):
        return False
    return True


def _percent(share: float) -> str:
    return number(100 * share, 2 if share > 0.01 else 1)
