"""What each node of a step makes of the plane of inputs: heat maps, and on which scale they are read."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite

import numpy as np

from bpviz.engine.activation import activation
from bpviz.engine.arrays import Array
from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.plane import Plane, activations_on


@dataclass(frozen=True, slots=True, eq=False)
class Heat:
    """maps: of the inputs, then of each layer, (units, side, side), row 0 the topmost.

    largest: for each of them the |value| of full colour: what a bounded activation can reach, or else the
    largest of its layer on the plane. divides: the output is one probability, which parts the plane at 1/2.
    """

    plane: Plane
    side: int
    maps: tuple[Array, ...]
    largest: tuple[float, ...]
    divides: bool

    def full(self, layer: int) -> float:
        """What full colour stands for in the maps of a layer, or of the inputs."""
        return self.largest[layer + 1]


def heat_of(network: Network, trace: StepTrace, plane: Plane, side: int) -> Heat:
    """The maps of a network of two inputs with the weights that this step began with."""
    inputs = plane.grid(side).T.reshape(2, side, side)
    maps = (inputs, *activations_on(network, trace.parameters, plane, side))
    bounds = (inf, *(max(-low, high) for low, high in _ranges(network)))
    largest = (bound if isfinite(bound) else _size(of) for bound, of in zip(bounds, maps, strict=True))
    divides = network.sizes[-1] == 1 and _ranges(network)[-1] == (0.0, 1.0)
    return Heat(plane, side, maps, tuple(largest), divides)


def place_on(plane: Plane, points: Array) -> Array:
    """Where inputs (n, 2) lie: shares of the width from the left and of the height from the top, (n, 2)."""
    size = (plane.right - plane.left, plane.bottom - plane.top)
    places: Array = (points - (plane.left, plane.top)) / size
    return places


def _ranges(network: Network) -> list[tuple[float, float]]:
    kinds = [activation(layer.activation) for layer in network.layers]
    return [(kind.low, kind.high) for kind in kinds]


def _size(array: Array) -> float:
    """The largest finite |x|; 1 where there is none but 0."""
    return float(np.abs(array[np.isfinite(array)]).max(initial=0.0)) or 1.0
