"""Which edges are drawn when there are too many, and where their numbers find room."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import Edge
from bpviz.explain.layout import Layout

MOST_EDGES = 500
_LABELLED_LAYER = 40  # beyond so many edges a layer no label is tried
_ALONG = (0.5, 0.34, 0.66, 0.42, 0.58, 0.26, 0.74)


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """The edges into one layer that are drawn: their ends as (n,) unit indices, and their lines (n, 4)."""

    sources: NDArray[np.intp]
    targets: NDArray[np.intp]
    lines: Array


@dataclass(frozen=True, slots=True, eq=False)
class Detail:
    """layers: what is drawn of each; unseen: edges left out; labels: centre of each edge's number."""

    layers: tuple[Drawn, ...]
    unseen: int
    labels: dict[Edge, tuple[float, float]]


def detail_of(layout: Layout, trace: StepTrace, label_size: tuple[float, float] = (50.0, 30.0)) -> Detail:
    """The strongest edges of a step, at most MOST_EDGES; the same ones at all its moments."""
    ends = [_ends(layout, k) for k in range(len(trace.layers))]
    strengths = [np.abs(layer.w[s, t]) for layer, (s, t) in zip(trace.layers, ends, strict=True)]
    total = sum(layer.w.size for layer in trace.layers)
    floor = _floor(strengths)
    layers = []
    for k, ((s, t), strength) in enumerate(zip(ends, strengths, strict=True)):
        kept = strength >= floor
        layers.append(_lines(layout, k, s[kept], t[kept]))
    unseen = total - sum(len(layer.sources) for layer in layers)
    return Detail(tuple(layers), unseen, _labels(layout, layers, label_size))


def _ends(layout: Layout, k: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """All pairs of units that both stand in the picture."""
    sources = np.array(layout.columns[k].shown, dtype=np.intp)
    targets = np.array(layout.columns[k + 1].shown, dtype=np.intp)
    return np.repeat(sources, len(targets)), np.tile(targets, len(sources))


def _floor(strengths: list[Array]) -> float:
    every = np.concatenate(strengths)
    return 0.0 if every.size <= MOST_EDGES else float(np.partition(every, -MOST_EDGES)[-MOST_EDGES])


def _lines(layout: Layout, k: int, sources: NDArray[np.intp], targets: NDArray[np.intp]) -> Drawn:
    """Lines from the rim of one node to the rim of the other."""
    below, above = layout.columns[k], layout.columns[k + 1]
    start, end = below.where[sources].copy(), above.where[targets].copy()
    start[:, 0] += below.cell / 2 if below.is_image else layout.half_width
    end[:, 0] -= layout.half_width
    return Drawn(sources, targets, np.concatenate([start, end], axis=1))


def _labels(
    layout: Layout, layers: list[Drawn], size: tuple[float, float]
) -> dict[Edge, tuple[float, float]]:
    """A place on each edge where its number hides no other; a layer in which one finds none has none."""
    found: dict[Edge, tuple[float, float]] = {}
    if not layout.detailed:
        return found
    for k, drawn in enumerate(layers):
        if len(drawn.sources) > _LABELLED_LAYER:
            continue
        places = _layer_labels(drawn, size)
        for s, t, place in zip(drawn.sources, drawn.targets, places, strict=False):
            found[Edge(k, int(s), int(t))] = place
    return found


def _layer_labels(drawn: Drawn, size: tuple[float, float]) -> list[tuple[float, float]]:
    places: list[tuple[float, float]] = []
    for line in drawn.lines:
        place = placed_along(line, places, size, _ALONG)
        if place is None:
            return []
        places.append(place)
    return places


def placed_along(
    line: Array, taken: list[tuple[float, float]], size: tuple[float, float], shares: tuple[float, ...]
) -> tuple[float, float] | None:
    """The first of the given shares of a line at which a label of this size hides none that is there."""
    x0, y0, x1, y1 = line.tolist()
    width, height = size
    for share in shares:
        x, y = x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
        inside = x - width / 2 > x0 + 2 and x + width / 2 < x1 - 2
        if inside and all(abs(x - px) >= width or abs(y - py) >= height for px, py in taken):
            return x, y
    return None
