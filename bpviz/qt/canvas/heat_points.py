"""The examples as points on a heat map: each class has its shape, for their ground has all colours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF, QTransform

from bpviz.document.dataset import Dataset
from bpviz.engine.arrays import Array
from bpviz.engine.evaluation import classes_of
from bpviz.explain.heat import place_on
from bpviz.explain.plane import Plane
from bpviz.qt.palette import Palette, shared_colour

_MOST = 400          # more would hide the map
_FEW, _WIDE, _SLIM = 60, 4.8, 3.6  # up to so many points are so wide; more are slimmer
_CORE = 0.58         # of it is its middle
_ROUND, _SQUARE = Qt.PenCapStyle.RoundCap, Qt.PenCapStyle.SquareCap
_SHAPES = ((_ROUND, True), (_SQUARE, False), (_ROUND, False), (_SQUARE, True))  # and whether it is hollow


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """classes: places in a square from 0 to 1, a polygon a class. names: what the classes are called.

    axes: what the two inputs are called.
    """

    classes: tuple[QPolygonF, ...]
    names: tuple[str, ...]
    axes: tuple[str, str]


def points_on(plane: Plane, inputs: Array, targets: Array, dataset: Dataset) -> Points:
    """Of examples as the network learns them; of very many, some evenly chosen."""
    kept = np.unique(np.linspace(0, len(inputs) - 1, min(_MOST, len(inputs))).astype(np.intp))
    places = place_on(plane, inputs[kept])
    kinds = np.zeros(len(kept), dtype=np.int64)
    if dataset.task == "classification":
        kinds = classes_of(targets[kept])
    count = max(1, len(dataset.class_names)) if dataset.task == "classification" else 1
    classes = tuple(_polygon(places[kinds == kind]) for kind in range(count))
    first, second = dataset.input_names
    return Points(classes, dataset.class_names if count > 1 else (), (first, second))


def paint_points(painter: QPainter, points: Points, palette: Palette, square: QRectF) -> None:
    onto = QTransform(square.width(), 0, 0, square.height(), square.left(), square.top())
    wide = _WIDE if sum(places.size() for places in points.classes) <= _FEW else _SLIM
    for kind, places in enumerate(points.classes):
        _paint(painter, onto.map(places), kind, palette, wide)


def paint_sample(painter: QPainter, kind: int, palette: Palette, at: QPointF) -> None:
    """One point of a class, for the words beside the map."""
    _paint(painter, QPolygonF([at]), kind, palette, _WIDE)


def _paint(painter: QPainter, places: QPolygonF, kind: int, palette: Palette, wide: float) -> None:
    if places.isEmpty():
        return
    cap, hollow = _SHAPES[kind % len(_SHAPES)]
    outer, inner = (palette.ink, palette.panel) if hollow else (palette.panel, palette.ink)
    wide *= 0.85 if cap is _SQUARE else 1.0  # a square of the same width has more of the ground
    for colour, across in ((outer, wide), (inner, wide * _CORE)):
        painter.setPen(QPen(shared_colour(colour), across, Qt.PenStyle.SolidLine, cap))
        painter.drawPoints(places)


def _polygon(places: Array) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in places.tolist()])
