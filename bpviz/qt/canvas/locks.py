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
_GROUND = 1.35     # of a lock's size: what it covers of its edge

Place = tuple[float, float]


def paint_locks(painter: QPainter, scene: Scene, taken: list[Place]) -> None:
    """All of them in two fills, whatever their number; nothing where nothing is frozen.

    taken: where the numbers of edges stand.
    """
    if not scene.frame.frozen:
        return
    size = lock_size(scene)
    grounds, locks = QPainterPath(), QPainterPath()
    grounds.setFillRule(Qt.FillRule.WindingFill)
    for x, y in lock_places(scene, taken):
        grounds.addEllipse(QPointF(x, y), size * _GROUND, size * _GROUND)
        locks.addPath(_lock(size).translated(x, y))
    painter.fillPath(grounds, shared_brush(scene.palette.canvas))
    painter.fillPath(locks, shared_brush(scene.palette.ink_soft))


def lock_size(scene: Scene) -> float:
    """Half the width of a lock."""
    return min(_SIZES[1], max(_SIZES[0], scene.layout.radius * 0.2))


def lock_places(scene: Scene, taken: list[Place]) -> list[Place]:
    """The middles of all locks."""
    return [*_on_edges(scene, taken), *_at_units(scene)]


def _on_edges(scene: Scene, taken: list[Place]) -> Iterator[Place]:
    """Beside an edge's number, or on the edge where it has none. What is not drawn has no lock."""
    frozen = {Edge(one.layer, one.source, one.unit) for one in scene.frame.frozen if one.source is not None}
    for k in sorted({edge.layer for edge in frozen}):
        drawn = scene.detail.layers[k]
        ends = zip(drawn.sources.tolist(), drawn.targets.tolist(), drawn.lines.tolist(), strict=True)
        for source, target, (x0, y0, x1, y1) in ends:
            edge = Edge(k, source, target)
            if edge not in frozen:
                continue
            share = _LONE if len(drawn.sources) == 1 else _ALONG
            place = (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)
            size = lock_size(scene)
            plate = scene.detail.labels.get(edge) or _plate_at(place, taken, size)
            if plate is None or len(drawn.sources) == 1:
                yield place
            elif edge in scene.detail.labels or scene.touches(edge):
                yield _beside(plate, taken, size)


def _plate_at(place: Place, taken: list[Place], size: float) -> Place | None:
    """The number of an edge that a lock would touch: if it is another's, this edge is hidden behind it."""
    wide, high = PLATE[0] / 2 + size - 0.5, PLATE[1] / 2 + size - 0.5
    return next(((x, y) for x, y in taken if abs(x - place[0]) < wide and abs(y - place[1]) < high), None)


def _beside(plate: Place, taken: list[Place], size: float) -> Place:
    """Left of a number, or right of it where another is in the way on the left only."""
    away = PLATE[0] / 2 + size
    left, right = (plate[0] - away, plate[1]), (plate[0] + away, plate[1])
    return right if _plate_at(left, taken, size) and not _plate_at(right, taken, size) else left


def _at_units(scene: Scene) -> Iterator[Place]:
    """On the rim: at the lower left, or at the foot of a unit whose numbers leave no room there."""
    layout = scene.layout
    close = layout.lined and not layout.roomy and not layout.chain
    across, down = (0.0, 1.0) if close else (_CORNER, _CORNER)
    for one in scene.frame.frozen:
        centre = layout.position(Node(one.layer, one.unit)) if one.source is None else None
        if centre is not None:
            yield centre[0] - layout.half_width * across, centre[1] + layout.radius * down


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
