"""Which edges are drawn when there are too many, and where their numbers find room."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import Edge
from bpviz.explain.layout import Layout

MOST_EDGES = 500
_LABELLED_LAYER = 40  # beyond so many edges a layer no label is tried
_FAN_OUT = (0.3, 0.36, 0.24, 0.66, 0.72, 0.42, 0.58, 0.5)  # where along an edge a number is tried
_FAN_IN = (0.5, 0.42, 0.36, 0.3)


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
    """The strongest edges of a step, at most MOST_EDGES; the same ones at all its moments.

    Where all edges are drawn, they do not depend on the step, and its Detail is that of the step before.
    """
    total = sum(layer.w.size for layer in trace.layers)
    if total <= MOST_EDGES:
        return _whole(layout, total, label_size)
    depth = len(trace.layers)
    ends = [_ends(layout, k) for k in range(depth)]
    strengths = [_strength(layer.w[s, t]) for layer, (s, t) in zip(trace.layers, ends, strict=True)]
    layers = [
        _lines(layout, k, s[kept], t[kept])
        for k, ((s, t), kept) in enumerate(zip(ends, _strongest(strengths), strict=True))
    ]
    return _detail(layout, layers, total, label_size)


@lru_cache(maxsize=16)
def _whole(layout: Layout, total: int, label_size: tuple[float, float]) -> Detail:
    """Every edge between units that stand in the picture."""
    layers = [_lines(layout, k, *_ends(layout, k)) for k in range(len(layout.columns) - 1)]
    return _detail(layout, layers, total, label_size)


def _detail(layout: Layout, layers: list[Drawn], total: int, label_size: tuple[float, float]) -> Detail:
    unseen = total - sum(len(layer.sources) for layer in layers)
    return Detail(tuple(layers), unseen, _labels(layout, layers, label_size))


def _ends(layout: Layout, k: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """All pairs of units that both stand in the picture."""
    sources = np.array(layout.columns[k].shown, dtype=np.intp)
    targets = np.array(layout.columns[k + 1].shown, dtype=np.intp)
    return np.repeat(sources, len(targets)), np.tile(targets, len(sources))


def _strength(w: Array) -> Array:
    """|w|, and 0 for what is no number."""
    strength = np.abs(w)
    return strength if np.isfinite(strength).all() else np.nan_to_num(strength)


def _strongest(strengths: list[Array]) -> list[NDArray[np.bool_]]:
    """Which edges of each layer are among the strongest of all; of equal ones the first."""
    every = np.concatenate(strengths)
    kept = np.ones(every.size, dtype=bool)
    if every.size > MOST_EDGES:
        weakest = np.partition(every, every.size - MOST_EDGES)[every.size - MOST_EDGES]
        kept = every > weakest
        equal = np.flatnonzero(every == weakest)
        kept[equal[: MOST_EDGES - np.count_nonzero(kept)]] = True
    return np.split(kept, np.cumsum([len(strength) for strength in strengths])[:-1])


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
    """All at one share of their edges where that works, for then crossings stay between them; else mixed."""
    shares = _FAN_IN if len(set(drawn.targets.tolist())) == 1 else _FAN_OUT
    for tried in (*((share,) for share in shares), shares):
        places: list[tuple[float, float]] = []
        for line in drawn.lines:
            place = placed_along(line, places, size, tried)
            if place is None:
                break
            places.append(place)
        else:
            return places
    return []


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
