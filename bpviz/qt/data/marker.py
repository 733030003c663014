"""How an example looks in a plot: the colour and the shape of its class."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from bpviz.qt.palette import Palette

RADIUS = 4.5
_ROOM = 8.0  # half a stamp's side
_SHAPES = ("circle", "square", "triangle", "diamond", "cross")


def class_colour(palette: Palette, kind: int, classes: int) -> str:
    """Orange and blue as for the values 0 and 1 of two classes; more go on with a grey, then again.

    A curve's points, without classes, are blue.
    """
    if classes == 0:
        return palette.value_positive
    return (palette.value_negative, palette.value_positive, palette.ink_soft)[kind % 3]


def paint_marker(
    painter: QPainter, at: QPointF, palette: Palette, kind: int, classes: int, radius: float = RADIUS
) -> None:
    """With a thin rim in the ground's colour, so that points on one another are told apart."""
    painter.setPen(QPen(QColor(palette.canvas), 1.0))
    painter.setBrush(QColor(class_colour(palette, kind, classes)))
    shape = _SHAPES[kind % len(_SHAPES)] if classes else "circle"
    if shape == "circle":
        painter.drawEllipse(at, radius, radius)
    elif shape == "square":
        side = 1.7 * radius
        painter.drawRect(QRectF(at.x() - side / 2, at.y() - side / 2, side, side))
    else:
        painter.drawPolygon(QPolygonF([QPointF(at.x() + u * radius, at.y() + v * radius)
                                       for u, v in _CORNERS[shape]]))


def stamp(palette: Palette, kind: int, classes: int, density: float) -> QPixmap:
    """The marker as a picture to be drawn many times, its point in the middle."""
    return _stamp(palette, kind % 15, classes > 0, density)


def stamp_at(painter: QPainter, x: float, y: float, picture: QPixmap) -> None:
    painter.drawPixmap(QPointF(x - _ROOM, y - _ROOM), picture)


@lru_cache(maxsize=128)
def _stamp(palette: Palette, kind: int, classifies: bool, density: float) -> QPixmap:
    side = round(2 * _ROOM * density)
    picture = QPixmap(side, side)
    picture.setDevicePixelRatio(density)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_marker(painter, QPointF(_ROOM, _ROOM), palette, kind, 15 if classifies else 0, RADIUS - 0.6)
    painter.end()
    return picture


_CORNERS = {
    "triangle": ((0.0, -1.15), (1.1, 0.85), (-1.1, 0.85)),
    "diamond": ((0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)),
    "cross": (
        (-0.4, -1.15), (0.4, -1.15), (0.4, -0.4), (1.15, -0.4), (1.15, 0.4), (0.4, 0.4), (0.4, 1.15),
        (-0.4, 1.15), (-0.4, 0.4), (-1.15, 0.4), (-1.15, -0.4), (-0.4, -0.4),
    ),
}
