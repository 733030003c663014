"""Sets of examples laid out whole, to be judged wherever a run stands. NumPy only."""

from __future__ import annotations

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.examples import Examples
from bpviz.engine.kernel import columns
from bpviz.engine.kernel.workspace import Workspace
from bpviz.engine.network import Network


class WholeSets:
    """One table of layers and one plan a set; the weights are those of the run."""

    def __init__(
        self, network: Network, sets: tuple[Examples, ...], weights: tuple[Array, Array, Array]
    ) -> None:
        self._spaces = [Workspace(network, examples, examples.count, weights) for examples in sets]
        for space, examples in zip(self._spaces, sets, strict=True):
            space.take(examples)
        self.layers = np.zeros((len(sets), network.depth, columns.LAYER_COLUMNS), dtype=np.int64)
        self.plans = np.zeros((len(sets), columns.PLAN_COLUMNS), dtype=np.int64)
        for k, space in enumerate(self._spaces):
            self.layers[k], self.plans[k] = space.layers, space.plan

    def verdicts(self, count: int) -> Array:
        """Room for what is told of each set so many times: (times, sets, VERDICT_COLUMNS)."""
        return np.empty((count, len(self.plans), columns.VERDICT_COLUMNS))
