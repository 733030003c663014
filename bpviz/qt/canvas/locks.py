"""Marks what training leaves as it is: a small lock on a frozen weight's edge and at a frozen bias's unit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from bpviz.explain.address import Edge, Node
from bpviz.qt.canvas.labels import PLATE
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.palette import shared_brush

_LONE = 0.5        # how far along a layer's only edge its lock stands,
_ALONG = 0.38      # and along one of several: at their middles they cross
_CORNER = 0.72     # of a node's half width and radius to where the lock of its bias stands
_SIZES = (3.2, 5.5)


def paint_locks(painter: QPainter, scene: Scene) -> None:
    """All of them in two fills, whatever their number; nothing where nothing is frozen."""
    if not scene.frame.frozen:
        return
    size = min(_SIZES[1], max(_SIZES[0], scene.layout.radius * 0.2))
    grounds, locks = QPainterPath(), QPainterPath()
    grounds.setFillRule(Qt.FillRule.WindingFill)
    for x, y in (*_on_edges(scene), *_at_units(scene)):
        grounds.addEllipse(QPointF(x, y), size * 1.45, size * 1.45)
        locks.addPath(_lock(size).translated(x, y))
    painter.fillPath(grounds, shared_brush(scene.palette.canvas))
    painter.fillPath(locks, shared_brush(scene.palette.ink_soft))


def _on_edges(scene: Scene) -> Iterator[tuple[float, float]]:
    """Left of an edge's number, or on the edge where it has none. What is not drawn has no lock."""
    frozen = {Edge(one.layer, one.source, one.unit) for one in scene.frame.frozen if one.source is not None}
    for k in sorted({edge.layer for edge in frozen}):
        drawn = scene.detail.layers[k]
        share = _LONE if len(drawn.sources) == 1 else _ALONG
        ends = zip(drawn.sources.tolist(), drawn.targets.tolist(), drawn.lines.tolist(), strict=True)
        for source, target, (x0, y0, x1, y1) in ends:
            edge = Edge(k, source, target)
            if edge in frozen:
                x, y = scene.detail.labels.get(edge, (0.0, 0.0))
                labelled = edge in scene.detail.labels and len(drawn.sources) > 1
                yield (x - PLATE[0] / 2, y) if labelled else (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)


def _at_units(scene: Scene) -> Iterator[tuple[float, float]]:
    """At the lower left of the unit, above where its bias is written."""
    layout = scene.layout
    for one in scene.frame.frozen:
        place = layout.position(Node(one.layer, one.unit)) if one.source is None else None
        if place is not None:
            yield place[0] - layout.half_width * _CORNER, place[1] + layout.radius * _CORNER


@lru_cache(maxsize=32)
def _lock(size: float) -> QPainterPath:
    """A body with a shackle, about as wide and high as twice this size. Shared, and not to be changed."""
    body = QRectF(-0.72 * size, -0.1 * size, 1.44 * size, 1.05 * size)
    path = QPainterPath()
    path.addRoundedRect(body, 0.22 * size, 0.22 * size)
    for width in (0.52, 0.28):  # the hole is the inner one: filled by turns
        path.moveTo(-width * size, -0.1 * size)
        path.lineTo(-width * size, -0.45 * size)
        round_top = QRectF(-width * size, -(0.45 + width) * size, 2 * width * size, 2 * width * size)
        path.arcTo(round_top, 180, -180)
        path.lineTo(width * size, -0.1 * size)
        path.closeSubpath()
    return path
