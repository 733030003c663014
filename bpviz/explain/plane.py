"""What a network of two inputs makes of the plane of its inputs: every unit's activation on a grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bpviz.engine.arrays import Array, frozen
from bpviz.engine.backprop import forward
from bpviz.engine.network import Network, Parameters

_MARGIN = 0.08     # of the span of the examples, on each side
_LEAST_SPAN = 1e-6


@dataclass(frozen=True, slots=True)
class Plane:
    """The rectangle of inputs that is looked at: the first input from left to right, the second upwards."""

    left: float
    right: float
    bottom: float
    top: float

    def grid(self, side: int) -> Array:
        """The middles of side x side cells as inputs, (side * side, 2): row by row, the topmost first."""
        x = _middles(self.left, self.right, side)
        y = _middles(self.bottom, self.top, side)[::-1]
        return frozen(np.stack([np.tile(x, side), np.repeat(y, side)], axis=1))


def plane_around(inputs: Array, least: tuple[float, float] = (0.0, 0.0)) -> Plane:
    """The rectangle around examples (n, 2), with a margin; a single value gets room on both sides.

    least: the least margin on each side, as a share of the rectangle's width and height, below a half.
    """
    (left, bottom), (right, top) = _padded(inputs.min(axis=0), inputs.max(axis=0), np.array(least))
    return Plane(float(left), float(right), float(bottom), float(top))


def activations_on(network: Network, parameters: Parameters, plane: Plane, side: int) -> tuple[Array, ...]:
    """A of every layer on the grid, each (units, side, side); image rows run from top to bottom."""
    with np.errstate(all="ignore"):
        passed = forward(network, parameters, plane.grid(side))
    return tuple(a.T.reshape(-1, side, side) for _, a in passed)


def _padded(low: Array, high: Array, least: Array) -> tuple[Array, Array]:
    span = high - low
    margin = np.maximum(_MARGIN, least / (1 - 2 * least))
    pad: Array = np.where(span > _LEAST_SPAN, margin * span, 1.0)
    return low - pad, high + pad


def _middles(low: float, high: float, side: int) -> Array:
    return np.asarray(low + (np.arange(side) + 0.5) * ((high - low) / side), dtype=np.float64)
