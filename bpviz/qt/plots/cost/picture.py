"""What the cost plot shows at one moment, and where it stands in pixels. Drawn by curves and marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from bpviz.engine.arrays import Array
from bpviz.qt.plots.axis import Axis
from bpviz.qt.plots.cost.ghosts import Ghost
from bpviz.qt.plots.cost.history import NO_CURVE, Curve, Curves

_DASH, _DOT = (8.0, 12.0), (2.0, 4.0)  # pixels: how many are drawn of how many, over and over

Role = Literal["training", "validation", "batch", "smooth", "rate", "ghost", "words"]


@dataclass(frozen=True, slots=True)
class Label:
    """What is written beside the end of a curve. x and y: the last place of it that is seen, on the axes."""

    role: Role
    text: str
    x: float
    y: float
    diverged: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the legend, behind a piece of its line."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """The curves within their axes; rect is where the axes span, in pixels, right where the room ends.

    counted: what the horizontal axis counts. step: the playhead's words. trouble: where training diverged and
    what to say there. strip: the accuracies, below, on the same horizontal axis. rate: the learning rate in
    the same rect, on a scale of its own.
    """

    curves: Curves
    x: Axis
    y: Axis
    rect: QRectF
    right: float = 0.0
    counted: str = "step"
    step: str = ""
    labels: tuple[Label, ...] = ()
    legend: tuple[Entry, ...] = ()
    trouble: tuple[float, str] | None = None
    ghosts: tuple[Ghost, ...] = ()
    strip: Picture | None = None
    rate: Picture | None = None

    @property
    def foot(self) -> float:
        """Where the lowest of its areas ends."""
        return (self.rect if self.strip is None else self.strip.rect).bottom()

    def left(self, x: float) -> float:
        return self.rect.left() + self.rect.width() * self.x.share(x)

    def top(self, y: float) -> float:
        return self.rect.bottom() - self.rect.height() * self.y.share(y)

    def shows(self, x: float) -> bool:
        """Whether a place of the run is within what is seen of it."""
        return self.x.low <= x <= self.x.high

    def drawn(self, curve: Curve) -> Curve:
        """A curve in pixels, whose y is placed on its axis already."""
        across = self.rect.width() / (self.x.high - self.x.low)
        upright = self.rect.height() / (self.y.high - self.y.low)
        left, bottom = self.rect.left(), self.rect.bottom()
        return Curve(left + across * (curve.x - self.x.low), bottom - upright * (curve.y - self.y.low))

    def x_under(self, left: float) -> float:
        share = (left - self.rect.left()) / self.rect.width()
        return self.x.low + (self.x.high - self.x.low) * share

    def playhead_on(self, curve: Curve) -> QPointF | None:
        """Where the playhead cuts a curve, as drawn, if that is seen."""
        left = min(self.curves.playhead, float(curve.x[-1])) if curve.x.size else np.nan
        if not self.shows(left):
            return None
        placed = float(np.interp(self.curves.playhead, curve.x, self.y.place(curve.y)))
        share = (placed - self.y.low) / (self.y.high - self.y.low)
        return QPointF(self.left(left), self.rect.bottom() - self.rect.height() * share)


def split(curve: Curve, y: Axis, x: float) -> tuple[Curve, Curve]:
    """The curve up to x and from there on, y as placed on its axis; both parts meet at x."""
    placed = y.place(curve.y)
    if not curve.x.size or x >= curve.x[-1]:
        return Curve(curve.x, placed), NO_CURVE
    cut = int(np.searchsorted(curve.x, x, side="right"))
    if cut == 0:
        return NO_CURVE, Curve(curve.x, placed)
    at = float(np.interp(x, curve.x, placed))
    before = Curve(np.append(curve.x[:cut], x), np.append(placed[:cut], at))
    return before, Curve(np.insert(curve.x[cut:], 0, x), np.insert(placed[cut:], 0, at))


def dashed(curve: Curve) -> Curve:
    """The parts of a curve in pixels that are drawn, each from its start to its end.

    Dashes stay where they are, whatever is cut off, and are counted along x: along a line that goes up and
    down within every pixel nobody would see them.
    """
    return _cut(curve, curve.x, *_DASH)


def dotted(curve: Curve) -> Curve:
    """The parts of a staircase in pixels that are drawn, counted along it."""
    if not curve.x.size:
        return NO_CURVE
    walked = np.append(0.0, np.cumsum(np.hypot(np.diff(curve.x), np.diff(curve.y))))
    moved = np.append(True, np.diff(walked) > 0)
    return _cut(Curve(curve.x[moved], curve.y[moved]), walked[moved], *_DOT)


def _cut(curve: Curve, at: Array, drawn: float, each: float) -> Curve:
    """Of each so many pixels of `at`, which grows along the curve, the first that are drawn."""
    if curve.x.size < 2:
        return NO_CURVE
    first, last = float(at[0]), float(at[-1])
    begun = np.arange(first // each, last // each + 1) * each
    edges = np.concatenate((begun, begun + drawn))
    places = np.unique(np.concatenate((at, edges[(first < edges) & (edges < last)])))
    shown = np.flatnonzero((places[:-1] + places[1:]) / 2 % each < drawn)
    ends = places[np.stack((shown, shown + 1), axis=1).ravel()]
    return Curve(np.interp(ends, at, curve.x), np.interp(ends, at, curve.y))


def spread(wanted: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Places as near as may be to those wanted, in their order, so far apart, from low to high."""
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    places = list(wanted)
    least = low
    for k in order:
        places[k] = max(places[k], least)
        least = places[k] + apart
    most = high
    for k in reversed(order):
        places[k] = min(places[k], most)
        most = places[k] - apart
    return places
