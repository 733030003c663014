"""Paints a confusion matrix: the more examples a cell holds, the stronger; what is right has a frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from bpviz.explain.confusion import ConfusionMatrix
from bpviz.explain.number import UNKNOWN, count, number
from bpviz.qt.fonts import number_font, ui_font
from bpviz.qt.palette import Palette, ink_on, mixed
from bpviz.qt.plots.prediction.confusion_grid import HEAD, Grid, Place

_SIZE, _SMALL = 11, 10
_ROOMY = 15.0     # the height of a cell from which on its numbers are of the usual size
_OF_RIGHT, _OF_WRONG = 0.5, 0.75  # of the full colour, for a cell that holds all of its class
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What is painted: the matrix in its grid, what is chosen, and where mouse and keyboard are."""

    matrix: ConfusionMatrix
    names: tuple[str, ...]
    grid: Grid
    chosen: Place | None
    pointed: Place | None
    current: Place | None


def percent(share: float) -> str:
    """As it stands in the matrix: "97.1 %", a dash where nothing is known."""
    return UNKNOWN if np.isnan(share) else f"{number(100 * share)} %"


def paint(painter: QPainter, look: Look, palette: Palette, room: QRectF, shift: QPointF) -> None:
    """Within a room, the content shifted up and left by so much; names stay where they are seen."""
    grid = look.grid
    body = QRectF(room.left() + grid.name, room.top() + HEAD, room.width() - grid.name, room.height() - HEAD)
    painter.save()
    painter.setClipRect(body)
    painter.translate(-shift)
    _paint_cells(painter, look, palette, body.translated(shift))
    _paint_shares(painter, look, palette)
    for place, ink, width in ((look.pointed, palette.ink_soft, 1.0), (look.current, palette.accent, 1.0),
                              (look.chosen, palette.accent, 2.0)):  # fmt: skip
        if place is not None:
            _paint_ring(painter, _ringed(grid, place), ink, width)
    painter.restore()
    _paint_names(painter, look, palette, room, shift)


def _paint_cells(painter: QPainter, look: Look, palette: Palette, seen: QRectF) -> None:
    grid, counts = look.grid, look.matrix.counts
    painter.setFont(number_font(_SIZE if grid.height >= _ROOMY else _SMALL, 500))
    largest = np.sqrt(np.maximum(counts.sum(axis=1), 1))
    strengths = (np.sqrt(counts) / largest[:, np.newaxis]).tolist()
    faint, listed = QColor(palette.ink_faint), counts.tolist()
    first, last = _span(seen.top() - HEAD, seen.height(), grid.height, grid.classes)
    left, right = _span(seen.left() - grid.name, seen.width(), grid.width, grid.classes)
    for row in range(first, last):
        for column in range(left, right):
            box, many = grid.box((row, column)).adjusted(0.5, 0.5, -0.5, -0.5), listed[row][column]
            strong, most = (palette.ink_soft, _OF_RIGHT) if row == column else (palette.danger, _OF_WRONG)
            ground = mixed(palette.panel, strong, most * strengths[row][column]) if many else palette.field
            painter.fillRect(box, QColor(ground))
            painter.setPen(ink_on(palette, ground) if many else faint)
            painter.drawText(box, _MIDDLE, count(many))
            if row == column:
                _paint_ring(painter, box.adjusted(0.5, 0.5, -0.5, -0.5), palette.ink_soft, 1.0)


def _paint_shares(painter: QPainter, look: Look, palette: Palette) -> None:
    grid, last = look.grid, look.grid.classes
    painter.setFont(number_font(_SMALL))
    painter.setPen(QColor(palette.ink_soft))
    if grid.recall:
        for row, share in enumerate(look.matrix.recall.tolist()):
            painter.drawText(grid.box((row, last)), _RIGHT, percent(share))
    if grid.precision:
        for column, share in enumerate(look.matrix.precision.tolist()):
            painter.drawText(grid.box((last, column)), _MIDDLE, _short(share))
        painter.setFont(ui_font(_SMALL))
        painter.drawText(grid.box((last, last)), _RIGHT, "precision")


def _paint_names(painter: QPainter, look: Look, palette: Palette, room: QRectF, shift: QPointF) -> None:
    grid, font = look.grid, ui_font(_SIZE, 500)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(QColor(palette.ink))
    painter.save()
    painter.setClipRect(room.adjusted(grid.name, 0, 0, 0))
    for column, name in enumerate(look.names):
        box = grid.head_box(column).translated(-shift.x(), 0)
        painter.drawText(box, _MIDDLE, metrics.elidedText(name, Qt.TextElideMode.ElideRight, box.width() - 2))
    if grid.recall:
        box = grid.box((-1, grid.classes))
        painter.setFont(ui_font(_SMALL))
        painter.setPen(QColor(palette.ink_soft))
        painter.drawText(QRectF(box.left() - shift.x(), 0, box.width(), HEAD), _RIGHT, "recall")
    painter.restore()
    painter.setFont(font)
    painter.setPen(QColor(palette.ink))
    painter.setClipRect(room.adjusted(0, HEAD, 0, 0))
    for row, name in enumerate(look.names):
        box = grid.name_box(row).translated(0, -shift.y()).adjusted(0, 0, -6, 0)
        painter.drawText(box, _RIGHT, metrics.elidedText(name, Qt.TextElideMode.ElideRight, box.width()))


def _paint_ring(painter: QPainter, box: QRectF, ink: str, width: float) -> None:
    painter.setPen(QPen(QColor(ink), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def _ringed(grid: Grid, place: Place) -> QRectF:
    """A cell; all cells of a row or column where recall or precision stand for these."""
    row, column = place
    if column == grid.classes:
        return grid.box((row, 0)).united(grid.box((row, grid.classes - 1))).adjusted(1, 1, -1, -1)
    if row == grid.classes:
        return grid.box((0, column)).united(grid.box((grid.classes - 1, column))).adjusted(1, 1, -1, -1)
    return grid.box(place).adjusted(1, 1, -1, -1)


def _short(share: float) -> str:
    """In the narrow columns, to two digits."""
    return UNKNOWN if np.isnan(share) else f"{number(100 * share, 2)} %"


def _span(first: float, length: float, size: float, most: int) -> tuple[int, int]:
    """Which cells lie, in part at least, between two places."""
    return max(0, int(first // size)), min(most, int((first + length) // size) + 1)
