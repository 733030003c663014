"""The marks of a slice: on its curve, and as the legend before its words."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from bpviz.qt.palette import Palette

_LINE = 16.0     # length of a sample of a line
_HEAD = 6.0      # of an arrow


class Glyph(Enum):
    POINT = "the weight before the update"
    TANGENT = "tangent"
    ARROW = "the step"
    PROMISED = "where the tangent is after the step"
    CAME = "where the curve is after the step"
    LOWEST = "the lowest point"


def glyph_width(glyph: Glyph) -> float:
    """In the legend, with the gap after it."""
    return (_LINE if glyph in (Glyph.TANGENT, Glyph.ARROW) else 8.0) + 4.0


def paint_sample(painter: QPainter, glyph: Glyph, at: QPointF, palette: Palette, rising: bool) -> None:
    """In the legend, beginning at a point, around its height. rising: the sign of the slope."""
    end = at + QPointF(_LINE, 0.0)
    match glyph:
        case Glyph.TANGENT:
            painter.setPen(tangent_pen(palette, rising))
            painter.drawLine(at, end)
        case Glyph.ARROW:
            paint_arrow(painter, at, end, palette)
        case _:
            paint_mark(painter, glyph, at + QPointF(4.0, 0.0), palette, rising, 0.8)


def paint_mark(
    painter: QPainter, glyph: Glyph, at: QPointF, palette: Palette, rising: bool, scale: float = 1.0
) -> None:
    """Around a point: a disc, a ring, a square or a diamond, so that shape tells them apart too."""
    ground, accent = QColor(palette.panel), QColor(palette.accent)
    match glyph:
        case Glyph.POINT:
            _shape(painter, QPen(ground, 1.5), accent)
            painter.drawEllipse(at, 5.0 * scale, 5.0 * scale)
        case Glyph.CAME:
            _shape(painter, QPen(accent, 1.8), ground)
            painter.drawEllipse(at, 3.8 * scale, 3.8 * scale)
        case Glyph.PROMISED:
            _shape(painter, QPen(QColor(tangent_colour(palette, rising)), 1.8), ground)
            painter.drawPolygon(_square(at, 3.4 * scale))
        case _:
            _shape(painter, QPen(QColor(palette.ink_faint), 1.3), ground)
            painter.drawPolygon(_diamond(at, 4.4 * scale))


def paint_arrow(painter: QPainter, start: QPointF, end: QPointF, palette: Palette) -> None:
    """Level, in the accent; a step too short for a head is a line with an upright stroke."""
    painter.setPen(QPen(QColor(palette.accent), 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.setBrush(QColor(palette.accent))
    length = end.x() - start.x()
    head = min(_HEAD, abs(length)) * (1.0 if length > 0 else -1.0)
    painter.drawLine(start, end - QPointF(head, 0.0))
    painter.setPen(Qt.PenStyle.NoPen)
    spread = max(1.5, abs(head) * 0.6)
    back = end - QPointF(head, 0.0)
    painter.drawPolygon(QPolygonF([end, back + QPointF(0.0, spread), back - QPointF(0.0, spread)]))


def tangent_pen(palette: Palette, rising: bool) -> QPen:
    pen = QPen(QColor(tangent_colour(palette, rising)), 1.8)
    pen.setDashPattern([4.0, 2.5])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def tangent_colour(palette: Palette, rising: bool) -> str:
    return palette.error_positive if rising else palette.error_negative


def _shape(painter: QPainter, pen: QPen, brush: QColor) -> None:
    painter.setPen(pen)
    painter.setBrush(brush)


def _square(at: QPointF, half: float) -> QPolygonF:
    return QPolygonF([at + QPointF(x * half, y * half) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))])


def _diamond(at: QPointF, half: float) -> QPolygonF:
    return QPolygonF([at + QPointF(x * half, y * half) for x, y in ((-1, 0), (0, -1), (1, 0), (0, 1))])
