"""Paints the name and newest value of each curve in the column at the right, level with where it ends."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from bpviz.qt.fonts import number_font, number_width
from bpviz.qt.palette import Palette, blend
from bpviz.qt.plots.cost.marks import step_flag, trouble_flag
from bpviz.qt.plots.cost.picture import Label, Picture, spread

_SIZE = 12
_LINE = 15.0
_HALF = 6.0             # from the middle of a line to where its letters end
_BEHIND = 12.0          # from the end of the axis to the words
_MOST_SHARE = 0.34      # of the plot's width
_LEADER = 14.0          # a shorter way than this needs no line
_COLUMN = 8             # the column grows by so many pixels: digits come and go
_MOST_NAME = 150.0      # pixels of an earlier run's name


def label_room(labels: tuple[Label, ...], width: float) -> float:
    """How wide the column of words is, with what separates it from the curves."""
    widest = max((_width(label) for label in labels), default=0.0)
    return min(_MOST_SHARE * width, _COLUMN * math.ceil((widest + _BEHIND + 10) / _COLUMN))


def paint_labels(painter: QPainter, area: Picture, palette: Palette) -> None:
    rect = area.rect
    for label, place in label_places(area):
        start = QPointF(area.left(label.x), _height(area, label))
        _paint_leader(painter, palette, start, QPointF(rect.right() + 8, place))
        _paint_label(painter, palette, label, QPointF(rect.right() + _BEHIND, place))


def label_places(area: Picture) -> list[tuple[Label, float]]:
    """The labels with where their middles stand, as many as there is room for: the present run before earlier
    ones, of these the newest first."""
    bottom, top = area.rect.bottom(), _top(area)
    labels = _most_important(area.labels, max(1, int((bottom - top + _LINE) / _LINE)))
    places = spread([_height(area, label) for label in labels], _LINE, top, bottom - 2)
    return list(zip(labels, places, strict=True))


def _height(area: Picture, label: Label) -> float:
    """Where its curve ends, or where it left the view."""
    return min(max(area.top(label.y), area.rect.top()), area.rect.bottom())


def _top(area: Picture) -> float:
    """Where the middle of the first may be: below the words of upright lines that reach into the column."""
    flags = (step_flag(area) if area.step else QRectF(), trouble_flag(area))
    ends = [flag.bottom() + _HALF for flag in flags if flag.right() > area.rect.right()]
    return max([area.rect.top() + 2, *ends])


def _most_important(labels: tuple[Label, ...], most: int) -> list[Label]:
    present = [label for label in labels if label.role != "ghost"]
    earlier = [label for label in labels if label.role == "ghost"]
    return (present + earlier[::-1])[:most]


def _paint_label(painter: QPainter, palette: Palette, label: Label, at: QPointF) -> None:
    box = QRectF(at.x(), at.y() - 8, painter.viewport().width(), 16)
    painter.setFont(_font(label))
    painter.setPen(QColor(_ink(label, palette)))
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, _text(label))


def _paint_leader(painter: QPainter, palette: Palette, start: QPointF, end: QPointF) -> None:
    """From the end of a curve to its words, where these are away from it."""
    away = end.x() - start.x() > _LEADER
    if not away and abs(end.y() - start.y()) < 3:
        return
    bend = QPointF(max(start.x(), end.x() - 6), start.y())
    painter.setPen(QPen(blend(palette.panel, palette.ink, 0.25), 1, Qt.PenStyle.DotLine))
    painter.drawLine(start, bend)
    painter.drawLine(bend, end)


def _text(label: Label) -> str:
    """A present run's whole; of an earlier run the name may be cut, but not that it diverged."""
    if label.role != "ghost":
        return label.text
    end = ", diverged" if label.diverged else ""
    room = _MOST_NAME - number_width(end, *_face(label))
    return QFontMetricsF(_font(label)).elidedText(label.text, Qt.TextElideMode.ElideRight, room) + end


def _face(label: Label) -> tuple[int, int]:
    """Its size and weight."""
    return (_SIZE - 1, 400) if label.role == "ghost" else (_SIZE, 600)


def _font(label: Label) -> QFont:
    return number_font(*_face(label))


def _ink(label: Label, palette: Palette) -> str:
    if label.role == "training":
        return palette.value_positive_ink
    return palette.value_negative_ink if label.role == "validation" else palette.ink_faint


def _width(label: Label) -> float:
    return number_width(_text(label), *_face(label))
