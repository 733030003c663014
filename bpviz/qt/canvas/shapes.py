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
    return _at_each(column, _stadium(layout.half_width + grow, layout.radius + grow))


@lru_cache(maxsize=_KEPT)
def rings(layout: Layout, column: Column, grow: float, width: float) -> Outlines:
    """Rings of this width around nodes, to be filled."""
    path = _stadium(layout.half_width + grow + width / 2, layout.radius + grow + width / 2)
    path.addPath(_stadium(layout.half_width + grow - width / 2, layout.radius + grow - width / 2))
    return _at_each(column, path)


@lru_cache(maxsize=_KEPT)
def halves(layout: Layout, column: Column, grow: float, right: bool) -> Outlines:
    """The left or the right halves of such nodes."""
    path = _right_half(layout.half_width + grow, layout.radius + grow)
    return _at_each(column, path if right else QTransform.fromScale(-1, 1).map(path))


def _at_each(column: Column, path: QPainterPath) -> Outlines:
    return tuple(path.translated(*column.where[unit].tolist()) for unit in column.shown)


def _stadium(half_width: float, radius: float) -> QPainterPath:
    half_width, radius = max(0.0, half_width), max(0.0, radius)
    path = QPainterPath()
    path.addRoundedRect(QRectF(-half_width, -radius, 2 * half_width, 2 * radius), radius, radius)
    return path


def _right_half(a: float, r: float) -> QPainterPath:
    a, r = max(0.0, a), max(0.0, r)
    path = QPainterPath(QPointF(0, -r))
    path.lineTo(a - r, -r)
    path.arcTo(QRectF(a - 2 * r, -r, 2 * r, 2 * r), 90, -180)
    path.lineTo(0, r)
    path.closeSubpath()
    return path
