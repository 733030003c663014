"""Paints nodes: a left half for Z, a right half for the activation, a ring for the layer error."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from bpviz.explain.address import INPUT, Node
from bpviz.explain.frame import ColumnFrame
from bpviz.explain.layout import Column, Layout
from bpviz.explain.number import UNKNOWN
from bpviz.qt.canvas.scene import DIMMED, Scene
from bpviz.qt.canvas.text import centred, fitting, number_width
from bpviz.qt.palette import Palette, blend, error_colour, ink_on, value_colour

_HALVES = 24.0    # half-width from which both numbers fit side by side
_SHADES = 255     # a colour has no more steps
_SQUEEZE = 1.15  # a number is set so much smaller before it loses a digit
_QUIET = 0.6      # of its contrast keeps the outline of what is not computed yet
_NUMBERS = 7.0    # radius from which a node carries a number


def number_size(layout: Layout) -> float:
    """Size of the numbers on nodes, one for the whole picture."""
    if layout.half_width >= _HALVES:
        return min(20.0, max(9.0, layout.half_width * 0.265))
    return min(11.0, max(9.0, layout.half_width * 0.5))


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
            _paint_image(painter, scene, column, state)
            continue
        for unit in column.shown:
            _paint_node(painter, scene, column, state, unit, numbers)
        if column.gap is not None:
            _paint_gap(painter, scene, column)


def _paint_node(
    painter: QPainter, scene: Scene, column: Column, state: ColumnFrame, unit: int, numbers: bool
) -> None:
    x, y = (float(v) for v in column.where[unit])
    _paint_halo(painter, scene, Node(column.layer, unit), x, y)
    if state.delta is not None and state.e_told > 0:
        _paint_ring(painter, scene, state, unit, x, y)
    if column.layer == INPUT:
        shape, write = _paint_input, _write_input
    elif scene.layout.half_width >= _HALVES:
        shape, write = _paint_halves, _write_halves
    else:
        shape, write = _paint_single, _write_single
    shape(painter, scene, state, unit, x, y)
    if numbers and scene.layout.radius >= _NUMBERS:
        write(painter, scene, state, unit, x, y)


def _paint_halo(painter: QPainter, scene: Scene, node: Node, x: float, y: float) -> None:
    if scene.haloed(node):
        painter.setPen(QPen(QColor(scene.palette.accent), 3.0 if node == scene.selected else 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_stadium(scene.layout, x, y, scene.layout.reach - scene.layout.radius + 3.0))


def _paint_ring(painter: QPainter, scene: Scene, state: ColumnFrame, unit: int, x: float, y: float) -> None:
    assert state.delta is not None and state.slope is not None
    delta = float(state.delta[unit])
    colour = error_colour(scene.palette, delta, scene.frame.scales.error)
    if abs(delta) < 0.25 * scene.frame.scales.error and delta:
        # A small error keeps a visible tint: its size stands in the number.
        colour = error_colour(scene.palette, 0.25 if delta > 0 else -0.25, 1.0)
    width = ring_width(scene.layout)
    painter.setPen(QPen(scene.faded(scene.toned(colour, state.active), state.e_level), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if delta and state.e_level > 0:
        painter.drawPath(_stadium(scene.layout, x, y, _ring_grow(scene.layout)))
    if float(state.slope[unit]) == 0.0:
        _paint_stop(painter, scene, state, x, y)


def _paint_stop(painter: QPainter, scene: Scene, state: ColumnFrame, x: float, y: float) -> None:
    """A bar where the error arrives and goes no further: the slope is 0."""
    colour = scene.faded(scene.palette.ink_soft, min(1.0, state.e_told * 4))
    pen = QPen(colour, ring_width(scene.layout))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    at = x + scene.layout.half_width + _ring_grow(scene.layout)
    reach = scene.layout.radius * 0.5
    painter.drawLine(QPointF(at, y - reach), QPointF(at, y + reach))


def _paint_input(painter: QPainter, scene: Scene, state: ColumnFrame, unit: int, x: float, y: float) -> None:
    painter.setPen(_rim(scene, float(state.a[unit]), state.active, state.a_level))
    painter.setBrush(QColor(scene.palette.panel))
    painter.drawPath(_stadium(scene.layout, x, y, 0.0))


def _write_input(painter: QPainter, scene: Scene, state: ColumnFrame, unit: int, x: float, y: float) -> None:
    room = 2 * scene.layout.half_width * 0.9
    _write(painter, scene, float(state.a[unit]), state.a_level, (x, y), room, scene.palette.panel)


def _paint_halves(painter: QPainter, scene: Scene, state: ColumnFrame, unit: int, x: float, y: float) -> None:
    assert state.z is not None
    z, a = float(state.z[unit]), float(state.a[unit])
    layout, palette = scene.layout, scene.palette
    whole = _stadium(layout, x, y, 0.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.panel))
    painter.drawPath(whole)
    if state.a_level > 0:
        painter.setBrush(QColor(_ground(scene, state, a)))
        painter.drawPath(_right_half(layout, x, y))
    painter.setPen(_rim(scene, z, state.active, state.z_level))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(whole)
    painter.drawLine(QPointF(x, y - layout.radius), QPointF(x, y + layout.radius))


def _write_halves(painter: QPainter, scene: Scene, state: ColumnFrame, unit: int, x: float, y: float) -> None:
    assert state.z is not None
    z, a = float(state.z[unit]), float(state.a[unit])
    room, aside = scene.layout.half_width * 0.86, scene.layout.half_width * 0.48
    _write(painter, scene, z, state.z_level, (x - aside, y), room, scene.palette.panel)
    _write(painter, scene, a, state.a_level, (x + aside, y), room, _ground(scene, state, a))


def _paint_single(painter: QPainter, scene: Scene, state: ColumnFrame, unit: int, x: float, y: float) -> None:
    """A narrow node shows Z until its activation takes its place."""
    assert state.z is not None
    z, a = float(state.z[unit]), float(state.a[unit])
    painter.setPen(_rim(scene, z, state.active, state.z_level))
    painter.setBrush(QColor(_ground(scene, state, a)))
    painter.drawPath(_stadium(scene.layout, x, y, 0.0))


def _write_single(painter: QPainter, scene: Scene, state: ColumnFrame, unit: int, x: float, y: float) -> None:
    assert state.z is not None
    z, a = float(state.z[unit]), float(state.a[unit])
    value, level = (a, state.a_level) if state.a_level > 0 else (z, state.z_level)
    room = 2 * scene.layout.half_width * 0.94
    _write(painter, scene, value, level, (x, y), room, _ground(scene, state, a))


def _ground(scene: Scene, state: ColumnFrame, a: float) -> str:
    """What an activation is written on: its own colour, as far as it has come."""
    lit = state.active or state.e_level > 0
    shade = _shade(a, scene.frame.scales.value)
    return _ground_colour(scene.palette, a > 0, shade, lit, round(state.a_level * _SHADES))


def _write(
    painter: QPainter,
    scene: Scene,
    value: float,
    level: float,
    at: tuple[float, float],
    room: float,
    ground: str,
) -> None:
    size = number_size(scene.layout)
    if level <= 0:
        centred(painter, *at, UNKNOWN, size, scene.palette.ink_faint)
        return
    text = fitting(value, room * _SQUEEZE, size)
    size = max(7.0, min(size, size * room / number_width(text, size)))
    centred(painter, *at, text, size, _ink(scene.palette, ground, round(level * _SHADES)), 600)


def _paint_image(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    """Inputs as pixels: the ground for 0, full colour for the largest."""
    side = column.cell
    largest = float(abs(state.a).max()) or 1.0
    level = 0.15 + 0.85 * state.a_level
    painter.setPen(Qt.PenStyle.NoPen)
    for unit in column.shown:
        x, y = (float(v) for v in column.where[unit])
        value = float(state.a[unit])
        strong = scene.palette.ink if value >= 0 else scene.palette.value_negative
        painter.setBrush(blend(scene.palette.field, strong, 0.06 + 0.9 * level * abs(value) / largest))
        painter.drawRect(QRectF(x - side / 2 + 0.5, y - side / 2 + 0.5, side - 1.0, side - 1.0))
        if Node(column.layer, unit) in (scene.selected, scene.hovered):
            painter.setPen(QPen(QColor(scene.palette.accent), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(x - side / 2, y - side / 2, side, side))
            painter.setPen(Qt.PenStyle.NoPen)


def _paint_gap(painter: QPainter, scene: Scene, column: Column) -> None:
    """An ellipsis that says how many units it hides."""
    assert column.gap is not None
    x, y = column.gap
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(scene.palette.ink_faint))
    for step in (-1, 0, 1):
        painter.drawEllipse(QPointF(x - 14 + 6 * step, y), 1.7, 1.7)
    centred(painter, x + 18, y, f"{column.hidden} more", 10.5, scene.palette.ink_soft)


def _rim(scene: Scene, value: float, active: bool, level: float) -> QPen:
    """The outline of a node, as far as its number has come."""
    shade, there = _shade(value, scene.frame.scales.value), round(level * _SHADES)
    sign = (value > 0) - (value != 0 and not value > 0)
    return _rim_pen(scene.palette, sign, shade, active, there, _rim_width(scene.layout))


def _rim_width(layout: Layout) -> float:
    return max(1.2, min(3.0, layout.radius * 0.07))


def _stadium(layout: Layout, x: float, y: float, grow: float) -> QPainterPath:
    return _stadium_path(layout.half_width + grow, layout.radius + grow).translated(x, y)


def _right_half(layout: Layout, x: float, y: float) -> QPainterPath:
    return _right_half_path(layout.half_width, layout.radius).translated(x, y)


# -- made once ----------------------------------------------------------------------------------
# A frame asks for the same few pens, inks and shapes over and over; they are shared, and not changed.


def _shade(value: float, largest: float) -> int:
    """How full the colour of a value is, in steps that no eye tells apart."""
    return 0 if value != value else round(min(1.0, abs(value) / largest) * _SHADES)


@lru_cache(maxsize=8192)
def _rim_pen(palette: Palette, sign: int, shade: int, active: bool, there: int, width: float) -> QPen:
    """A quiet outline until the number comes; then a readable tint however small the value."""
    colour = palette.line
    if sign:
        full = palette.value_positive if sign > 0 else palette.value_negative
        colour = blend(_value_name(palette, sign > 0, shade), full, 0.6).name()
    if not active:
        colour = blend(palette.canvas, colour, DIMMED).name()
    quiet = blend(palette.canvas, palette.line, _QUIET).name()
    return QPen(blend(quiet, colour, there / _SHADES), width)


@lru_cache(maxsize=8192)
def _ground_colour(palette: Palette, positive: bool, shade: int, lit: bool, there: int) -> str:
    fill = _value_name(palette, positive, shade)
    if not lit:
        fill = blend(palette.canvas, fill, DIMMED).name()
    return blend(palette.panel, fill, there / _SHADES).name()


def _value_name(palette: Palette, positive: bool, shade: int) -> str:
    return value_colour(palette, shade if positive else -shade, _SHADES).name()


@lru_cache(maxsize=8192)
def _ink(palette: Palette, ground: str, there: int) -> QColor:
    """What is written on a ground, as far as it has come."""
    ink = palette.ink if ground == palette.panel else ink_on(palette, ground).name()
    return blend(ground, ink, there / _SHADES)


@lru_cache(maxsize=256)
def _stadium_path(half_width: float, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(-half_width, -radius, 2 * half_width, 2 * radius), radius, radius)
    return path


@lru_cache(maxsize=256)
def _right_half_path(a: float, r: float) -> QPainterPath:
    path = QPainterPath(QPointF(0, -r))
    path.lineTo(a - r, -r)
    path.arcTo(QRectF(a - 2 * r, -r, 2 * r, 2 * r), 90, -180)
    path.lineTo(0, r)
    path.closeSubpath()
    return path
