"""What is under the mouse: plain geometry."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.explain.address import Address, Edge, Node
from bpviz.explain.detail import Detail
from bpviz.explain.layout import Column, Layout
from bpviz.qt.canvas.outcome import outcome_left

_BAND = 7.0    # an edge answers so far from its line
_BELOW = 34.0  # a lone weight and its gradient stand so far below theirs
_COLUMN = 42.0
_AROUND = 6.0  # a target answers so far left of where it stands
_TARGET_ABOVE, _TARGET_LINE = 34.0, 13.0


def hit(layout: Layout, detail: Detail, x: float, y: float) -> Address | None:
    """The node at a point, or else the nearest edge within its band."""
    for column in layout.columns:
        unit = _unit_at(layout, column, x, y)
        if unit is not None:
            return Node(column.layer, unit)
    best: tuple[float, Edge] | None = None
    for k, drawn in enumerate(detail.layers):
        if len(drawn.sources) == 0:
            continue
        distances = _distances(drawn.lines, x, y)
        i = int(distances.argmin())
        if distances[i] <= _BAND and (best is None or distances[i] < best[0]):
            best = (float(distances[i]), Edge(k, int(drawn.sources[i]), int(drawn.targets[i])))
    return best[1] if best else None


def nearest(layout: Layout, x: float, y: float) -> Node:
    """The node that stands nearest to a point."""
    best = min(
        (float(np.nanmin(np.hypot(*(column.where - (x, y)).T))), column.layer) for column in layout.columns
    )
    column = layout.column(best[1])
    return Node(column.layer, int(np.nanargmin(np.hypot(*(column.where - (x, y)).T))))


def gap_at(layout: Layout, x: float, y: float) -> int | None:
    """The layer whose ellipsis is at a point."""
    for column in layout.columns:
        if column.gap is not None and abs(x - column.gap[0]) < 48 and abs(y - column.gap[1]) < 12:
            return column.layer
    return None


def written_at(
    layout: Layout, detail: Detail, x: float, y: float, plate: tuple[float, float]
) -> Edge | None:
    """The edge whose weight is written at a point: on its plate, or below the only edge of a layer."""
    for edge, place in detail.labels.items():
        if abs(x - place[0]) <= plate[0] / 2 and abs(y - place[1]) <= plate[1] / 2:
            return edge
    for k, drawn in enumerate(detail.layers):
        if layout.columns[k].where.shape[0] == layout.columns[k + 1].where.shape[0] == 1:
            x0, y0, x1, _ = drawn.lines[0].tolist()
            if x0 <= x <= x1 and y0 <= y <= y0 + _BELOW:
                return Edge(k, 0, 0)
    return None


def target_at(layout: Layout, x: float, y: float) -> int | None:
    """The output whose target stands at a point, right of it."""
    column = layout.columns[-1]
    if not outcome_left(layout) - _AROUND <= x <= layout.width:
        return None
    if len(column.where) == 1:
        return 0 if -_TARGET_ABOVE <= y - float(column.where[0, 1]) <= 0.0 else None
    near = np.flatnonzero(np.abs(column.where[:, 1] - y) <= min(_TARGET_LINE, layout.radius + 2))
    return int(near[0]) if near.size else None


def pixels_between(column: Column, start: tuple[float, float], end: tuple[float, float]) -> list[int]:
    """The pixels of an image that a straight stroke goes over."""
    away = np.subtract(end, start)
    points = 1 + int(np.ceil(2 * float(np.hypot(*away)) / column.cell))
    found: dict[int, None] = {}
    for share in np.linspace(0.0, 1.0, points + 1):
        near = np.abs(column.where - (start + share * away)) <= column.cell / 2
        found.update(dict.fromkeys(np.flatnonzero(near.all(axis=1)).tolist()))
    return list(found)


def column_at(layout: Layout, x: float) -> int | None:
    """The layer whose column is at x, from top to bottom."""
    for column in layout.columns:
        if abs(x - column.x) <= _half(layout, column):
            return column.layer
    return None


def between(layout: Layout, x: float) -> int | None:
    """Which layer a new one would become between the two columns on either side of x."""
    for k, (below, above) in enumerate(pairwise(layout.columns)):
        if below.x + _half(layout, below) < x < above.x - _half(layout, above):
            return k
    return None


def _half(layout: Layout, column: Column) -> float:
    """How far a column reaches to either side; no further than where the next one's band begins."""
    if column.is_image:
        return float(np.ptp(column.where[:, 0])) / 2 + column.cell
    gap = layout.columns[1].x - layout.columns[0].x
    return min(max(layout.half_width + 8.0, _COLUMN), gap * 0.4)


def _unit_at(layout: Layout, column: Column, x: float, y: float) -> int | None:
    away = np.abs(column.where - (x, y))
    if column.is_image:
        inside = (away <= column.cell / 2).all(axis=1)
    else:
        inside = (away[:, 0] <= layout.half_width + 2) & (away[:, 1] <= layout.radius + 2)
    found = np.flatnonzero(inside)
    return int(found[0]) if found.size else None


def _distances(lines: Array, x: float, y: float) -> Array:
    """From a point to each line segment, (n,)."""
    start, along = lines[:, :2], lines[:, 2:] - lines[:, :2]
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    share = np.clip((((x, y) - start) * along).sum(axis=1) / length, 0.0, 1.0)
    nearest = start + along * share[:, np.newaxis]
    distances: Array = np.hypot(*(nearest - (x, y)).T)
    return distances
