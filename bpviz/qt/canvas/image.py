"""Paints inputs that are the pixels of an image."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from bpviz.engine.arrays import Array
from bpviz.explain.address import Node
from bpviz.explain.frame import ColumnFrame
from bpviz.explain.layout import Column
from bpviz.qt.canvas.grouping import Groups, Shades
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.palette import mixed, shared_brush, shared_colour

_SHADES = 255    # steps of a colour from nothing to full
_EMPTY = 0.06    # so far from the ground is a pixel of 0
_RANGE = 0.9     # and so much further the largest
_GAP = 0.5       # on each side of a pixel
_FAINT = 0.15    # of its range has an image that is not given yet


def paint_image(painter: QPainter, scene: Scene, column: Column, state: ColumnFrame) -> None:
    """The ground for 0, full colour for the largest. Pixels of one shade are drawn in one go."""
    painter.setPen(Qt.PenStyle.NoPen)
    cells = _cells(column)
    groups = Groups(_shades(state.a))
    ordered = [cells[unit] for unit in groups.order.tolist()]
    for shade, where in groups:
        painter.setBrush(shared_brush(_colour(scene, shade, state.a_level)))
        painter.drawRects(ordered[where])
    for focus in (scene.selected, scene.hovered):
        if isinstance(focus, Node) and focus.layer == column.layer:
            _paint_frame(painter, scene, cells[focus.unit])


def _shades(values: Array) -> Shades:
    largest = float(np.abs(values).max()) or 1.0
    shades: Shades = np.rint(values / largest * _SHADES).astype(np.intp)
    return shades


def _colour(scene: Scene, shade: int, told: float) -> str:
    strong = scene.palette.ink if shade >= 0 else scene.palette.value_negative
    level = _RANGE * (_FAINT + (1.0 - _FAINT) * told)
    return mixed(scene.palette.field, strong, _EMPTY + level * abs(shade) / _SHADES)


def _paint_frame(painter: QPainter, scene: Scene, cell: QRectF) -> None:
    painter.setPen(QPen(shared_colour(scene.palette.accent), 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(cell.adjusted(-_GAP, -_GAP, _GAP, _GAP))


@lru_cache(maxsize=8)
def _cells(column: Column) -> list[QRectF]:
    """Where each pixel is, with a gap to the next; shared, and not changed."""
    side = column.cell - 2 * _GAP
    return [QRectF(x - side / 2, y - side / 2, side, side) for x, y in column.where.tolist()]
