"""The outlines of nodes, made once for a layout: a frame asks for the same few over and over.

They are shared, and so not to be changed.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QTransform

from bpviz.explain.layout import Column, Layout

_KEPT = 256  # columns' outlines; a window shows some twenty at a time

Outlines = tuple[QPainterPath, ...]  # one for each unit that is shown


@lru_cache(maxsize=_KEPT)
def stadiums(layout: Layout, column: Column, grow: float) -> Outlines:
    """Nodes that reach so much further than their rim's middle."""
    return _at_each(column, _outline(layout, grow))


@lru_cache(maxsize=_KEPT)
def rings(layout: Layout, column: Column, grow: float, width: float) -> Outlines:
    """Rings of this width around nodes, to be filled."""
    path = _outline(layout, grow + width / 2)
    path.addPath(_outline(layout, grow - width / 2))
    return _at_each(column, path)


@lru_cache(maxsize=_KEPT)
def halves(layout: Layout, column: Column, grow: float, right: bool) -> Outlines:
    """The left or the right halves of such nodes."""
    path = _right_half(layout.half_width + grow, layout.radius + grow)
    return _at_each(column, path if right else QTransform.fromScale(-1, 1).map(path))


@lru_cache(maxsize=_KEPT)
def map_parts(layout: Layout, column: Column, grow: float) -> tuple[Outlines, Outlines]:
    """The maps of nodes with maps, and the lower halves of what is beside them."""
    whole, left, r = _outline(layout, grow), -layout.half_width, layout.radius
    square, below = QPainterPath(), QPainterPath()
    square.addRect(QRectF(left, -r, 2 * r, 2 * r))
    below.addRect(QRectF(left + 2 * r, 0, layout.beside, r))
    return _at_each(column, whole.intersected(square)), _at_each(column, whole.intersected(below))


def _at_each(column: Column, path: QPainterPath) -> Outlines:
    return tuple(path.translated(*column.where[unit].tolist()) for unit in column.shown)


def _outline(layout: Layout, grow: float) -> QPainterPath:
    half_width, radius = max(0.0, layout.half_width + grow), max(0.0, layout.radius + grow)
    corner = max(0.0, layout.corner + grow)
    path = QPainterPath()
    path.addRoundedRect(QRectF(-half_width, -radius, 2 * half_width, 2 * radius), corner, corner)
    return path


def _right_half(a: float, r: float) -> QPainterPath:
    a, r = max(0.0, a), max(0.0, r)
    path = QPainterPath(QPointF(0, -r))
    path.lineTo(a - r, -r)
    path.arcTo(QRectF(a - 2 * r, -r, 2 * r, 2 * r), 90, -180)
    path.lineTo(0, r)
    path.closeSubpath()
    return path
