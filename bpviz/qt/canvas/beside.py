"""Writes a unit's bias and layer error beside it, where there is room for them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtGui import QColor, QPainter

from bpviz.explain.frame import ColumnFrame
from bpviz.explain.layout import Column
from bpviz.explain.number import UNKNOWN, number
from bpviz.explain.phase import Kind
from bpviz.explain.symbol import Symbol
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.canvas.text import centred, fitting, labelled, labelled_centred, labelled_width
from bpviz.qt.palette import blend, error_ink, value_ink
from bpviz.qt.symbol_text import draw_symbol

_NUMBER = 10.5
_SMALL = 9.0     # where rows stand close
_LARGE = 13.0    # the error of a layer's only unit
_APART = 4.0     # between a bias and an error on one line
_OVERHANG = 8.0  # a close row's numbers reach so far beyond their node


@dataclass(frozen=True, slots=True)
class _Label:
    """A symbol and its number, with both colours."""

    symbol: Symbol
    text: str
    size: float
    inks: tuple[QColor | str, QColor | str]


def paint_beside(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame, unit: int) -> None:
    """In a chain numbers alone; else the error above and the bias below, or both on one line below."""
    x, y = (float(v) for v in column.where[unit])
    layout = scene.layout
    if layout.chain:
        _paint_in_chain(painter, scene, column, state, unit, (x, y))
        return
    bias, error = _bias(scene, column, state, unit), _error(scene, column, state, unit)
    if layout.roomy:
        if bias is not None:
            _centre(painter, bias, x, y + layout.reach + 13)
        if error is not None:
            _centre(painter, error, x, y - layout.reach - 10)
        return
    line, side = y + layout.reach + 8.5, layout.half_width + _OVERHANG
    bias, error = _sharing(bias, error, 2 * side - _APART)
    if bias is not None:
        labelled(painter, x - side, line, bias.symbol, bias.text, bias.size, bias.inks)
    if error is not None:
        left = x + side - labelled_width(error.symbol, error.text, error.size)
        labelled(painter, left, line, error.symbol, error.text, error.size, error.inks)


def _sharing(bias: _Label | None, error: _Label | None, room: float) -> tuple[_Label | None, _Label | None]:
    """Both on one line, smaller where they would touch."""
    if bias is None or error is None:
        return bias, error
    wide = sum(labelled_width(label.symbol, label.text, label.size) for label in (bias, error))
    share = min(1.0, room / wide)
    return replace(bias, size=bias.size * share), replace(error, size=error.size * share)


def _centre(painter: QPainter, label: _Label, x: float, baseline: float) -> None:
    labelled_centred(painter, x, baseline, label.symbol, label.text, label.size, label.inks)


def _bias(scene: Scene, column: Column, state: ColumnFrame, unit: int) -> _Label | None:
    if state.bias is None:
        return None
    value = float(state.bias[unit])
    ink = value_ink(scene.palette, value) if scene.frame.phase.kind is Kind.UPDATE else scene.palette.ink
    symbol = scene.names.bias(column.layer)
    return _fitted(scene, symbol, value, number(value), _NUMBER, (scene.palette.ink_soft, ink))


def _error(scene: Scene, column: Column, state: ColumnFrame, unit: int) -> _Label | None:
    if state.delta is None or not backward_begun(scene):
        return None
    delta = float(state.delta[unit])
    text, ink = unknown_until(scene, delta, state.e_level)
    symbol_ink = ink if text != UNKNOWN else QColor(scene.palette.ink_faint)
    size = _LARGE if len(column.shown) == 1 else _NUMBER
    return _fitted(scene, scene.names.error(column.layer), delta, text, size, (symbol_ink, ink))


def _fitted(
    scene: Scene,
    symbol: Symbol,
    value: float,
    text: str,
    size: float,
    inks: tuple[QColor | str, QColor | str],
) -> _Label:
    """As it is where there is room; small, without its index and in few digits where rows stand close."""
    if scene.layout.roomy:
        return _Label(symbol, text, size, inks)
    letter = Symbol(symbol.runs[:1])
    if text != UNKNOWN:
        room = scene.layout.half_width + _OVERHANG - 2.0 - labelled_width(letter, "", _SMALL)
        text = fitting(value, room, _SMALL)
    return _Label(letter, text, _SMALL, inks)


def _paint_in_chain(
    painter: QPainter, scene: Scene, column: Column, state: ColumnFrame, unit: int, at: tuple[float, float]
) -> None:
    """The error above, the bias below."""
    reach = scene.layout.reach
    room = scene.layout.columns[1].x - scene.layout.columns[0].x - 4
    if state.bias is not None:
        text = fitting(float(state.bias[unit]), room, _NUMBER)
        centred(painter, at[0], at[1] + reach + 8, text, _NUMBER, scene.palette.ink_soft, 500)
    if state.delta is not None and backward_begun(scene):
        delta = float(state.delta[unit])
        text, ink = unknown_until(scene, delta, state.e_level)
        text = text if text == UNKNOWN else fitting(delta, room, _NUMBER)
        centred(painter, at[0], at[1] - reach - 10, text, _NUMBER, ink, 600)
        if column.layer == 0:
            symbol = Symbol(scene.names.error(0).runs[:1])
            draw_symbol(painter, 8, at[1] - reach - 6, symbol, 13, scene.palette.ink_soft)


def backward_begun(scene: Scene) -> bool:
    """Dashes for errors and gradients stand only where they are about to be computed."""
    return scene.frame.phase.kind not in (Kind.GIVEN, Kind.SUM, Kind.ACTIVATE)


def unknown_until(scene: Scene, value: float, level: float) -> tuple[str, QColor]:
    if level <= 0:
        return UNKNOWN, QColor(scene.palette.ink_faint)
    return number(value), blend(scene.palette.canvas, error_ink(scene.palette, value), level)
