"""Paints nodes: a left half for Z, a right half for the activation, a ring for the layer error."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from bpviz.engine.arrays import Array
from bpviz.explain.address import INPUT, Node
from bpviz.explain.frame import ColumnFrame
from bpviz.explain.layout import Column, Layout
from bpviz.explain.number import UNKNOWN
from bpviz.qt.canvas.image import paint_image
from bpviz.qt.canvas.scene import DIMMED, Scene
from bpviz.qt.canvas.shapes import Outlines, halves, rings, stadiums
from bpviz.qt.canvas.text import centred, fitting, number_width
from bpviz.qt.palette import Palette, error_hex, ink_on, mixed, shared_brush, shared_colour, value_hex

_HALVES = 24.0    # half-width from which both numbers fit side by side
_SHADES = 255     # a colour has no more steps
_SQUEEZE = 1.15   # a number is set so much smaller before it loses a digit
_QUIET = 0.6      # of its contrast keeps the outline of what is not computed yet
_NUMBERS = 7.0    # radius from which a node carries a number
_FAINTEST = 0.25  # a small error keeps so much of its colour: its size stands in the number


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
            paint_image(painter, scene, column, state)
        else:
            _paint_column(painter, scene, column, state, numbers and scene.layout.radius >= _NUMBERS)


def _paint_column(
    painter: QPainter, scene: Scene, column: Column, state: ColumnFrame, numbers: bool
) -> None:
    """Everything of one kind after the other: units of a layer do not touch."""
    _paint_halos(painter, scene, column)
    _paint_rings(painter, scene, column, state)
    if column.layer == INPUT:
        shape, write = _paint_inputs, _write_inputs
    elif scene.layout.half_width >= _HALVES:
        shape, write = _paint_halves, _write_halves
    else:
        shape, write = _paint_singles, _write_singles
    shape(painter, scene, column, state)
    if numbers:
        write(painter, scene, column, state)
    if column.gap is not None:
        _paint_gap(painter, scene, column)


def _of_shown(column: Column, array: Array) -> list[float]:
    """The numbers of the units that are shown."""
    shown: list[float] = array[list(column.shown)].tolist()
    return shown


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
        for outline, delta in zip(outlines, _of_shown(column, state.delta), strict=True):
            if delta:
                painter.fillPath(outline, shared_brush(_ring_colour(scene, state, delta)))
    for unit, slope in zip(column.shown, _of_shown(column, state.slope), strict=True):
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
    outer, inner = _rim_outlines(scene.layout, column)
    panel = shared_brush(scene.palette.panel)
    for k, a in enumerate(_of_shown(column, state.a)):
        painter.fillPath(outer[k], shared_brush(_rim(scene, a, state.active, state.a_level)))
        painter.fillPath(inner[k], panel)


def _write_inputs(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    room = 2 * scene.layout.half_width * 0.9
    for unit, a in zip(column.shown, _of_shown(column, state.a), strict=True):
        x, y = column.where[unit].tolist()
        _write(painter, scene, a, state.a_level, (x, y), room, scene.palette.panel)


def _paint_halves(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    assert state.z is not None
    layout, width = scene.layout, _rim_width(scene.layout)
    outer, _ = _rim_outlines(layout, column)
    left, right = (halves(layout, column, -width / 2, side) for side in (False, True))
    panel = shared_brush(scene.palette.panel)
    numbers = zip(_of_shown(column, state.z), _of_shown(column, state.a), strict=True)
    for k, (z, a) in enumerate(numbers):
        rim = shared_brush(_rim(scene, z, state.active, state.z_level))
        painter.fillPath(outer[k], rim)
        painter.fillPath(left[k], panel)
        painter.fillPath(right[k], shared_brush(_ground(scene, state, a)))
        x, y = column.where[column.shown[k]].tolist()
        painter.fillRect(QRectF(x - width / 2, y - layout.radius, width, 2 * layout.radius), rim)


def _write_halves(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    assert state.z is not None
    room, aside = scene.layout.half_width * 0.86, scene.layout.half_width * 0.48
    numbers = zip(column.shown, _of_shown(column, state.z), _of_shown(column, state.a), strict=True)
    for unit, z, a in numbers:
        x, y = column.where[unit].tolist()
        _write(painter, scene, z, state.z_level, (x - aside, y), room, scene.palette.panel)
        _write(painter, scene, a, state.a_level, (x + aside, y), room, _ground(scene, state, a))


def _paint_singles(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    """A narrow node shows Z until its activation takes its place."""
    assert state.z is not None
    outer, inner = _rim_outlines(scene.layout, column)
    numbers = zip(_of_shown(column, state.z), _of_shown(column, state.a), strict=True)
    for k, (z, a) in enumerate(numbers):
        painter.fillPath(outer[k], shared_brush(_rim(scene, z, state.active, state.z_level)))
        painter.fillPath(inner[k], shared_brush(_ground(scene, state, a)))


def _write_singles(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    assert state.z is not None
    room = 2 * scene.layout.half_width * 0.94
    numbers = zip(column.shown, _of_shown(column, state.z), _of_shown(column, state.a), strict=True)
    for unit, z, a in numbers:
        x, y = column.where[unit].tolist()
        value, level = (a, state.a_level) if state.a_level > 0 else (z, state.z_level)
        _write(painter, scene, value, level, (x, y), room, _ground(scene, state, a))


def _rim_outlines(layout: Layout, column: Column) -> tuple[Outlines, Outlines]:
    half = _rim_width(layout) / 2
    return stadiums(layout, column, half), stadiums(layout, column, -half)


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


def _paint_gap(painter: QPainter, scene: Scene, column: Column) -> None:
    """An ellipsis that says how many units it hides."""
    assert column.gap is not None
    x, y = column.gap
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shared_brush(scene.palette.ink_faint))
    for step in (-1, 0, 1):
        painter.drawEllipse(QPointF(x - 14 + 6 * step, y), 1.7, 1.7)
    centred(painter, x + 18, y, f"{column.hidden} more", 10.5, scene.palette.ink_soft)


def _rim(scene: Scene, value: float, active: bool, level: float) -> str:
    """The outline of a node, as far as its number has come."""
    shade, there = _shade(value, scene.frame.scales.value), round(level * _SHADES)
    sign = (value > 0) - (value != 0 and not value > 0)
    return _rim_colour(scene.palette, sign, shade, active, there)


def _rim_width(layout: Layout) -> float:
    return max(1.2, min(3.0, layout.radius * 0.07))


# -- made once ----------------------------------------------------------------------------------


def _shade(value: float, largest: float) -> int:
    """How full the colour of a value is, in steps that no eye tells apart."""
    return 0 if value != value else round(min(1.0, abs(value) / largest) * _SHADES)


@lru_cache(maxsize=8192)
def _rim_colour(palette: Palette, sign: int, shade: int, active: bool, there: int) -> str:
    """A quiet outline until the number comes; then a readable tint however small the value."""
    colour = palette.line
    if sign:
        full = palette.value_positive if sign > 0 else palette.value_negative
        colour = mixed(_value_name(palette, sign > 0, shade), full, 0.6)
    if not active:
        colour = mixed(palette.canvas, colour, DIMMED)
    quiet = mixed(palette.canvas, palette.line, _QUIET)
    return mixed(quiet, colour, there / _SHADES)


@lru_cache(maxsize=8192)
def _ground_colour(palette: Palette, positive: bool, shade: int, lit: bool, there: int) -> str:
    fill = _value_name(palette, positive, shade)
    if not lit:
        fill = mixed(palette.canvas, fill, DIMMED)
    return mixed(palette.panel, fill, there / _SHADES)


def _value_name(palette: Palette, positive: bool, shade: int) -> str:
    return value_hex(palette, shade if positive else -shade, _SHADES)


@lru_cache(maxsize=8192)
def _ink(palette: Palette, ground: str, there: int) -> str:
    """What is written on a ground, as far as it has come."""
    ink = palette.ink if ground == palette.panel else ink_on(palette, ground).name()
    return mixed(ground, ink, there / _SHADES)
