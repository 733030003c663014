"""Writes each unit's bias and layer error beside it, where there is room for them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtGui import QPainter

from bpviz.explain.frame import ColumnFrame
from bpviz.explain.layout import Column, Layout
from bpviz.explain.number import UNKNOWN, number
from bpviz.explain.phase import Kind
from bpviz.explain.symbol import Symbol
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.canvas.text import centred, fitting, labelled, labelled_width, symbol_beside
from bpviz.qt.palette import error_ink, mixed, value_ink
from bpviz.qt.symbol_text import SetSymbol, draw_symbol

_NUMBER = 10.5
_SMALL = 9.0     # where rows stand close
_LARGE = 13.0    # the error of a layer's only unit
_APART = 4.0     # between a bias and an error on one line
_OVERHANG = 8.0  # a close row's numbers reach so far beyond their node
_BELOW, _BELOW_CARD = 8.5, 10.5  # their baseline below its ring; a rectangle has no round corners to give way


@dataclass(frozen=True, slots=True, eq=False)
class _Label:
    """A number with its symbol, and with both inks."""

    symbol: Symbol
    made: SetSymbol
    text: str
    size: float
    inks: tuple[str, str]

    @property
    def width(self) -> float:
        return labelled_width(self.made, self.text, self.size)

    def scaled(self, share: float) -> _Label:
        size = self.size * share
        return replace(self, made=symbol_beside(self.symbol, size), size=size)

    def draw(self, painter: QPainter, x: float, baseline: float) -> None:
        labelled(painter, x, baseline, self.made, self.text, self.size, self.inks)


def paint_beside(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    """In a chain numbers alone; else the error above and the bias below, or both on one line below."""
    if scene.layout.chain:
        _paint_in_chain(painter, scene, column, state)
        return
    biases, errors = _biases(scene, column, state), _errors(scene, column, state)
    for unit, bias, error in zip(column.shown, biases, errors, strict=True):
        x, y = column.where[unit].tolist()
        if not scene.layout.roomy:
            _paint_on_one_line(painter, scene, bias, error, x, y)
            continue
        if bias is not None:
            bias.draw(painter, x - bias.width / 2, y + scene.layout.reach + 13)
        if error is not None:
            error.draw(painter, x - error.width / 2, y - scene.layout.reach - 10)


def _paint_on_one_line(
    painter: QPainter, scene: Scene, bias: _Label | None, error: _Label | None, x: float, y: float
) -> None:
    """Both smaller where they would touch."""
    line = y + scene.layout.reach + (_BELOW_CARD if scene.layout.mapped else _BELOW)
    side = scene.layout.half_width + _overhang(scene.layout)
    if bias is not None and error is not None:
        share = (2 * side - _APART) / (bias.width + error.width)
        if share < 1.0:
            bias, error = bias.scaled(share), error.scaled(share)
    if bias is not None:
        bias.draw(painter, x - side, line)
    if error is not None:
        error.draw(painter, x + side - error.width, line)


def _overhang(layout: Layout) -> float:
    """As far as a card's ring."""
    return layout.reach - layout.radius if layout.mapped else _OVERHANG


def _biases(scene: Scene, column: Column, state: ColumnFrame) -> list[_Label | None]:
    if state.bias is None:
        return [None] * len(column.shown)
    told = _Telling(scene, scene.names.bias(column.layer), _NUMBER)
    soft, ink = scene.palette.ink_soft, scene.palette.ink
    moving = scene.frame.phase.kind is Kind.UPDATE
    return [
        told.label(value, number(value), (soft, value_ink(scene.palette, value) if moving else ink))
        for value in state.bias[list(column.shown)].tolist()
    ]


def _errors(scene: Scene, column: Column, state: ColumnFrame) -> list[_Label | None]:
    if state.delta is None or not backward_begun(scene):
        return [None] * len(column.shown)
    told = _Telling(scene, scene.names.error(column.layer), _LARGE if len(column.shown) == 1 else _NUMBER)
    labels: list[_Label | None] = []
    for delta in state.delta[list(column.shown)].tolist():
        text, ink = unknown_until(scene, delta, state.e_level)
        labels.append(told.label(delta, text, (ink, ink)))
    return labels


class _Telling:
    """How one column's numbers of one kind are told.

    In full where there is room; small, without the symbol's index and in few digits where rows stand close.
    """

    def __init__(self, scene: Scene, symbol: Symbol, size: float) -> None:
        self._close = not scene.layout.roomy
        self._symbol = Symbol(symbol.runs[:1]) if self._close else symbol
        self._size = _SMALL if self._close else size
        self._made = symbol_beside(self._symbol, self._size)
        room = scene.layout.half_width + _overhang(scene.layout) - 2.0
        self._room = room - labelled_width(self._made, "", self._size)

    def label(self, value: float, text: str, inks: tuple[str, str]) -> _Label:
        if self._close and text != UNKNOWN:
            text = fitting(value, self._room, self._size)
        return _Label(self._symbol, self._made, text, self._size, inks)


def _paint_in_chain(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    """The error above, the bias below."""
    layout = scene.layout
    room = layout.columns[1].x - layout.columns[0].x - 4
    places = column.where[list(column.shown)].tolist()
    if state.bias is not None:
        for (x, y), bias in zip(places, state.bias[list(column.shown)].tolist(), strict=True):
            text = fitting(bias, room, _NUMBER)
            centred(painter, x, y + layout.reach + 8, text, _NUMBER, scene.palette.ink_soft)
    if state.delta is None or not backward_begun(scene):
        return
    letter = Symbol(scene.names.error(column.layer).runs[:1])
    for (x, y), delta in zip(places, state.delta[list(column.shown)].tolist(), strict=True):
        text, ink = unknown_until(scene, delta, state.e_level)
        text = text if text == UNKNOWN else fitting(delta, room, _NUMBER)
        centred(painter, x, y - layout.reach - 10, text, _NUMBER, ink, 600)
        if column.layer == 0:
            draw_symbol(painter, 8, y - layout.reach - 6, letter, 13, scene.palette.ink_soft)


def backward_begun(scene: Scene) -> bool:
    """Dashes for errors and gradients stand only where they are about to be computed."""
    return scene.frame.phase.kind not in (Kind.GIVEN, Kind.SUM, Kind.ACTIVATE)


def unknown_until(scene: Scene, value: float, level: float) -> tuple[str, str]:
    """A dash until the number comes, and its ink as far as it has come."""
    if level <= 0:
        return UNKNOWN, scene.palette.ink_faint
    return number(value), mixed(scene.palette.canvas, error_ink(scene.palette, value), level)
