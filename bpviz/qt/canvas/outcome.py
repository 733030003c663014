"""What stands to the right of the outputs: the targets, the gap to the prediction, and the cost."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from bpviz.explain.layout import Layout
from bpviz.explain.number import UNKNOWN, number
from bpviz.explain.phase import Kind
from bpviz.explain.symbol import Symbol, upright
from bpviz.qt.canvas.labels import caption_baseline
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.canvas.text import SetText, fitting, labelled, labelled_width, set_text, symbol_beside
from bpviz.qt.fonts import ui_font
from bpviz.qt.lettering import write_glyphs
from bpviz.qt.palette import mixed, shared_colour
from bpviz.qt.symbol_text import SetSymbol


def outcome_left(layout: Layout) -> float:
    """Where targets, gaps and cost begin."""
    return layout.columns[-1].x + layout.half_width + layout.reach - layout.radius + 14


def paint_outcome(painter: QPainter, scene: Scene) -> None:
    column = scene.layout.columns[-1]
    left = outcome_left(scene.layout)
    if len(column.where) == 1:
        _paint_one(painter, scene, left, float(column.where[0, 1]))
        return
    size = 11.0 if scene.layout.radius > 9 else 9.0
    target = symbol_beside(scene.names.target(), size)
    for unit in column.shown:
        y = float(column.where[unit, 1])
        text = fitting(float(scene.frame.target[unit]), 40, size)
        _paint_target(painter, scene, left, y + size * 0.36, target, text, size)
        after = left + labelled_width(target, text, size) + size
        _paint_name(painter, scene, unit, max(after, left + size * 4.6), y + size * 0.36, size)
        if scene.layout.detailed:
            gap = float(scene.frame.columns[-1].a[unit]) - float(scene.frame.target[unit])
            _paint_gap(painter, scene, gap, left, y + size * 1.8, size)
    cost = symbol_beside(scene.names.cost(), 12.0)
    _paint_told(painter, scene, left, caption_baseline(scene), cost, _cost(scene), 12.0)


def _paint_name(painter: QPainter, scene: Scene, unit: int, x: float, baseline: float, size: float) -> None:
    """The class that an output stands for, as far as there is room."""
    if scene.output_names:
        name = _elided(scene.output_names[unit], round(size), int(scene.layout.width - x - 6))
        painter.setPen(shared_colour(scene.palette.ink_faint))
        write_glyphs(painter, x, baseline, name.letters)


@lru_cache(maxsize=1024)
def _elided(name: str, size: int, room: int) -> SetText:
    font = ui_font(size)
    return set_text(QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideRight, room), font)


def _paint_one(painter: QPainter, scene: Scene, left: float, y: float) -> None:
    """y over the gap over C, between two short rules."""
    size = 11.0 if scene.layout.chain or scene.layout.radius < 20 else 13.0
    painter.setPen(QPen(shared_colour(scene.palette.line), 1.0))
    painter.drawLine(QPointF(left - 10, y), QPointF(left - 3, y))
    prediction, wanted = float(scene.frame.columns[-1].a[0]), float(scene.frame.target[0])
    target, cost = (symbol_beside(symbol, size) for symbol in (scene.names.target(), scene.names.cost()))
    _paint_target(painter, scene, left, y - size * 1.35, target, number(wanted), size)
    _paint_gap(painter, scene, prediction - wanted, left, y + size * 0.36, size)
    _paint_told(painter, scene, left, y + size * 2.1, cost, _cost(scene), size)


def _paint_gap(painter: QPainter, scene: Scene, gap: float, x: float, baseline: float, size: float) -> None:
    """ŷ − y, once the cost is told."""
    output = scene.names.activation(len(scene.frame.edges) - 1)
    symbol = symbol_beside(Symbol((*output.runs, *upright(" − ").runs, *scene.names.target().runs)), size)
    room = scene.layout.width - x - labelled_width(symbol, "", size) - 6
    told = fitting(gap, room, size) if scene.frame.cost_level > 0 else UNKNOWN
    _paint_told(painter, scene, x, baseline, symbol, told, size)


def _cost(scene: Scene) -> str:
    return number(scene.frame.cost) if scene.frame.cost_level > 0 else UNKNOWN


def _paint_target(
    painter: QPainter, scene: Scene, x: float, baseline: float, symbol: SetSymbol, text: str, size: float
) -> None:
    """Known from the beginning."""
    ink = scene.palette.ink_faint if text == UNKNOWN else scene.palette.ink
    labelled(painter, x, baseline, symbol, text, size, (scene.palette.ink_soft, ink), 600)


def _paint_told(
    painter: QPainter, scene: Scene, x: float, baseline: float, symbol: SetSymbol, text: str, size: float
) -> None:
    """What the phase of the cost tells: as far as it has come."""
    ink = scene.palette.ink_faint
    if text != UNKNOWN:
        ink = mixed(scene.palette.canvas, scene.palette.ink, scene.frame.cost_level)
    lit = scene.frame.phase.kind is Kind.COST
    labelled(painter, x, baseline, symbol, text, size, (scene.palette.ink_soft, ink), 600 if lit else 500)
