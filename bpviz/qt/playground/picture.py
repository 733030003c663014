"""What a curve plot shows, and where on the plot it lies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPolygonF

from bpviz.engine.arrays import Array
from bpviz.explain.nested import Curve, Range, Segment, tangent
from bpviz.explain.symbol import Symbol

_LEFT, _TOP, _RIGHT, _BOTTOM = 34.0, 20.0, 12.0, 20.0
_REACH = 0.30    # of the plot's sides: half a tangent
_LEAST_REACH = 44.0
_AWAY = 13.0     # of a label from the point
_SAMPLES = 24


@dataclass(frozen=True, slots=True)
class Picture:
    """A curve, the present point on it and its slope there; sides are the two slopes of a corner."""

    curve: Curve
    input_name: Symbol
    output_name: Symbol
    at: float
    value: float
    slope: float
    slope_symbol: Symbol
    sides: Range | None = None
    constant: Symbol | None = None  # said instead of the slope where the stage is taken as a constant


@dataclass(frozen=True, slots=True)
class Field:
    """The plot's ground, and how numbers become places on it."""

    ground: QRectF
    width: Range
    height: Range

    @classmethod
    def within(cls, widget: QRectF, curve: Curve) -> Field:
        return cls(widget.adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM), curve.width, curve.height)

    def across(self, value: float) -> float:
        share = (value - self.width[0]) / (self.width[1] - self.width[0])
        return self.ground.left() + share * self.ground.width()

    def up(self, value: float) -> float:
        share = (value - self.height[0]) / (self.height[1] - self.height[0])
        return self.ground.bottom() - share * self.ground.height()

    def point(self, at: float, value: float) -> QPointF:
        return QPointF(self.across(at), self.up(value))

    def value_at(self, across: float) -> float:
        """The input that lies there; the inverse of `across`."""
        share = (across - self.ground.left()) / self.ground.width()
        return self.width[0] + share * (self.width[1] - self.width[0])

    def polygon(self, inputs: Array, values: Array) -> QPolygonF:
        return QPolygonF([self.point(float(x), float(y)) for x, y in zip(inputs, values, strict=True)])

    def tangent(self, at: float, value: float, slope: float) -> Segment:
        """As long on the plot whatever its slope."""
        reach = max(_LEAST_REACH, _REACH * min(self.ground.width(), self.ground.height()))
        across = (self.width[1] - self.width[0]) / self.ground.width()
        up = (self.height[1] - self.height[0]) / self.ground.height()
        return tangent(at, value, slope, reach * across, reach * up)


def label_place(ground: QRectF, point: QPointF, size: QSizeF, busy: Iterable[QPointF]) -> QRectF:
    """Where a label beside the point hides least of what is drawn; always within the ground."""
    taken = tuple(busy)
    places = (_moved_in(QRectF(corner, size), ground) for corner in _corners(ground, point, size))
    return min(places, key=lambda place: _hidden(place, point, taken))


def along(start: QPointF, end: QPointF) -> list[QPointF]:
    """Points on a line, for label_place."""
    return [start + (end - start) * (k / _SAMPLES) for k in range(_SAMPLES + 1)]


def _corners(ground: QRectF, point: QPointF, size: QSizeF) -> list[QPointF]:
    """Top left corners to try: around the point, then further above and below."""
    left, right = point.x() - _AWAY - size.width(), point.x() + _AWAY
    above, below = point.y() - _AWAY - size.height(), point.y() + _AWAY
    tried = [QPointF(x, y) for y in (above, below) for x in (left, right)]
    middle = point.x() - size.width() / 2
    further = (above - size.height(), below + size.height(), ground.top(), ground.bottom() - size.height())
    return tried + [QPointF(x, y) for y in further for x in (middle, left, right)]


def _moved_in(place: QRectF, ground: QRectF) -> QRectF:
    x = max(ground.left(), min(place.left(), ground.right() - place.width()))
    y = max(ground.top(), min(place.top(), ground.bottom() - place.height()))
    return QRectF(QPointF(x, y), place.size())


def _hidden(place: QRectF, point: QPointF, busy: tuple[QPointF, ...]) -> int:
    grown = place.adjusted(-2, -2, 2, 2)
    on_point = 1000 if place.adjusted(-8, -8, 8, 8).contains(point) else 0
    return on_point + sum(grown.contains(other) for other in busy)
