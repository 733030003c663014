"""What each node of a step makes of the plane of inputs: heat maps, and on which scale they are read."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite
from typing import cast

import numpy as np

from bpviz.engine.activation import activation
from bpviz.engine.arrays import Array
from bpviz.engine.network import LayerParameters, Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import Node
from bpviz.explain.plane import Plane, activations_on

_HALF = 0.5  # a probability from which the answer is yes


@dataclass(frozen=True, slots=True, eq=False)
class Heat:
    """maps: of the inputs, then of each layer, (units, side, side), row 0 the topmost.

    largest: for each of them the |value| of full colour: what a bounded activation can reach, or else the
    largest of its layer on the plane. border: lines (n, 2) of places, see place_on, on which a lone output
    that is a probability is 1/2.
    """

    plane: Plane
    side: int
    maps: tuple[Array, ...]
    largest: tuple[float, ...]
    border: tuple[Array, ...]

    def of(self, node: Node) -> Array:
        """The map of a node, (side, side)."""
        one: Array = self.maps[node.layer + 1][node.unit]
        return one

    def full(self, layer: int) -> float:
        """What full colour stands for in the maps of a layer, or of the inputs."""
        return self.largest[layer + 1]


def heat_of(network: Network, trace: StepTrace, plane: Plane, side: int) -> Heat:
    """The maps of a network of two inputs with the weights that this step began with."""
    parameters = tuple(LayerParameters(layer.w, layer.b) for layer in trace.layers)
    inputs = plane.grid(side).T.reshape(2, side, side)
    maps = (inputs, *activations_on(network, parameters, plane, side))
    bounds = (inf, *(max(-low, high) for low, high in _ranges(network)))
    largest = (bound if isfinite(bound) else _size(of) for bound, of in zip(bounds, maps, strict=True))
    return Heat(plane, side, maps, tuple(largest), _border(network, maps[-1]))


def place_on(plane: Plane, points: Array) -> Array:
    """Where inputs (n, 2) lie: shares of the width from the left and of the height from the top, (n, 2)."""
    size = (plane.right - plane.left, plane.bottom - plane.top)
    places: Array = (points - (plane.left, plane.top)) / size
    return places


def _ranges(network: Network) -> list[tuple[float, float]]:
    kinds = [activation(layer.activation) for layer in network.layers]
    return [(kind.low, kind.high) for kind in kinds]


def _border(network: Network, outputs: Array) -> tuple[Array, ...]:
    """The cells' middles lie half a cell inside the plane."""
    side = outputs.shape[1]
    if _ranges(network)[-1] != (0.0, 1.0) or len(outputs) != 1 or not np.isfinite(outputs).all():
        return ()
    from contourpy import LineType, contour_generator  # only a picture with maps needs it

    middles = (np.arange(side) + _HALF) / side
    lines = contour_generator(middles, middles, outputs[0], line_type=LineType.Separate).lines(_HALF)
    return tuple(cast("list[Array]", lines))


def _size(array: Array) -> float:
    """The largest finite |x|; 1 where there is none but 0."""
    return float(np.abs(array[np.isfinite(array)]).max(initial=0.0)) or 1.0
