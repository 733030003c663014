"""The rectangle in which examples are drawn: from numbers to pixels and back, its grid and its words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from bpviz.qt.data.marker import paint_marker
from bpviz.qt.fonts import SMALL, number_font, ui_font
from bpviz.qt.palette import Palette
from bpviz.qt.plots.axis import Axis

_TICK = 11
_LEFT, _TOP, _RIGHT, _BOTTOM = 52.0, 28.0, 14.0, 40.0  # room for ticks, legend, and the axis' name
_PER_X, _PER_Y = 56.0, 48.0                            # pixels for one tick
_FEWEST = 3                                            # ticks
_MOST_NAMED = 6                                        # classes in a legend


@dataclass(frozen=True, slots=True)
class Field:
    """Where x and y from axis to axis lie in a rectangle of pixels."""

    rect: QRectF
    x: Axis
    y: Axis

    @staticmethod
    def within(room: QRectF, axes: tuple[Axis, Axis], square: bool) -> Field:
        """As large as the room lets it, its words around it; square where both axes are of one scale."""
        rect = room.adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)
        if square:
            side = min(rect.width(), rect.height())
            rect = QRectF(rect.center().x() - side / 2, rect.top(), side, side)
        return Field(rect, *axes)

    def left(self, x: float) -> float:
        return self.rect.left() + self.rect.width() * self.x.share(x)

    def top(self, y: float) -> float:
        return self.rect.bottom() - self.rect.height() * self.y.share(y)

    def numbers_at(self, point: QPointF) -> tuple[float, float]:
        """x and y under a point; outside, those of the nearest point inside."""
        across = min(1.0, max(0.0, (point.x() - self.rect.left()) / self.rect.width()))
        up = min(1.0, max(0.0, (self.rect.bottom() - point.y()) / self.rect.height()))
        x, y = self.x, self.y
        return x.low + across * (x.high - x.low), y.low + up * (y.high - y.low)


def paint_field(painter: QPainter, field: Field, names: tuple[str, str], palette: Palette) -> None:
    """Ground, grid, ticks and the names of the axes."""
    rect = field.rect
    painter.fillRect(rect, QColor(palette.canvas))
    painter.setFont(number_font(_TICK))
    for value, text in field.y.ticks(max(_FEWEST, int(rect.height() / _PER_Y))):
        y = round(field.top(value)) + 0.5
        _line(painter, palette, value, QPointF(rect.left(), y), QPointF(rect.right(), y))
        box = QRectF(rect.left() - 60, y - 8, 52, 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    for value, text in field.x.ticks(max(_FEWEST, int(rect.width() / _PER_X))):
        x = round(field.left(value)) + 0.5
        _line(painter, palette, value, QPointF(x, rect.top()), QPointF(x, rect.bottom()))
        painter.drawText(QRectF(x - 40, rect.bottom() + 4, 80, 16), Qt.AlignmentFlag.AlignCenter, text)
    painter.setFont(ui_font(SMALL, 500))
    painter.setPen(QColor(palette.ink_soft))
    metrics = QFontMetricsF(ui_font(SMALL, 500))
    below = metrics.elidedText(names[0], Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(QRectF(rect.left(), rect.bottom() + 20, rect.width(), 16),
                     Qt.AlignmentFlag.AlignCenter, below)
    above = metrics.elidedText(names[1], Qt.TextElideMode.ElideRight, rect.width() / 2)
    painter.drawText(QPointF(rect.left() - 34, rect.top() - 10), above)


def paint_legend(painter: QPainter, field: Field, classes: tuple[str, ...], palette: Palette) -> None:
    """The classes with their markers, above the field at its right; as many as there is room for."""
    painter.setFont(ui_font(SMALL))
    metrics = QFontMetricsF(ui_font(SMALL))
    room, y = field.rect.width() * 0.7, field.rect.top() - 14
    names = [metrics.elidedText(name, Qt.TextElideMode.ElideRight, room / 3) for name in classes]
    shown = next(k for k in range(min(len(names), _MOST_NAMED), -1, -1) if _width(metrics, names[:k]) <= room)
    rest = f"and {len(names) - shown} more" if shown < len(names) else ""
    x = field.rect.right() - _width(metrics, names[:shown]) - metrics.horizontalAdvance(rest)
    for kind, name in enumerate(names[:shown]):
        paint_marker(painter, QPointF(x + 5, y), palette, kind, len(classes))
        painter.setPen(QColor(palette.ink_soft))
        painter.drawText(QPointF(x + 14, y + 4), name)
        x += metrics.horizontalAdvance(name) + 28
    painter.drawText(QPointF(x - 4, y + 4), rest)


def _width(metrics: QFontMetricsF, names: list[str]) -> float:
    return sum(metrics.horizontalAdvance(name) + 28 for name in names) - 14


def _line(painter: QPainter, palette: Palette, value: float, a: QPointF, b: QPointF) -> None:
    """A line of the grid, stronger through 0; leaves the pen for its tick."""
    painter.setPen(QPen(QColor(palette.line if value == 0 else palette.grid), 1))
    painter.drawLine(a, b)
    painter.setPen(QColor(palette.ink_faint))
