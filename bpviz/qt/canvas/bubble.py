"""The box beside what the mouse is on: its name and its numbers so far, live."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from bpviz.explain.address import Address, Node
from bpviz.explain.number import number
from bpviz.explain.quantities import Quantity
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.canvas.text import number_width
from bpviz.qt.fonts import number_font, ui_font
from bpviz.qt.palette import error_ink, value_ink
from bpviz.qt.symbol_text import draw_symbol, symbol_width

_SIZE = 12.0
_LINE = 18.0
_PAD = 10.0
_AWAY = 16.0


def paint_bubble(
    painter: QPainter,
    scene: Scene,
    address: Address,
    told: tuple[Quantity, ...],
    pan: QPointF,
    area: QRectF,
) -> None:
    rows = [row for row in told if row.value is not None]
    title = _title(scene, address)
    size = _size(title, rows)
    box = _beside(_anchor(scene, address) + pan, size, area)
    palette = scene.palette
    painter.setPen(QPen(QColor(palette.panel_border), 1.0))
    painter.setBrush(QColor(palette.panel))
    painter.drawRoundedRect(box, 7, 7)
    painter.setFont(ui_font(_SIZE, 600))
    painter.setPen(QColor(palette.ink))
    painter.drawText(QPointF(box.left() + _PAD, box.top() + _PAD + _SIZE * 0.86), title)
    for i, row in enumerate(rows):
        _paint_row(painter, scene, row, box, box.top() + _PAD + _SIZE * 0.9 + _LINE * (i + 1))


def _title(scene: Scene, address: Address) -> str:
    name = scene.names.node_name(address) if isinstance(address, Node) else scene.names.edge_name(address)
    return name[0].upper() + name[1:]


def _paint_row(painter: QPainter, scene: Scene, row: Quantity, box: QRectF, baseline: float) -> None:
    assert row.value is not None
    palette = scene.palette
    draw_symbol(painter, box.left() + _PAD, baseline, row.symbol, _SIZE + 2, palette.ink_soft)
    text = number(row.value)
    ink = {"value": value_ink, "error": error_ink}.get(row.role)
    painter.setFont(number_font(_SIZE, 600))
    painter.setPen(QColor(palette.ink if ink is None else ink(palette, row.value)))
    painter.drawText(QPointF(box.right() - _PAD - number_width(text, _SIZE), baseline), text)


def _size(title: str, rows: list[Quantity]) -> tuple[float, float]:
    wide = QFontMetricsF(ui_font(_SIZE, 600)).horizontalAdvance(title)
    for row in rows:
        needed = symbol_width(row.symbol, _SIZE + 2) + 24 + number_width(number(row.value), _SIZE)
        wide = max(wide, needed)
    return wide + 2 * _PAD, 2 * _PAD + _SIZE + _LINE * len(rows)


def _anchor(scene: Scene, address: Address) -> QPointF:
    layout = scene.layout
    if isinstance(address, Node):
        x, y = layout.position(address) or (0.0, 0.0)
        column = layout.column(address.layer)
        return QPointF(x + (column.cell / 2 if column.is_image else layout.half_width), y)
    start = layout.position(Node(address.layer - 1, address.source)) or (0.0, 0.0)
    end = layout.position(Node(address.layer, address.target)) or (0.0, 0.0)
    return QPointF((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)


def _beside(anchor: QPointF, size: tuple[float, float], area: QRectF) -> QRectF:
    """Right of the anchor, or left where there is no room; always inside the area."""
    width, height = size
    x = anchor.x() + _AWAY
    if x + width > area.right() - 6:
        x = anchor.x() - _AWAY - width - 60
    x = min(max(x, area.left() + 6), area.right() - 6 - width)
    y = min(max(anchor.y() + _AWAY, area.top() + 6), area.bottom() - 6 - height)
    return QRectF(x, y, width, height)
