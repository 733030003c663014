"""Computes surfaces: at once as finely as there is time for, then more finely between events."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bpviz.engine.network import Network, Parameters
from bpviz.explain.plane import Plane
from bpviz.explain.surface import Surface, outputs_in_bands, surface_on
from bpviz.qt.plots.prediction.fineness import FINEST, Fineness, shape
from bpviz.qt.plots.working import Working


class SurfaceWork(QObject):
    """Keeps the newest surface, and computes none twice. Works while its widget is seen."""

    finer = Signal()  # a finer surface of the same is there

    def __init__(self, widget: QWidget, clock: Callable[[], float] = time.perf_counter) -> None:
        super().__init__(widget)
        self._clock = clock
        self._fineness = Fineness()
        self._working = Working(widget, clock)
        self._working.done.connect(self.finer)
        self._of: tuple[Network, Parameters, Plane, float, float] | None = None
        self._surface: Surface | None = None
        self._pixels = 0

    @property
    def pixels(self) -> int:
        """From one place to the next, in the newest surface."""
        return self._pixels

    @property
    def busy(self) -> bool:
        """Whether a finer surface is being computed."""
        return self._working.busy

    def surface(
        self, network: Network, parameters: Parameters, plane: Plane, size: tuple[float, float], resting: bool
    ) -> Surface:
        """Over so many pixels. resting: nothing moves, so that a finer one is worth the time."""
        of = (network, parameters, plane, *size)
        if self._surface is None or not _same(of, self._of):
            self._working.cancel()
            if self._of is None or self._of[0] != network:
                self._fineness.forget()
            self._of = of
            self._surface = self._at_once(resting)
        if resting and self._pixels > FINEST and not self._working.busy:
            self._working.begin(self._more_finely())
        return self._surface

    # -- within ------------------------------------------------------------------------------------

    def _at_once(self, resting: bool) -> Surface:
        assert self._of is not None
        network, parameters, plane, width, height = self._of
        self._pixels = self._fineness.pixels(width, height, resting)
        columns, rows = shape(width, height, self._pixels)
        began = self._clock()
        made = surface_on(network, parameters, plane, columns, rows)
        self._fineness.put(columns * rows, self._clock() - began)
        return made

    def _more_finely(self) -> Iterator[object]:
        assert self._of is not None
        network, parameters, plane, width, height = self._of
        columns, rows = shape(width, height, FINEST)
        x, y = np.linspace(plane.left, plane.right, columns), np.linspace(plane.bottom, plane.top, rows)
        bands = []
        for band in outputs_in_bands(network, parameters, x, y):
            bands.append(band)
            yield None
        self._surface, self._pixels = Surface(plane, x, y, np.concatenate(bands)), FINEST


def _same(
    one: tuple[Network, Parameters, Plane, float, float],
    other: tuple[Network, Parameters, Plane, float, float] | None,
) -> bool:
    """Parameters are never changed, so that the same ones are the same object."""
    return other is not None and one[1] is other[1] and (one[0], *one[2:]) == (other[0], *other[2:])
