"""The buffers that compiled code works in, made once for a network and the largest batch. NumPy only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.activation import ACTIVATIONS
from bpviz.engine.arrays import Array
from bpviz.engine.backprop import is_fused
from bpviz.engine.cost import COSTS
from bpviz.engine.examples import Examples
from bpviz.engine.kernel import columns
from bpviz.engine.kernel.layout import EIGHT, aligned, in_eights, layout
from bpviz.engine.network import Network

_ACTIVATIONS, _COSTS = list(ACTIVATIONS), list(COSTS)
FUSED_NUMBERS = {"binary_cross_entropy": len(_COSTS), "categorical_cross_entropy": len(_COSTS) + 1}


class Workspace:
    """Everything whose place compiled code is told. weights: W and b, then the optimizer's two memories."""

    def __init__(
        self, network: Network, examples: Examples, batch: int, weights: tuple[Array, Array, Array]
    ) -> None:
        lay = layout(network)
        self._network, self._layout, self._batch = network, lay, batch
        self.stride = in_eights(batch)
        self._inputs, self._targets = examples.inputs.ravel(), examples.targets.ravel()
        self._activations = aligned(lay.activations * self.stride)
        self._errors = aligned(lay.errors * self.stride)
        self._rest = aligned((2 * lay.tallest + in_eights(network.outputs) + 2) * self.stride + EIGHT * EIGHT)
        self._weights = weights
        for place in lay.layers:  # the input that is always 1
            self._rows_of(place.input_row + place.inputs, 1)[:] = 1.0
        self.layers = self._layer_table()
        self.plan = self._plan()

    def take(self, examples: Examples) -> None:
        """Lay all of them out as the batch; the first again in what fills up the last eight."""
        first = int(self.plan[columns.TARGETS] - self.plan[columns.SUMS])
        targets = self._rest[first : first + self._network.outputs * self.stride]
        for place, numbers in (
            (self._rows_of(0, self._network.inputs), examples.inputs),
            (targets.reshape(-1, self.stride), examples.targets),
        ):
            place[:] = numbers[:1].T
            place[:, : self._batch] = numbers.T

    def _rows_of(self, first: int, count: int) -> Array:
        part = self._activations[first * self.stride : (first + count) * self.stride]
        return part.reshape(count, self.stride)

    def _layer_table(self) -> NDArray[np.int64]:
        table = np.zeros((len(self._layout.layers), columns.LAYER_COLUMNS), dtype=np.int64)
        w, m, s = (place_of(array) for array in self._weights)
        a, e = place_of(self._activations), place_of(self._errors)
        for row, place, layer in zip(table, self._layout.layers, self._network.layers, strict=True):
            row[:] = (
                place.inputs, place.units, place.rows, place.filled, _ACTIVATIONS.index(layer.activation),
                w + place.weights_at, m + place.weights_at, s + place.weights_at,
                a + place.input_row * self.stride, a + place.output_row * self.stride,
                e + place.error_row * self.stride,
            )
        return table

    def _plan(self) -> NDArray[np.int64]:
        sums = place_of(self._rest)
        turned = sums + self._layout.tallest * self.stride
        targets = turned + self._layout.tallest * self.stride
        each_cost = targets + in_eights(self._network.outputs) * self.stride
        top = each_cost + self.stride
        return np.array([
            self.stride, self._batch, _cost_number(self._network), place_of(self._inputs),
            place_of(self._targets), targets, each_cost, top, sums, turned, top + self.stride,
        ], dtype=np.int64)


def _cost_number(network: Network) -> int:
    """Which of output.py's functions judges this network."""
    if is_fused(network):
        return FUSED_NUMBERS[network.cost]
    return _COSTS.index(network.cost)


def place_of(array: Array) -> int:
    """The address of its first number, counted in numbers."""
    return array.ctypes.data // array.itemsize
