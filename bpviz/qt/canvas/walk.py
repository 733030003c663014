"""Walking from unit to unit and from weight to weight, through what is drawn."""

from __future__ import annotations

from collections.abc import Sequence

from bpviz.explain.address import Address, Edge, Node
from bpviz.explain.detail import Detail
from bpviz.explain.layout import Layout


def nodes_of(layout: Layout) -> list[Address]:
    """Every unit that stands in the picture, the inputs first."""
    return [Node(column.layer, unit) for column in layout.columns for unit in column.shown]


def edges_of(detail: Detail) -> list[Address]:
    """Every weight that is drawn, layer by layer."""
    return [
        Edge(k, int(s), int(t))
        for k, drawn in enumerate(detail.layers)
        for s, t in zip(drawn.sources, drawn.targets, strict=True)
    ]


def beyond(walked: Sequence[Address], at: Address | None, step: int) -> Address:
    """So many steps on and around; from nowhere, the first, or backwards the last."""
    place = walked.index(at) + step if at in walked else (0 if step > 0 else -1)
    return walked[place % len(walked)]
