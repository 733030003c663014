"""What stands to the right of the outputs: the targets, the gap to the prediction, and the cost."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from bpviz.explain.number import UNKNOWN, number
from bpviz.explain.phase import Kind
from bpviz.explain.symbol import Symbol, upright
from bpviz.qt.canvas.labels import caption_baseline
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.canvas.text import fitting, labelled, labelled_width
from bpviz.qt.fonts import ui_font
from bpviz.qt.lettering import write
from bpviz.qt.palette import blend


def paint_outcome(painter: QPainter, scene: Scene) -> None:
    column = scene.layout.columns[-1]
    left = column.x + scene.layout.half_width + scene.layout.reach - scene.layout.radius + 14
    if len(column.where) == 1:
        _paint_one(painter, scene, left, float(column.where[0, 1]))
        return
    for unit in column.shown:
        y = float(column.where[unit, 1])
        size = 11.0 if scene.layout.radius > 9 else 9.0
        text = fitting(float(scene.frame.target[unit]), 40, size)
        _line(painter, scene, left, y + size * 0.36, scene.names.target(), text, size, True)
        after = left + labelled_width(scene.names.target(), text, size) + size
        _paint_name(painter, scene, unit, max(after, left + size * 4.6), y + size * 0.36, size)
        if scene.layout.detailed:
            gap = float(scene.frame.columns[-1].a[unit]) - float(scene.frame.target[unit])
            _paint_gap(painter, scene, gap, left, y + size * 1.8, size)
    base = caption_baseline(scene)
    _line(painter, scene, left, base, scene.names.cost(), _cost(scene), 12.0, _telling(scene))


def _paint_name(painter: QPainter, scene: Scene, unit: int, x: float, baseline: float, size: float) -> None:
    """The class that an output stands for, as far as there is room."""
    if scene.output_names:
        painter.setFont(ui_font(size))
        painter.setPen(QColor(scene.palette.ink_faint))
        room = int(scene.layout.width - x - 6)
        name = QFontMetricsF(ui_font(size)).elidedText(
            scene.output_names[unit], Qt.TextElideMode.ElideRight, room
        )
        write(painter, QPointF(x, baseline), name)


def _paint_one(painter: QPainter, scene: Scene, left: float, y: float) -> None:
    """y over the gap over C, between two short rules."""
    size = 11.0 if scene.layout.chain or scene.layout.radius < 20 else 13.0
    painter.setPen(QPen(QColor(scene.palette.line), 1.0))
    painter.drawLine(QPointF(left - 10, y), QPointF(left - 3, y))
    prediction, target = float(scene.frame.columns[-1].a[0]), float(scene.frame.target[0])
    _line(painter, scene, left, y - size * 1.35, scene.names.target(), number(target), size, True)
    _paint_gap(painter, scene, prediction - target, left, y + size * 0.36, size)
    _line(painter, scene, left, y + size * 2.1, scene.names.cost(), _cost(scene), size, _telling(scene))


def _paint_gap(painter: QPainter, scene: Scene, gap: float, x: float, baseline: float, size: float) -> None:
    """ŷ − y, once the cost is told."""
    output = scene.names.activation(len(scene.frame.edges) - 1)
    symbol = Symbol((*output.runs, *upright(" − ").runs, *scene.names.target().runs))
    room = scene.layout.width - x - labelled_width(symbol, "", size) - 6
    told = fitting(gap, room, size) if scene.frame.cost_level > 0 else UNKNOWN
    _line(painter, scene, x, baseline, symbol, told, size, _telling(scene))


def _telling(scene: Scene) -> bool:
    return scene.frame.phase.kind is Kind.COST


def _cost(scene: Scene) -> str:
    return number(scene.frame.cost) if scene.frame.cost_level > 0 else UNKNOWN


def _line(
    painter: QPainter,
    scene: Scene,
    x: float,
    baseline: float,
    symbol: Symbol,
    text: str,
    size: float,
    lit: bool,
) -> None:
    ink = scene.palette.ink_faint if text == UNKNOWN else scene.palette.ink
    if text != UNKNOWN and symbol != scene.names.target() and scene.frame.cost_level < 1:
        ink = blend(scene.palette.canvas, ink, scene.frame.cost_level).name()
    soft = scene.palette.ink_soft
    labelled(painter, x, baseline, symbol, text, size, (soft, ink), 600 if lit else 500)
