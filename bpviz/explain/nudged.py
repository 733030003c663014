"""The cost of a batch with one weight or bias moved, all others as they are before the update."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.activation import activation
from bpviz.engine.arrays import Array
from bpviz.engine.backprop import example_costs, forward
from bpviz.engine.cost import cost
from bpviz.engine.network import Network, Parameters
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import Address, Edge

_KINKED = ("relu", "leaky_relu")


class Nudged:
    """The network from that weight's layer on: what lies below does not feel it."""

    def __init__(self, network: Network, trace: StepTrace, address: Address) -> None:
        k = address.layer
        self._network = Network(network.sizes[k], network.layers[k:], network.cost)
        self._inputs, self._targets = trace.layers[k].a_in, trace.targets
        self._layers: Parameters = trace.parameters[k:]
        self._weighted = trace.layers[k].z
        self._address = address
        self.at = float(self._array[self._place])

    @property
    def work(self) -> int:
        """Multiplications for one cost, roughly."""
        return self._network.edges * int(self._inputs.shape[0])

    def cost(self, offset: float) -> float:
        """The mean over the batch, without penalty."""
        z, a = self._passed(offset)[-1]
        return float(example_costs(self._network, z, a, self._targets).mean())

    def costs(self, offsets: Array) -> Array:
        """The same for each of several offsets, (offsets,), all in one pass."""
        count, batch = offsets.size, self._inputs.shape[0]
        first, *above = self._network.layers
        z = np.tile(self._weighted, (count, 1))
        z[:, self._place[-1]] += np.outer(offsets, self._felt).ravel()
        a = activation(first.activation).function(z)
        if above:
            network = Network(first.units, tuple(above), self._network.cost)
            z, a = forward(network, self._layers[1:], a)[-1]
        each = example_costs(self._network, z, a, np.tile(self._targets, (count, 1)))
        mean: Array = each.reshape(count, batch).mean(axis=1)
        return mean

    def kinks(self, epsilon: float) -> tuple[str, ...]:
        """Functions with a kink between w - epsilon and w + epsilon: for some example, a side is changed."""
        passes = [self._passed(offset) for offset in (-epsilon, 0.0, epsilon)]
        found: dict[str, None] = {}
        for sides in zip(*(self._sides(passed) for passed in passes), strict=True):
            (name, first), *others = sides
            if any(not np.array_equal(first, other) for _, other in others):
                found[name] = None
        return tuple(found)

    def _sides(self, passed: list[tuple[Array, Array]]) -> Iterator[tuple[str, NDArray[np.bool_]]]:
        for layer, (z, _) in zip(self._network.layers, passed, strict=True):
            if layer.activation in _KINKED:
                yield activation(layer.activation).label, z > 0
        if self._network.cost == "absolute_error":
            yield f"the {cost(self._network.cost).label}", passed[-1][1] > self._targets

    def _passed(self, offset: float) -> list[tuple[Array, Array]]:
        moved = self._array.copy()
        moved[self._place] += offset
        field = "w" if isinstance(self._address, Edge) else "b"
        first = replace(self._layers[0], **{field: moved})
        return forward(self._network, (first, *self._layers[1:]), self._inputs)

    @property
    def _felt(self) -> Array:
        """What the weighted input gains with each unit of the offset, (batch,)."""
        if isinstance(self._address, Edge):
            return self._inputs[:, self._address.source]
        return np.ones(self._inputs.shape[0])

    @property
    def _array(self) -> Array:
        first = self._layers[0]
        found = first.w if isinstance(self._address, Edge) else first.b
        assert found is not None  # gradient_part was read, so the layer has it
        return found

    @property
    def _place(self) -> tuple[int, ...]:
        if isinstance(self._address, Edge):
            return (self._address.source, self._address.target)
        return (self._address.unit,)
