"""The outputs of a network of two inputs over the plane of its inputs, and which class they say where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array
from bpviz.engine.backprop import forward
from bpviz.engine.evaluation import classes_of
from bpviz.engine.examples import Examples
from bpviz.engine.network import Network, Parameters
from bpviz.explain.plane import Plane

BAND = 2_000  # places that are computed at once


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """The outputs ŷ (rows, columns, outputs) at places that reach the edges of the plane: x (columns,) from
    left to right, y (rows,) from the bottom up."""

    plane: Plane
    x: Array
    y: Array
    outputs: Array

    @property
    def cell(self) -> tuple[float, float]:
        """How far places are apart, to the right and upwards."""
        return float(self.x[1] - self.x[0]), float(self.y[1] - self.y[0])


def surface_on(network: Network, parameters: Parameters, plane: Plane, columns: int, rows: int) -> Surface:
    """All at once; at least two places along each input."""
    x, y = np.linspace(plane.left, plane.right, columns), np.linspace(plane.bottom, plane.top, rows)
    bands = list(outputs_in_bands(network, parameters, x, y))
    return Surface(plane, x, y, np.concatenate(bands))


def outputs_in_bands(network: Network, parameters: Parameters, x: Array, y: Array) -> Iterator[Array]:
    """ŷ (some rows, columns, outputs), from the first row on, about BAND places at a time."""
    height = max(1, BAND // len(x))
    for first in range(0, len(y), height):
        some = y[first : first + height]
        places = np.stack([np.tile(x, len(some)), np.repeat(some, len(x))], axis=1)
        with np.errstate(all="ignore"):
            outputs = forward(network, parameters, places)[-1][1]
        yield outputs.reshape(len(some), len(x), -1)


def leads(outputs: Array) -> Array:
    """How far each class is ahead of the best other one, (..., classes): 0 on the boundary of its region."""
    best = np.sort(outputs, axis=-1)[..., -2:]
    first, second = best[..., 1:], best[..., :1]
    ahead: Array = outputs - np.where(outputs == first, second, first)
    return ahead


def wrong(outputs: Array, targets: Array) -> NDArray[np.bool_]:
    """Which examples (n,) are taken for another class."""
    mistaken: NDArray[np.bool_] = classes_of(outputs) != classes_of(targets)
    return mistaken


def wrong_in_bands(
    network: Network, parameters: Parameters, examples: Examples
) -> Iterator[NDArray[np.bool_]]:
    """wrong() of all examples, some thousand of them at a time, in their order."""
    for first in range(0, examples.count, BAND):
        some = slice(first, first + BAND)
        with np.errstate(all="ignore"):
            outputs = forward(network, parameters, examples.inputs[some])[-1][1]
        yield wrong(outputs, examples.targets[some])
