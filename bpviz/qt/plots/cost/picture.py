"""What the cost plot shows at one moment, and where it stands in pixels. Drawn by view and marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from bpviz.qt.plots.axis import Axis
from bpviz.qt.plots.cost.history import NO_CURVE, Curve, Curves

_DRAWN, _DASH = 8.0, 12.0  # pixels: of each dash with its gap, so many are drawn


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """The curves within their axes; rect is where the axes span, in pixels.

    step: the playhead's words. labels: what is written at the end of the training and the validation
    curve, empty where there is none. trouble: where training diverged and what to say there.
    """

    curves: Curves
    x: Axis
    y: Axis
    rect: QRectF
    step: str = ""
    labels: tuple[str, str] = ("", "")
    trouble: tuple[float, str] | None = None

    def left(self, x: float) -> float:
        return self.rect.left() + self.rect.width() * self.x.share(x)

    def top(self, y: float) -> float:
        return self.rect.bottom() - self.rect.height() * self.y.share(y)

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
        """Where the playhead cuts a curve, as drawn."""
        if not curve.x.size:
            return None
        placed = float(np.interp(self.curves.playhead, curve.x, self.y.place(curve.y)))
        share = (placed - self.y.low) / (self.y.high - self.y.low)
        left = min(self.curves.playhead, float(curve.x[-1]))
        return QPointF(self.left(left), self.rect.bottom() - self.rect.height() * share)


def split(curve: Curve, y: Axis, x: float) -> tuple[Curve, Curve]:
    """The curve up to x and from there on, y as placed on its axis; both parts meet at x."""
    placed = y.place(curve.y)
    if not curve.x.size or x >= curve.x[-1]:
        return Curve(curve.x, placed), NO_CURVE
    cut = int(np.searchsorted(curve.x, x, side="right"))
    at = float(np.interp(x, curve.x, placed))
    before = Curve(np.append(curve.x[:cut], x), np.append(placed[:cut], at))
    return before, Curve(np.insert(curve.x[cut:], 0, x), np.insert(placed[cut:], 0, at))


def dashed(curve: Curve) -> Curve:
    """The parts of a curve in pixels that are drawn, each from its start to its end.

    Dashes stay where they are, whatever is cut off, and are counted along x: along a line that goes up and
    down within every pixel nobody would see them.
    """
    if curve.x.size < 2:
        return NO_CURVE
    first, last = float(curve.x[0]), float(curve.x[-1])
    begun = np.arange(first // _DASH, last // _DASH + 1) * _DASH
    edges = np.concatenate((begun, begun + _DRAWN))
    x = np.unique(np.concatenate((curve.x, edges[(first < edges) & (edges < last)])))
    y = np.interp(x, curve.x, curve.y)
    shown = np.flatnonzero((x[:-1] + x[1:]) / 2 % _DASH < _DRAWN)
    ends = np.stack((shown, shown + 1), axis=1).ravel()
    return Curve(x[ends], y[ends])


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
