"""Paints nodes: a left half for Z, a right half for the activation, a ring for the layer error."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from bpviz.explain.address import INPUT, Node
from bpviz.explain.frame import ColumnFrame
from bpviz.explain.layout import Column, Layout
from bpviz.qt.canvas.image import paint_image
from bpviz.qt.canvas.node_ink import (
    HALVES,
    ground_colour,
    of_shown,
    rim_colour,
    rim_outlines,
    rim_width,
    write_number,
)
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.canvas.shapes import halves, rings, stadiums
from bpviz.qt.canvas.text import centred
from bpviz.qt.palette import error_hex, shared_brush, shared_colour

_NUMBERS = 7.0    # radius from which a node carries a number
_FAINTEST = 0.25  # a small error keeps so much of its colour: its size stands in the number


def ring_width(layout: Layout) -> float:
    return max(1.8, min(5.0, layout.radius * 0.1))


def _ring_grow(layout: Layout) -> float:
    """From a node's rim to the middle of its ring."""
    return layout.reach - layout.radius - ring_width(layout) / 2


def paint_nodes(painter: QPainter, scene: Scene, numbers: bool = True) -> None:
    """All nodes; without numbers where the picture is too small for them."""
    for column in scene.layout.columns:
        state = scene.frame.column(column.layer)
        if column.is_image:
            paint_image(painter, scene, column, state)
        else:
            _paint_column(painter, scene, column, state, numbers and scene.layout.radius >= _NUMBERS)


def _paint_column(
    painter: QPainter, scene: Scene, column: Column, state: ColumnFrame, numbers: bool
) -> None:
    """Everything of one kind after the other: units of a layer do not touch."""
    _paint_halos(painter, scene, column)
    _paint_rings(painter, scene, column, state)
    if scene.heat is not None:
        from bpviz.qt.canvas.cards import paint_cards, write_cards  # most pictures have none

        shape, write = paint_cards, write_cards
    elif column.layer == INPUT:
        shape, write = _paint_inputs, _write_inputs
    elif scene.layout.half_width >= HALVES:
        shape, write = _paint_halves, _write_halves
    else:
        shape, write = _paint_singles, _write_singles
    shape(painter, scene, column, state)
    if numbers:
        write(painter, scene, column, state)
    if column.gap is not None:
        _paint_gap(painter, scene, column)


def _paint_halos(painter: QPainter, scene: Scene, column: Column) -> None:
    if scene.focus is None and scene.part is None:
        return
    grow = scene.layout.reach - scene.layout.radius + 3.0
    for unit, outline in zip(column.shown, stadiums(scene.layout, column, grow), strict=True):
        node = Node(column.layer, unit)
        if scene.haloed(node):
            width = 3.0 if node == scene.selected else 1.8
            painter.strokePath(outline, QPen(shared_colour(scene.palette.accent), width))


