"""Works out the heat maps of the step that is shown, and how finely while training runs."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.examples import Examples
from bpviz.explain.heat import Heat, heat_of
from bpviz.explain.layout import Layout
from bpviz.explain.plane import Plane, plane_around
from bpviz.qt.canvas.heat import HeatPicture, heat_picture
from bpviz.qt.canvas.heat_points import Points, points_on
from bpviz.qt.palette import Palette
from bpviz.qt.panels.coalescer import REST
from bpviz.qt.player import Player
from bpviz.qt.session import Session

SIDES = (16, 20, 24, 28, 32, 40)  # cells across a map
_MOST, _LITTLE = 0.003, 0.0012    # seconds for all maps: coarser beyond the one, finer below the other


class Heating:
    """Does nothing unless asked; then once a step, and while steps rush by as often as anyone can see."""

    def __init__(
        self, session: Session, player: Player, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._session, self._player, self._clock = session, player, clock
        self._fineness = len(SIDES) - 1
        self._made = float("-inf")  # when the last maps were
        self._heat: tuple[object, Heat] | None = None
        self._picture: tuple[object, HeatPicture] | None = None
        self._points: tuple[object, Plane, Points] | None = None

    def picture(self, layout: Layout, palette: Palette) -> HeatPicture:
        """Of the present step; while training runs fast, of one not long ago."""
        began, rushing = self._clock(), not self._player.phases_shown
        heat = self._known(rushing, began)
        fresh = heat is None
        if heat is None:
            heat = self._worked_out(SIDES[self._fineness] if rushing else SIDES[-1])
        key = (heat, layout, palette)
        if self._picture is None or self._picture[0] != key:
            _, points = self._data()
            self._picture = (key, heat_picture(heat, points, layout, palette))
        if fresh:
            self._made = self._clock()
            if rushing:
                self._adapt(self._made - began)
        return self._picture[1]

    def _known(self, rushing: bool, now: float) -> Heat | None:
        """The maps that are there, if they are still good."""
        if self._heat is None:
            return None
        key, heat = self._heat
        plane, _ = self._data()
        if rushing and heat.plane is plane and now - self._made < REST:
            return heat
        good = key == self._session.record and (rushing or heat.side == SIDES[-1])
        return heat if good and heat.plane is plane else None

    def _worked_out(self, side: int) -> Heat:
        record = self._session.record
        heat = heat_of(self._session.network, record, self._data()[0], side)
        self._heat = (record, heat)
        return heat

    def _adapt(self, took: float) -> None:
        if took > _MOST:
            self._fineness = max(0, self._fineness - 1)
        elif took < _LITTLE:
            self._fineness = min(len(SIDES) - 1, self._fineness + 1)

    def _data(self) -> tuple[Plane, Points]:
        """The plane and the points on it, of the examples that are there now."""
        trainer = self._session.trainer
        key = (self._session.network, trainer.train, trainer.validation)
        if self._points is None or self._points[0] != key:
            inputs, targets = _whole(trainer.train, trainer.validation)
            plane = plane_around(inputs)
            points = points_on(plane, inputs, targets, self._session.dataset)
            self._points = (key, plane, points)
        return self._points[1:]


def _whole(train: Examples, validation: Examples | None) -> tuple[Array, Array]:
    if validation is None:
        return train.inputs, train.targets
    return (
        np.concatenate([train.inputs, validation.inputs]), np.concatenate([train.targets, validation.targets])
    )
