"""How a network lies in the flat buffers that compiled code works on. NumPy only.

Weights lie in panels of eight units: all rows of the first eight units, then all rows of the next eight; the
last row of a layer is its bias, the weights of an input that is always 1. Activations and errors lie as
(unit, example of the batch), so that eight neighbours are eight examples. Everything is filled up to eights
with zeros, which stay zeros.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.activation import ACTIVATIONS
from bpviz.engine.arrays import Array, frozen
from bpviz.engine.network import LayerParameters, Network, Parameters

EIGHT = 8
CACHE_LINE = 64
# The columns of a layout's table, one row a layer.
INPUTS, UNITS, ROWS, ROWS_FILLED, WEIGHTS_AT, INPUT_ROW, ERROR_ROW, ACTIVATION = range(8)
ACTIVATION_NUMBERS = {name: k for k, name in enumerate(ACTIVATIONS)}


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where each layer's numbers begin. Offsets of weights count numbers; INPUT_ROW and ERROR_ROW rows of lanes."""

    table: NDArray[np.int64]
    weights: int        # numbers
    activations: int    # rows
    errors: int         # rows
    tallest: int        # rows of the tallest layer, filled up

    def packed(self, arrays: list[tuple[Array, Array | None]]) -> Array:
        """(W, b) of every layer in one buffer, which may be written to."""
        flat = aligned(self.weights)
        for k, (w, b) in enumerate(arrays):
            whole = w if b is None else np.vstack([w, b])
            panels, rows, units = self._panels(flat, k)
            filled = np.zeros((rows, panels.shape[0] * EIGHT))
            filled[:, :units] = whole
            panels[:, :rows] = filled.reshape(rows, -1, EIGHT).transpose(1, 0, 2)
        return flat

    def unpacked(self, flat: Array, network: Network) -> Parameters:
        """What packed made, as arrays of their own."""
        made = []
        for k, layer in enumerate(network.layers):
            panels, rows, units = self._panels(flat, k)
            whole = panels[:, :rows].transpose(1, 0, 2).reshape(rows, -1)[:, :units]
            inputs = rows - layer.bias
            b = frozen(whole[inputs].copy()) if layer.bias else None
            made.append(LayerParameters(frozen(whole[:inputs].copy()), b))
        return tuple(made)

    def _panels(self, flat: Array, k: int) -> tuple[Array, int, int]:
        row = self.table[k]
        units, rows, filled, at = (int(row[c]) for c in (UNITS, ROWS, ROWS_FILLED, WEIGHTS_AT))
        count = in_eights(units)
        return flat[at : at + filled * count].reshape(count // EIGHT, filled, EIGHT), rows, units


def layout(network: Network) -> Layout:
    """Places for everything, layer after layer."""
    table = np.zeros((network.depth, 8), dtype=np.int64)
    weights_at = input_row = error_row = tallest = 0
    for k, (inputs, layer) in enumerate(zip(network.sizes, network.layers, strict=False)):
        rows = inputs + layer.bias
        filled = in_eights(inputs + 1)
        number = ACTIVATION_NUMBERS[layer.activation]
        table[k] = inputs, layer.units, rows, filled, weights_at, input_row, error_row, number
        weights_at += filled * in_eights(layer.units)
        input_row += filled
        error_row += in_eights(layer.units)
        tallest = max(tallest, filled, in_eights(layer.units + 1))
    return Layout(frozen_table(table), weights_at, input_row + in_eights(network.outputs + 1), error_row, tallest)


def frozen_table(table: NDArray[np.int64]) -> NDArray[np.int64]:
    table.flags.writeable = False
    return table


def in_eights(count: int) -> int:
    """The next multiple of eight."""
    return -(-count // EIGHT) * EIGHT


def aligned(count: int) -> Array:
    """So many zeros, beginning where a line of the processor's cache begins."""
    raw = np.zeros(count + CACHE_LINE // 8)
    skip = -raw.ctypes.data % CACHE_LINE // 8
    return raw[skip : skip + count]
