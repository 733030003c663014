"""Frozen weights and biases as compiled code holds them: by their places. NumPy only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array
from bpviz.engine.freezing import Frozen
from bpviz.engine.kernel import columns
from bpviz.engine.kernel.layout import Layout
from bpviz.engine.kernel.workspace import place_of


def held_places(
    lay: Layout, frozen: Frozen, weights: tuple[Array, Array, Array]
) -> tuple[NDArray[np.int64], Array]:
    """A row of HELD_COLUMNS places for each, and what stands there now. weights as Workspace has them."""
    at = np.array(
        [lay.layers[one.layer].weight_at(one.unit, one.source) for one in frozen], dtype=np.int64
    )
    places = np.zeros((len(at), columns.HELD_COLUMNS), dtype=np.int64)
    for column, array in zip((columns.AT, columns.FIRST_AT, columns.SECOND_AT), weights, strict=True):
        places[:, column] = at + place_of(array)
    return places, weights[0][at]
