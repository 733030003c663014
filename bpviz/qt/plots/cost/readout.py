"""Paints the reading: a line through the step under the mouse, and its numbers in a box beside it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from bpviz.qt.fonts import number_font, number_width
from bpviz.qt.palette import Palette, blend
from bpviz.qt.plots.cost.curves import pen_of
from bpviz.qt.plots.cost.picture import Picture
from bpviz.qt.plots.cost.reading import Reading, Row

_SIZE = 11
_LINE, _PAD = 15.0, 8.0
_SWATCH = 12.0
_AWAY = 14.0       # from the line to the box: the mouse is between them
_BETWEEN = 14.0    # columns
_MOST_NAME = 120.0


@dataclass(frozen=True, slots=True)
class _Column:
    """Rows below each other; names and values are so wide."""

    rows: tuple[Row, ...]
    name: float
    value: float

    @property
    def width(self) -> float:
        return _SWATCH + 6 + self.name + 10 + self.value


def paint_readout(
    painter: QPainter, picture: Picture, reading: Reading, palette: Palette, room: QRectF
) -> None:
    """Within room; the box takes the side of the line that has more of it, and columns as its height asks."""
    x = round(picture.left(reading.x)) + 0.5
    painter.setPen(QPen(QColor(palette.ink_soft), 1))
    painter.drawLine(QPointF(x, picture.rect.top()), QPointF(x, picture.foot))
    columns, box = readout_box(x, reading, room)
    left_out = len(reading.rows) - sum(len(column.rows) for column in columns)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(blend(palette.panel_border, palette.ink, 0.15), 1))
    painter.setBrush(QColor(palette.panel))
    painter.drawRoundedRect(box, 6, 6)
    painter.setFont(number_font(_SIZE, 600))
    painter.setPen(QColor(palette.ink))
    top = box.top() + _PAD - 2
    painter.drawText(QPointF(box.left() + _PAD, top + 11), reading.title + (" …" if left_out else ""))
    painter.setFont(number_font(_SIZE))
    left = box.left() + _PAD
    for column in columns:
        for k, row in enumerate(column.rows):
            _paint_row(painter, row, column, QPointF(left, top + _LINE * (k + 1)), palette)
        left += column.width + _BETWEEN


def readout_box(x: float, reading: Reading, room: QRectF) -> tuple[list[_Column], QRectF]:
    """The columns of rows, and the box round them, beside a line at x. What finds no room is left out."""
    right = x < room.center().x()
    wide = (room.right() - x if right else x - room.left()) - _AWAY
    each = max(1, int((room.height() - 2 * _PAD) / _LINE) - 1)
    title = number_width(f"{reading.title} …", _SIZE, 600)
    columns: list[_Column] = []
    width = 0.0
    for first in range(0, len(reading.rows), each):
        column = _column(reading.rows[first : first + each])
        wider = width + column.width + (_BETWEEN if columns else 0.0)
        if columns and wider + 2 * _PAD > wide:
            break
        columns.append(column)
        width = wider
    width = max(width, title) + 2 * _PAD
    rows = max((len(column.rows) for column in columns), default=0)
    box = QRectF(0, 0, width, _LINE * (rows + 1) + 2 * _PAD - 4)
    box.moveTopLeft(QPointF(x + _AWAY if right else x - _AWAY - width, room.top() + 2))
    return columns, box


def _column(rows: tuple[Row, ...]) -> _Column:
    names = max(number_width(_name(row), _SIZE) for row in rows)
    return _Column(rows, names, max(number_width(row.value, _SIZE) for row in rows))


def _name(row: Row) -> str:
    if number_width(row.name, _SIZE) <= _MOST_NAME:
        return row.name
    metrics = QFontMetricsF(number_font(_SIZE))
    return metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, _MOST_NAME)


def _paint_row(painter: QPainter, row: Row, column: _Column, at: QPointF, palette: Palette) -> None:
    middle = at.y() + _LINE / 2
    painter.setPen(pen_of(row.role, palette))
    painter.drawLine(QPointF(at.x(), middle), QPointF(at.x() + _SWATCH, middle))
    painter.setPen(QColor(palette.ink_soft))
    box = QRectF(at.x() + _SWATCH + 6, at.y(), column.name + 2, _LINE)
    aligned = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | aligned, _name(row))
    painter.setPen(QColor(palette.ink))
    box = QRectF(at.x() + column.width - column.value - 2, at.y(), column.value + 2, _LINE)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | aligned, row.value)
