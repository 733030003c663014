"""The box beside a node that shows a map: the map larger, with its axes, the examples, and its numbers."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QTransform

from bpviz.explain.address import Node
from bpviz.explain.number import number
from bpviz.explain.quantities import Quantity
from bpviz.qt.canvas.bubble import AWAY, LINE, PAD, SIZE, beside, occupied, paint_row, paint_title, row_width
from bpviz.qt.canvas.cards import paint_border, paint_point, point_in
from bpviz.qt.canvas.heat import HeatPicture, large_brush
from bpviz.qt.canvas.heat_points import paint_points, paint_sample
from bpviz.qt.canvas.legend import value_gradient
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.canvas.text import written
from bpviz.qt.fonts import ui_font
from bpviz.qt.palette import Palette, shared_brush, shared_colour

_SIDES = (96.0, 160.0)  # of the map
_SMALL = 10.0           # size of what stands at the axes
_TITLE = 22.0
_AXIS = 16.0            # below the map
_BETWEEN = 14.0
_WORDS = 92.0           # the least room for them
_BAR = 7.0              # height of the scale


def paint_heat_bubble(
    painter: QPainter, scene: Scene, node: Node, title: str, rows: list[Quantity], where: QTransform,
    area: QRectF,
) -> None:
    """The box as `paint_bubble` has it."""
    assert scene.heat is not None
    palette, picture = scene.palette, scene.heat
    taken, margin = where.mapRect(occupied(scene, node)), _margin(picture)
    words = max([_WORDS, *(row_width(row) for row in rows), *map(_class_width, picture.points.names)])
    across, down = 2 * PAD + margin + _BETWEEN + words, 2 * PAD + _TITLE + _AXIS  # besides the map
    side = _side(taken, area, across, down)
    box = beside(taken, (across + side, down + side), area)
    painter.setPen(QPen(shared_colour(palette.panel_border), 1.0))
    painter.setBrush(shared_brush(palette.panel))
    painter.drawRoundedRect(box, 7, 7)
    paint_title(painter, palette, box, title)
    square = QRectF(box.left() + PAD + margin, box.top() + PAD + _TITLE, side, side)
    _paint_map(painter, scene, node, square)
    _paint_axes(painter, picture, palette, square)
    beside_it = QRectF(square.right() + _BETWEEN - PAD, square.top(), words + 2 * PAD, side)
    _paint_words(painter, scene, node, rows, beside_it)


def _side(taken: QRectF, area: QRectF, across: float, down: float) -> float:
    """As large a map as leaves the node to be seen beside the box."""
    low, high = _SIDES
    room = max(taken.left() - area.left(), area.right() - taken.right()) - 2 * AWAY
    return min(high, max(low, min(room - across, area.height() - down - 2 * AWAY)))


def _paint_map(painter: QPainter, scene: Scene, node: Node, square: QRectF) -> None:
    assert scene.heat is not None
    palette, picture = scene.palette, scene.heat
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(QPen(shared_colour(palette.line), 1.0))
    painter.setBrush(large_brush(picture, node, square.topLeft(), square.width()))
    painter.drawRoundedRect(square, 3, 3)
    if node.layer == len(scene.frame.edges) - 1:
        paint_border(painter, picture, palette, square, 1.4)
    paint_points(painter, picture.points, palette, square)
    at = point_in(picture, scene.frame.columns[0].a, square) if scene.example is not None else None
    if at is not None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(shared_colour(palette.accent), 2.0))
        painter.drawEllipse(at, 6.5, 6.5)
        paint_point(painter, palette, at, 3.6)


def _paint_axes(painter: QPainter, picture: HeatPicture, palette: Palette, square: QRectF) -> None:
    """What the inputs are called, and how far the map reaches."""
    plane, soft = picture.heat.plane, palette.ink_soft
    across, up = picture.points.axes
    base = square.bottom() + _SMALL + 3
    _at(painter, number(plane.left), square.left(), 0.0, base, soft)
    _at(painter, across, square.center().x(), 0.5, base, soft)
    _at(painter, number(plane.right), square.right(), 1.0, base, soft)
    right = square.left() - 5
    _at(painter, number(plane.top), right, 1.0, square.top() + _SMALL * 0.8, soft)
    _at(painter, up, right, 1.0, square.center().y() + _SMALL * 0.36, soft)
    _at(painter, number(plane.bottom), right, 1.0, square.bottom(), soft)


def _paint_words(painter: QPainter, scene: Scene, node: Node, rows: list[Quantity], box: QRectF) -> None:
    """The node's numbers, the scale of its map, and which points are which."""
    assert scene.heat is not None
    palette, line = scene.palette, box.top() + SIZE * 0.9
    for row in rows:
        paint_row(painter, scene, row, box, line)
        line += LINE
    bar = QRectF(box.left() + PAD, line - 5, box.width() - 2 * PAD, _BAR)
    _paint_scale(painter, palette, bar, scene.heat.heat.full(node.layer))
    line += LINE + 14
    for kind, name in enumerate(scene.heat.points.names):
        paint_sample(painter, kind, palette, QPointF(box.left() + PAD + 4, line - _SMALL * 0.36))
        written(painter, box.left() + PAD + 12, line, name, _SMALL, palette.ink_soft)
        line += LINE - 3


def _paint_scale(painter: QPainter, palette: Palette, bar: QRectF, largest: float) -> None:
    """The colours of the map, with what their ends stand for."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(value_gradient(palette, bar))
    painter.drawRoundedRect(bar, 3, 3)
    base, soft = bar.bottom() + _SMALL + 3, palette.ink_soft
    _at(painter, number(-largest), bar.left(), 0.0, base, soft)
    _at(painter, number(0.0), bar.center().x(), 0.5, base, soft)
    _at(painter, number(largest), bar.right(), 1.0, base, soft)


def _at(painter: QPainter, text: str, x: float, share: float, baseline: float, ink: str) -> None:
    """So much of the text stands left of x."""
    wide = QFontMetricsF(ui_font(_SMALL)).horizontalAdvance(text)
    written(painter, x - share * wide, baseline, text, _SMALL, ink)


def _margin(picture: HeatPicture) -> float:
    """Left of the map."""
    plane = picture.heat.plane
    metrics = QFontMetricsF(ui_font(_SMALL))
    told = (number(plane.top), number(plane.bottom), picture.points.axes[1])
    return 5 + max(metrics.horizontalAdvance(text) for text in told)


def _class_width(name: str) -> float:
    return 14 + QFontMetricsF(ui_font(_SMALL)).horizontalAdvance(name)