def _paint_rings(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    if state.delta is None or state.slope is None or state.e_told <= 0:
        return
    if state.e_level > 0:
        outlines = rings(scene.layout, column, _ring_grow(scene.layout), ring_width(scene.layout))
        for outline, delta in zip(outlines, of_shown(column, state.delta), strict=True):
            if delta:
                painter.fillPath(outline, shared_brush(_ring_colour(scene, state, delta)))
    for unit, slope in zip(column.shown, of_shown(column, state.slope), strict=True):
        if slope == 0.0:
            _paint_stop(painter, scene, state, *column.where[unit].tolist())


def _ring_colour(scene: Scene, state: ColumnFrame, delta: float) -> str:
    largest = scene.frame.scales.error
    if abs(delta) < _FAINTEST * largest:
        delta = _FAINTEST * largest if delta > 0 else -_FAINTEST * largest
    colour = error_hex(scene.palette, delta, largest)
    return scene.faded(scene.toned(colour, state.active), state.e_level)


def _paint_stop(painter: QPainter, scene: Scene, state: ColumnFrame, x: float, y: float) -> None:
    """A bar where the error arrives and goes no further: the slope is 0."""
    colour = scene.faded(scene.palette.ink_soft, min(1.0, state.e_told * 4))
    pen = QPen(shared_colour(colour), ring_width(scene.layout))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    at = x + scene.layout.half_width + _ring_grow(scene.layout)
    reach = scene.layout.radius * 0.5
    painter.drawLine(QPointF(at, y - reach), QPointF(at, y + reach))


# A rim is a fill with another fill upon it: Qt takes twice as long to follow the outline with a pen.


def _paint_inputs(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    outer, inner = rim_outlines(scene.layout, column)
    panel = shared_brush(scene.palette.panel)
    for k, a in enumerate(of_shown(column, state.a)):
        painter.fillPath(outer[k], shared_brush(rim_colour(scene, a, state.active, state.a_level)))
        painter.fillPath(inner[k], panel)


def _write_inputs(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    room = 2 * scene.layout.half_width * 0.9
    for unit, a in zip(column.shown, of_shown(column, state.a), strict=True):
        x, y = column.where[unit].tolist()
        write_number(painter, scene, a, state.a_level, (x, y), room, scene.palette.panel)


def _paint_halves(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    assert state.z is not None
    layout, width = scene.layout, rim_width(scene.layout)
    outer, _ = rim_outlines(layout, column)
    left, right = (halves(layout, column, -width / 2, side) for side in (False, True))
    panel = shared_brush(scene.palette.panel)
    numbers = zip(of_shown(column, state.z), of_shown(column, state.a), strict=True)
    for k, (z, a) in enumerate(numbers):
        rim = shared_brush(rim_colour(scene, z, state.active, state.z_level))
        painter.fillPath(outer[k], rim)
        painter.fillPath(left[k], panel)
        painter.fillPath(right[k], shared_brush(ground_colour(scene, state, a)))
        x, y = column.where[column.shown[k]].tolist()
        painter.fillRect(QRectF(x - width / 2, y - layout.radius, width, 2 * layout.radius), rim)


def _write_halves(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    assert state.z is not None
    room, aside = scene.layout.half_width * 0.86, scene.layout.half_width * 0.48
    numbers = zip(column.shown, of_shown(column, state.z), of_shown(column, state.a), strict=True)
    for unit, z, a in numbers:
        x, y = column.where[unit].tolist()
        write_number(painter, scene, z, state.z_level, (x - aside, y), room, scene.palette.panel)
        write_number(painter, scene, a, state.a_level, (x + aside, y), room, ground_colour(scene, state, a))


def _paint_singles(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    """A narrow node shows Z until its activation takes its place."""
    assert state.z is not None
    outer, inner = rim_outlines(scene.layout, column)
    numbers = zip(of_shown(column, state.z), of_shown(column, state.a), strict=True)
    for k, (z, a) in enumerate(numbers):
        painter.fillPath(outer[k], shared_brush(rim_colour(scene, z, state.active, state.z_level)))
        painter.fillPath(inner[k], shared_brush(ground_colour(scene, state, a)))


def _write_singles(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    assert state.z is not None
    room = 2 * scene.layout.half_width * 0.94
    numbers = zip(column.shown, of_shown(column, state.z), of_shown(column, state.a), strict=True)
    for unit, z, a in numbers:
        x, y = column.where[unit].tolist()
        value, level = (a, state.a_level) if state.a_level > 0 else (z, state.z_level)
        write_number(painter, scene, value, level, (x, y), room, ground_colour(scene, state, a))


def _paint_gap(painter: QPainter, scene: Scene, column: Column) -> None:
    """An ellipsis that says how many units it hides."""
    assert column.gap is not None
    x, y = column.gap
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shared_brush(scene.palette.ink_faint))
    for step in (-1, 0, 1):
        painter.drawEllipse(QPointF(x - 14 + 6 * step, y), 1.7, 1.7)
    centred(painter, x + 18, y, f"{column.hidden} more", 10.5, scene.palette.ink_soft)
