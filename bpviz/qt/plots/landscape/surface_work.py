"""Works out surfaces while the window goes on answering, and remembers them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bpviz.engine.examples import Examples
from bpviz.engine.network import Network
from bpviz.explain.cost_surface import LEVELS, PlaneCosts, Surface, Window, surfaces
from bpviz.explain.table import Table
from bpviz.qt.plots.landscape.surface_planes import Aim
from bpviz.qt.plots.working import Working

_MOST_KEPT = 64
_FIRST_SHOWN = LEVELS[1]   # coarser ones are but the way there, where something else is shown already

Key = tuple[bytes, Window]


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """A surface, and what it is a surface of. step: whose weights its plane goes through."""

    aim: Aim
    window: Window
    step: int
    surface: Surface
    finished: bool

    def table(self) -> Table:
        """Its numbers, point by point."""
        y, x = np.meshgrid(self.surface.y, self.surface.x, indexing="ij")
        costs = (None if np.isnan(cost) else float(cost) for cost in self.surface.costs.ravel())
        rows = zip(x.ravel().tolist(), y.ravel().tolist(), costs, strict=True)
        return Table("Cost surface", (self.aim.x, self.aim.y, "cost"), tuple(rows))


class SurfaceWork(QObject):
    """One surface at a time. A plane that is wanted again is shown as it was."""

    grown = Signal()  # there is another survey

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._kept: OrderedDict[Key, Survey] = OrderedDict()
        self._wanted: Key | None = None
        self._survey: Survey | None = None
        self._told: Survey | None = None
        self.working = Working(widget)
        self.working.advanced.connect(self._tell)

    @property
    def survey(self) -> Survey | None:
        """The newest that was worked out, be it what is wanted or still what was before."""
        return self._survey

    def forget(self) -> None:
        """All that is known belongs to another run, or to other data."""
        self._kept.clear()
        self.turn_away()

    def turn_away(self) -> None:
        """Something else is to be seen, of which this shows nothing."""
        self.working.cancel()
        self._wanted = self._survey = self._told = None

    def want(self, network: Network, examples: Examples, aim: Aim, window: Window, step: int) -> None:
        """Work that out, from coarse to fine, unless it is known or under way."""
        key = (blake2b(aim.plane.signature).digest(), window)
        if key == self._wanted:
            self.working.go_on()
            return
        self._wanted = key
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            self._survey = self._told = kept
        if kept is None or not kept.finished:
            self.working.begin(self._job(key, PlaneCosts(network, aim.plane, examples), aim, window, step))
        else:
            self.working.cancel()

    def _job(self, key: Key, costs: PlaneCosts, aim: Aim, window: Window, step: int) -> Iterator[None]:
        for level, surface in _leveled(surfaces(costs, window)):
            if surface is not None:
                self._keep(key, Survey(aim, window, step, surface, level == LEVELS[-1]), level)
            yield

    def _keep(self, key: Key, survey: Survey, level: int) -> None:
        kept = self._kept.get(key)
        if kept is not None and kept.surface.costs.size >= survey.surface.costs.size:
            return
        self._kept[key] = survey
        self._kept.move_to_end(key)
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        if self._survey is None or level >= _FIRST_SHOWN:
            self._survey = survey

    def _tell(self) -> None:
        if self._survey is not self._told:
            self._told = self._survey
            self.grown.emit()


def _leveled(job: Iterator[Surface | None]) -> Iterator[tuple[int, Surface | None]]:
    """Each piece with the level that it belongs to."""
    levels = iter(LEVELS)
    level = next(levels)
    for surface in job:
        yield level, surface
        if surface is not None:
            level = next(levels, level)
