"""What nodes are filled, framed and written with."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QPainter

from bpviz.engine.arrays import Array
from bpviz.explain.frame import ColumnFrame
from bpviz.explain.layout import Column, Layout
from bpviz.explain.number import UNKNOWN
from bpviz.qt.canvas.scene import DIMMED, Scene
from bpviz.qt.canvas.shapes import Outlines, stadiums
from bpviz.qt.canvas.text import centred, fitting, number_width
from bpviz.qt.palette import Palette, ink_on, mixed, value_hex

HALVES = 24.0     # half-width from which both numbers fit side by side
_SHADES = 255     # a colour has no more steps
_SQUEEZE = 1.15   # a number is set so much smaller before it loses a digit
_QUIET = 0.6      # of its contrast keeps the outline of what is not computed yet


def number_size(layout: Layout) -> float:
    """Size of the numbers on nodes, one for the whole picture."""
    if layout.mapped:
        return min(20.0, max(9.0, layout.beside * 0.26))
    if layout.half_width >= HALVES:
        return min(20.0, max(9.0, layout.half_width * 0.265))
    return min(11.0, max(9.0, layout.half_width * 0.5))


def rim_width(layout: Layout) -> float:
    return max(1.2, min(3.0, layout.radius * 0.07))


def rim_outlines(layout: Layout, column: Column) -> tuple[Outlines, Outlines]:
    half = rim_width(layout) / 2
    return stadiums(layout, column, half), stadiums(layout, column, -half)


def of_shown(column: Column, array: Array) -> list[float]:
    """The numbers of the units that are shown."""
    shown: list[float] = array[list(column.shown)].tolist()
    return shown


def rim_colour(scene: Scene, value: float, active: bool, level: float) -> str:
    """The outline of a node, as far as its number has come."""
    shade, there = _shade(value, scene.frame.scales.value), round(level * _SHADES)
    sign = (value > 0) - (value != 0 and not value > 0)
    return _rim_colour(scene.palette, sign, shade, active, there)


def ground_colour(scene: Scene, state: ColumnFrame, a: float) -> str:
    """What an activation is written on: its own colour, as far as it has come."""
    return scaled_ground(scene, state, a, scene.frame.scales.value)


def scaled_ground(scene: Scene, state: ColumnFrame, a: float, largest: float) -> str:
    """The same on a scale of its own."""
    lit = state.active or state.e_level > 0
    return _ground_colour(scene.palette, a > 0, _shade(a, largest), lit, round(state.a_level * _SHADES))


def write_number(
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
