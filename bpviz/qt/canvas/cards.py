"""Paints nodes that show heat maps: the map at the left, Z over the activation right of it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTransform

from bpviz.engine.arrays import Array
from bpviz.explain.address import INPUT, Node
from bpviz.explain.frame import ColumnFrame
from bpviz.explain.heat import place_on
from bpviz.explain.layout import Column, Layout
from bpviz.qt.canvas.heat import HeatPicture, corner_of
from bpviz.qt.canvas.node_ink import (
    rim_colour,
    rim_outlines,
    rim_width,
    scaled_ground,
    write_number,
)
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.canvas.shapes import map_parts
from bpviz.qt.palette import Palette, mixed, shared_brush, shared_colour

_FAINT = 0.3      # of its contrast has a map whose node is not computed yet
_RULE = 0.8       # between map, Z and activation, as a share of the rim
_ROOM = 0.84      # of the width for numbers
_LINE = 0.5       # from the middle of a node to that of a number, in radii
_POINT = (1.5, 0.11, 3.8)  # radius of the example's point: the least, in radii, the most
_BORDER = (0.8, 0.04, 1.4)  # width of the line of 1/2 likewise


def paint_cards(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    """Their shapes and maps, without numbers."""
    assert scene.heat is not None
    outer, inner = rim_outlines(scene.layout, column)
    squares, below = map_parts(scene.layout, column, -rim_width(scene.layout) / 2)
    panel = shared_brush(scene.palette.panel)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for k, unit in enumerate(column.shown):
        rim = _rim(scene, state, unit)
        painter.fillPath(outer[k], shared_brush(rim))
        painter.fillPath(inner[k], panel)
        if scene.layout.beside and column.layer != INPUT:
            painter.fillPath(below[k], shared_brush(_ground(scene, column.layer, state, unit)))
        painter.setOpacity(_strength(state))
        painter.fillPath(squares[k], scene.heat.brushes[Node(column.layer, unit)])
        painter.setOpacity(1.0)
        _paint_rules(painter, scene, column, unit, rim)
    _paint_marks(painter, scene, column, state)


def write_cards(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    """An input, or Z over the activation; nothing where there is no room beside the maps."""
    layout = scene.layout
    if not layout.beside:
        return
    room, line, panel = layout.beside * _ROOM, layout.radius * _LINE, scene.palette.panel
    for unit, x, y in _middles(layout, column):
        if state.z is None:
            write_number(painter, scene, float(state.a[unit]), state.a_level, (x, y), room, panel)
            continue
        z, a, ground = float(state.z[unit]), float(state.a[unit]), _ground(scene, column.layer, state, unit)
        write_number(painter, scene, z, state.z_level, (x, y - line), room, panel)
        write_number(painter, scene, a, state.a_level, (x, y + line), room, ground)


def paint_border(
    painter: QPainter, picture: HeatPicture, palette: Palette, square: QRectF, wide: float
) -> None:
    """The line on which the lone output is 1/2, on a map in this square."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(shared_colour(palette.ink), wide))
    onto = QTransform(square.width(), 0, 0, square.height(), square.left(), square.top())
    for line in picture.border:
        painter.drawPolyline(onto.map(line))


def paint_point(painter: QPainter, palette: Palette, at: QPointF, radius: float) -> None:
    """The example: dark in a light ring, or the other way round, and so seen on every ground."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shared_brush(palette.panel))
    painter.drawEllipse(at, radius, radius)
    painter.setBrush(shared_brush(palette.ink))
    painter.drawEllipse(at, radius * 0.6, radius * 0.6)


def point_in(picture: HeatPicture, inputs: Array, square: QRectF) -> QPointF | None:
    """Where an example stands on a map in this square, if it is on the plane."""
    (across, down), = place_on(picture.heat.plane, inputs.reshape(1, 2)).tolist()
    if not (0.0 <= across <= 1.0 and 0.0 <= down <= 1.0):
        return None
    return QPointF(square.left() + across * square.width(), square.top() + down * square.height())


def _paint_rules(painter: QPainter, scene: Scene, column: Column, unit: int, rim: str) -> None:
    layout = scene.layout
    if not layout.beside:
        return
    x, y = column.where[unit].tolist()
    wide, left = rim_width(layout) * _RULE, x - layout.half_width + 2 * layout.radius
    brush = shared_brush(rim)
    painter.fillRect(QRectF(left - wide / 2, y - layout.radius, wide, 2 * layout.radius), brush)
    if column.layer != INPUT:
        thin = shared_brush(mixed(rim, scene.palette.panel, 0.4))
        painter.fillRect(QRectF(left + wide / 2, y - 0.5, layout.beside - wide, 1.0), thin)


def _paint_marks(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    """The border on the output, and the example on every map; the batch's mean is no point of the plane."""
    assert scene.heat is not None
    layout = scene.layout
    last = column.layer == len(scene.frame.edges) - 1
    for unit in column.shown:
        left, top = corner_of(layout, column, unit)
        square = QRectF(left, top, 2 * layout.radius, 2 * layout.radius)
        if last:
            painter.setOpacity(_strength(state))
            paint_border(painter, scene.heat, scene.palette, square, _sized(layout, _BORDER))
            painter.setOpacity(1.0)
        if scene.example is not None:
            at = point_in(scene.heat, scene.frame.columns[0].a, square)
            if at is not None:
                paint_point(painter, scene.palette, at, _sized(layout, _POINT))


def _strength(state: ColumnFrame) -> float:
    """A map does not wait for its phase, but it is faint until then."""
    return _FAINT + (1.0 - _FAINT) * state.a_level


def _sized(layout: Layout, sizes: tuple[float, float, float]) -> float:
    least, share, most = sizes
    return min(most, max(least, share * layout.radius))


def _middles(layout: Layout, column: Column) -> Iterator[tuple[int, float, float]]:
    """Each unit, and the middle of the room for its numbers."""
    for unit in column.shown:
        x, y = column.where[unit].tolist()
        yield unit, x + layout.half_width - layout.beside / 2, y


def _rim(scene: Scene, state: ColumnFrame, unit: int) -> str:
    if state.z is None:
        return rim_colour(scene, float(state.a[unit]), state.active, state.a_level)
    return rim_colour(scene, float(state.z[unit]), state.active, state.z_level)


def _ground(scene: Scene, layer: int, state: ColumnFrame, unit: int) -> str:
    """The colour that the map has where the example stands."""
    assert scene.heat is not None
    return scaled_ground(scene, state, float(state.a[unit]), scene.heat.heat.full(layer))
