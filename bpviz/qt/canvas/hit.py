"""What is under the mouse: plain geometry."""

from __future__ import annotations

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.explain.address import Address, Edge, Node
from bpviz.explain.detail import Detail
from bpviz.explain.layout import Column, Layout

_BAND = 7.0  # an edge answers so far from its line


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
