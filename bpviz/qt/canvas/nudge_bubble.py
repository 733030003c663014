"""The box beside a weight that is being changed: what that was to do to the cost, and what it did."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTransform

from bpviz.explain.address import Address, Edge
from bpviz.explain.nudge import Nudge, forgotten_words, nudge_words
from bpviz.explain.number import number, signed
from bpviz.explain.symbol import Names, Symbol, upright
from bpviz.qt.canvas.bubble import beside, occupied
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.canvas.text import number_width
from bpviz.qt.fonts import number_font, ui_font
from bpviz.qt.palette import value_ink
from bpviz.qt.symbol_text import draw_symbol, symbol_width

_SIZE = 12.0
_SYMBOL = 14.0
_SMALL = 11.0
_LINE = 18.0
_PAD = 10.0
_BETWEEN = 24.0
_EDGE = 6.0


@dataclass(frozen=True, slots=True)
class _Row:
    symbol: Symbol
    text: str
    ink: str


def paint_nudge(
    painter: QPainter, scene: Scene, address: Address, made: Nudge, forgotten: int | None, where: QTransform,
    area: QRectF,
) -> None:
    """forgotten: the step after which the others were dropped, if there were any."""
    rows, words = _rows(scene, address, made), _words(made, forgotten)
    box = _placed(where.mapRect(occupied(scene, address)), _size(rows, words), area)
    palette = scene.palette
    painter.setPen(QPen(QColor(palette.accent), 1.0))
    painter.setBrush(QColor(palette.panel))
    painter.drawRoundedRect(box, 7, 7)
    baseline = box.top() + _PAD + _SIZE * 0.86
    for row in rows:
        draw_symbol(painter, box.left() + _PAD, baseline, row.symbol, _SYMBOL, palette.ink_soft)
        painter.setFont(number_font(_SIZE, 600))
        painter.setPen(QColor(row.ink))
        painter.drawText(QPointF(box.right() - _PAD - number_width(row.text, _SIZE), baseline), row.text)
        baseline += _LINE
    painter.setFont(ui_font(_SMALL))
    painter.setPen(QColor(palette.ink_soft))
    for line in words:
        painter.drawText(QPointF(box.left() + _PAD, baseline), line)
        baseline += _LINE - 2


def _symbols(names: Names, address: Address) -> tuple[Symbol, Symbol, Symbol]:
    """Δw, C'(w) Δw, and ΔC."""
    edge, k = isinstance(address, Edge), address.layer
    change = upright("Δ") + (names.weight(k) if edge else names.bias(k))
    gradient = names.gradient(k) if edge else names.bias_gradient(k)
    return change, gradient + upright(" · ") + change, upright("Δ") + names.cost()


def _rows(scene: Scene, address: Address, made: Nudge) -> list[_Row]:
    change, predicted, actual = _symbols(scene.names, address)
    ink = scene.palette.ink
    name = scene.names.weight if isinstance(address, Edge) else scene.names.bias
    value = _Row(name(address.layer), number(made.after), value_ink(scene.palette, made.after))
    written = scene.layout.detailed if isinstance(address, Edge) else scene.layout.lined
    return [
        *([] if written else [value]),  # else it is written beside the edge or the unit
        _Row(change, signed(made.change), ink),
        _Row(predicted, signed(made.predicted), ink),
        _Row(actual, signed(made.actual), ink),
    ]


def _words(made: Nudge, forgotten: int | None) -> list[str]:
    told = nudge_words(made)
    lines = [told[0].upper() + told[1:] + "."] if told else []
    return lines if forgotten is None else [*lines, forgotten_words(forgotten)]


def _placed(taken: QRectF, size: tuple[float, float], area: QRectF) -> QRectF:
    """Below, or else at the upper edge: there it covers least of what changes along."""
    box = beside(taken, size, area)
    if box.top() < taken.top():
        box.moveTop(area.top() + _EDGE)
    return box


def _size(rows: list[_Row], words: list[str]) -> tuple[float, float]:
    wide = max(symbol_width(row.symbol, _SYMBOL) + _BETWEEN + number_width(row.text, _SIZE) for row in rows)
    metrics = QFontMetricsF(ui_font(_SMALL))
    wide = max([wide, *(metrics.horizontalAdvance(line) for line in words)])
    return wide + 2 * _PAD, 2 * _PAD + _SIZE + _LINE * (len(rows) - 1) + (_LINE - 2) * len(words)
