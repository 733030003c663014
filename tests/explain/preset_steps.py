"""The steps that presets begin with, recorded once; and a step in which everything has blown up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import numpy as np

from bpviz.document.loading import load
from bpviz.document.preset import load_preset, preset_names
from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import Address, Edge, Node
from bpviz.explain.layout import Layout, place
from bpviz.explain.moment import Moment
from bpviz.explain.phase import score

NAMES = preset_names()
SIZES = ((690, 360), (560, 300), (1100, 640))


@dataclass(frozen=True)
class Opened:
    """A preset's network, a step of it, and how its inputs are drawn."""

    network: Network
    trace: StepTrace
    image_shape: tuple[int, int] | None

    @property
    def phases(self) -> int:
        return len(score(self.network.depth))

    def moments(self, progresses: tuple[float, ...] = (0.0, 0.3, 0.8, 1.0)) -> list[Moment]:
        return [Moment(k, progress) for k in range(self.phases) for progress in progresses]

    def place(
        self, width: float, height: float, unfolded: frozenset[int] = frozenset(), zoom: float = 1.0
    ) -> Layout:
        return place(
            self.network, width, height, image_shape=self.image_shape, unfolded=unfolded, zoom=zoom
        )


@cache
def opened(name: str) -> Opened:
    experiment = load_preset(name).experiment
    dataset = load(experiment.dataset)
    return Opened(experiment.network, experiment.start(dataset).record(), dataset.image_shape)


def spoilt(step: Opened, value: float) -> Opened:
    """The same step with a value such as NaN in every array of its first layer, and above it."""
    arrays = ("z", "a", "slope", "pull", "delta", "dw", "w_next")
    layers = [
        replace(layer, **{name: np.full_like(getattr(layer, name), value) for name in arrays})
        for layer in step.trace.layers
    ]
    return replace(step, trace=replace(step.trace, cost=value, layers=tuple(layers)))


def addresses(layout: Layout) -> list[Address]:
    """Every node that is drawn, and every edge between two of them."""
    columns = layout.columns
    nodes: list[Address] = [Node(column.layer, unit) for column in columns for unit in column.shown]
    edges = [
        Edge(above.layer, s, t)
        for below, above in pairwise(columns)
        for s in below.shown
        for t in above.shown
    ]
    return nodes + edges
