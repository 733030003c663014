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

from bpviz.engine.arrays import Array, frozen
from bpviz.engine.network import LayerParameters, Network, Parameters

EIGHT = 8  # the lanes of lanes.py
CACHE_LINE = 64


@dataclass(frozen=True, slots=True)
class LayerPlace:
    """One layer: its shape, and where its numbers begin. Weights count in numbers, the others in rows."""

    inputs: int
    units: int
    rows: int           # of its weights: the inputs, and one for the bias if there is one
    filled: int         # the rows that are kept for them, a multiple of eight
    weights_at: int
    input_row: int      # of what comes in, among all activations
    output_row: int
    error_row: int      # among all errors

    @property
    def panels(self) -> int:
        return in_eights(self.units) // EIGHT

    def weight_at(self, unit: int, source: int | None) -> int:
        """Where one weight lies among all weights, or where the bias does for want of a source."""
        panel, within = divmod(unit, EIGHT)
        row = self.inputs if source is None else source
        return self.weights_at + (panel * self.filled + row) * EIGHT + within


@dataclass(frozen=True, slots=True)
class Layout:
    """Where every layer lies, and how large the buffers are."""

    layers: tuple[LayerPlace, ...]
    weights: int        # numbers
    activations: int    # rows
    errors: int         # rows
    tallest: int        # rows of the tallest layer

    def packed(self, parameters: Parameters) -> Array:
        """W and b of every layer in one buffer that may be written to."""
        flat = aligned(self.weights)
        for place, p in zip(self.layers, parameters, strict=True):
            filled = np.zeros((place.rows, place.panels * EIGHT))
            filled[:, : place.units] = p.w if p.b is None else np.vstack([p.w, p.b])
            panels = filled.reshape(place.rows, place.panels, EIGHT)
            _panels(flat, place)[:, : place.rows] = panels.transpose(1, 0, 2)
        return flat

    def unpacked(self, flat: Array) -> Parameters:
        """The arrays that packed has put there, bit for bit, read-only."""
        made = []
        for place in self.layers:
            panels = _panels(flat, place)[:, : place.rows].transpose(1, 0, 2)
            whole = panels.reshape(place.rows, -1)[:, : place.units]
            b = frozen(whole[place.inputs].copy()) if place.rows > place.inputs else None
            made.append(LayerParameters(frozen(whole[: place.inputs].copy()), b))
        return tuple(made)


def layout(network: Network) -> Layout:
    """Places for everything, layer after layer."""
    places = []
    weights_at = input_row = error_row = 0
    for inputs, layer in zip(network.sizes, network.layers, strict=False):
        filled, units = in_eights(inputs + 1), in_eights(layer.units)
        output_row = input_row + filled
        rows = inputs + layer.bias
        places.append(
            LayerPlace(inputs, layer.units, rows, filled, weights_at, input_row, output_row, error_row)
        )
        weights_at, input_row, error_row = weights_at + filled * units, output_row, error_row + units
    last = in_eights(network.outputs + 1)
    tallest = max(last, *(place.filled for place in places))
    return Layout(tuple(places), weights_at, input_row + last, error_row, tallest)


def in_eights(count: int) -> int:
    """The next multiple of eight."""
    return -(-count // EIGHT) * EIGHT


def aligned(count: int) -> Array:
    """So many zeros, beginning where a line of the processor's cache begins."""
    raw = np.zeros(count + CACHE_LINE // EIGHT)
    skip = -raw.ctypes.data % CACHE_LINE // EIGHT
    return raw[skip : skip + count]


def _panels(flat: NDArray[np.float64], place: LayerPlace) -> Array:
    size = place.filled * place.panels * EIGHT
    part = flat[place.weights_at : place.weights_at + size]
    return part.reshape(place.panels, place.filled, EIGHT)
