"""The box beside what the mouse is on: its name and its first numbers, live."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTransform

from bpviz.explain.address import INPUT, Address, Edge, Node, parameter_at
from bpviz.explain.number import number
from bpviz.explain.quantities import Quantity
from bpviz.explain.symbol import Symbol, renewed
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.canvas.text import number_width
from bpviz.qt.fonts import number_font, ui_font
from bpviz.qt.palette import Palette, error_ink, value_ink
from bpviz.qt.symbol_text import draw_symbol, symbol_width

SIZE = 12.0
LINE = 18.0
PAD = 10.0
AWAY = 8.0
_MOST_ROWS = 3


def paint_bubble(
    painter: QPainter,
    scene: Scene,
    address: Address,
    told: tuple[Quantity, ...],
    where: QTransform,
    area: QRectF,
) -> None:
    telling = _telling(scene, address)
    known = {row.symbol: row for row in told if row.value is not None}
    rows = [known[symbol] for symbol in telling if symbol in known][:_MOST_ROWS]
    title = title_of(scene, address)
    if scene.heat is not None and isinstance(address, Node):
        from bpviz.qt.canvas.heat_bubble import paint_heat_bubble  # most pictures have none

        paint_heat_bubble(painter, scene, address, title, rows, where, area)
        return
    size = _size(title, rows)
    box = beside(where.mapRect(occupied(scene, address)), size, area)
    palette = scene.palette
    painter.setPen(QPen(QColor(palette.panel_border), 1.0))
    painter.setBrush(QColor(palette.panel))
    painter.drawRoundedRect(box, 7, 7)
    paint_title(painter, palette, box, title)
    for i, row in enumerate(rows):
        paint_row(painter, scene, row, box, box.top() + PAD + SIZE * 0.9 + LINE * (i + 1))


def _telling(scene: Scene, address: Address) -> tuple[Symbol, ...]:
    """What is worth a glance; the rest is the inspector's."""
    names, layer = scene.names, address.layer
    if isinstance(address, Edge):
        return names.weight(layer), renewed(names.weight(layer)), names.gradient(layer)
    if layer == INPUT:
        return (names.activation(layer),)
    return names.weighted_input(layer), names.activation(layer), names.error(layer)


def title_of(scene: Scene, address: Address) -> str:
    """What the mouse is on, and whether training leaves it."""
    name = scene.names.node_name(address) if isinstance(address, Node) else scene.names.edge_name(address)
    frozen = parameter_at(address) in scene.frame.frozen
    what = ", bias frozen" if isinstance(address, Node) else ", frozen"
    return f"{name[0].upper()}{name[1:]}{what if frozen else ''}"


def paint_title(painter: QPainter, palette: Palette, box: QRectF, title: str) -> None:
    painter.setFont(ui_font(SIZE, 600))
    painter.setPen(QColor(palette.ink))
    painter.drawText(QPointF(box.left() + PAD, box.top() + PAD + SIZE * 0.86), title)


def row_width(row: Quantity) -> float:
    assert row.value is not None
    return symbol_width(row.symbol, SIZE + 2) + 24 + number_width(number(row.value), SIZE)


def paint_row(painter: QPainter, scene: Scene, row: Quantity, box: QRectF, baseline: float) -> None:
    assert row.value is not None
    palette = scene.palette
    draw_symbol(painter, box.left() + PAD, baseline, row.symbol, SIZE + 2, palette.ink_soft)
    text = number(row.value)
    ink = {"value": value_ink, "error": error_ink}.get(row.role)
    painter.setFont(number_font(SIZE, 600))
    painter.setPen(QColor(palette.ink if ink is None else ink(palette, row.value)))
    painter.drawText(QPointF(box.right() - PAD - number_width(text, SIZE), baseline), text)


def _size(title: str, rows: list[Quantity]) -> tuple[float, float]:
    wide = QFontMetricsF(ui_font(SIZE, 600)).horizontalAdvance(title)
    wide = max([wide, *map(row_width, rows)])
    return wide + 2 * PAD, 2 * PAD + SIZE + LINE * len(rows)


def occupied(scene: Scene, address: Address) -> QRectF:
    """What the box should not cover: the node or edge itself, with the numbers beside it."""
    layout = scene.layout
    if isinstance(address, Node):
        x, y = layout.position(address) or (0.0, 0.0)
        column = layout.column(address.layer)
        wide, high = (column.cell, column.cell) if column.is_image else (layout.half_width, layout.reach)
        return QRectF(x - wide, y - high, 2 * wide, 2 * high).adjusted(0, -LINE, 0, 2 * LINE)
    start = layout.position(Node(address.layer - 1, address.source)) or (0.0, 0.0)
    end = layout.position(Node(address.layer, address.target)) or (0.0, 0.0)
    middle = QPointF((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    return QRectF(middle.x(), middle.y() - LINE, 1, 4 * LINE)


def beside(taken: QRectF, size: tuple[float, float], area: QRectF) -> QRectF:
    """Below what it speaks of, or above where there is no room; always inside the area."""
    width, height = size
    x = min(max(taken.center().x() - width / 2, area.left() + 6), area.right() - 6 - width)
    y = taken.bottom() + AWAY
    if y + height > area.bottom() - 6:
        y = taken.top() - AWAY - height
    if y < area.top() + 6:  # neither below nor above: to the side
        y = area.top() + 6
        x = taken.left() - AWAY - width
        if x < area.left() + 6:
            x = min(taken.right() + AWAY, area.right() - 6 - width)
    return QRectF(x, y, width, height)
