"""What a network makes of each example of a set: its outputs, and what the example costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array, frozen
from bpviz.engine.backprop import example_costs, forward
from bpviz.engine.evaluation import classes_of
from bpviz.engine.examples import Examples
from bpviz.engine.network import Network, Parameters

_PART = 2_000_000      # multiplications in a part: a millisecond or two
_LARGEST_PART = 8192   # examples in a part, however small the network is
_AT_ONCE = 3           # parts that are not worth a pause between them

Classes = NDArray[np.int64]


@dataclass(frozen=True, eq=False)  # no slots: classes are found once, and not before they are asked for
class Outcomes:
    """outputs: yhat, (n, outputs). costs: (n,), without penalties; their mean is the cost of the set."""

    examples: Examples
    outputs: Array
    costs: Array

    @property
    def cost(self) -> float:
        return float(self.costs.mean())

    @cached_property
    def wanted(self) -> Classes:
        """The class of each example, (n,)."""
        return classes_of(self.examples.targets)

    @cached_property
    def seen(self) -> Classes:
        """The class that the network takes each example for, (n,)."""
        return classes_of(self.outputs)


def outcomes(network: Network, parameters: Parameters, examples: Examples) -> Outcomes:
    """Of all examples, in one go."""
    outputs, costs = _passed(network, parameters, examples.inputs, examples.targets)
    return Outcomes(examples, frozen(outputs), frozen(costs))


def outcomes_in_parts(
    network: Network, parameters: Parameters, examples: Examples
) -> Iterator[Outcomes | None]:
    """The same a part at a time: nothing after each part, and the whole at the end."""
    outputs, costs = np.empty_like(examples.targets), np.empty(examples.count)
    rows = rows_in_part(network)
    for first in range(0, examples.count, rows):
        part = slice(first, first + rows)
        passed = _passed(network, parameters, examples.inputs[part], examples.targets[part])
        outputs[part], costs[part] = passed
        yield None
    yield Outcomes(examples, frozen(outputs), frozen(costs))


def rows_in_part(network: Network) -> int:
    """How many examples pass through the network within a millisecond or two."""
    return min(_LARGEST_PART, max(16, _PART // network.edges))


def takes_long(network: Network, examples: Examples) -> bool:
    """Whether all examples at once would be felt as a pause."""
    return examples.count > _AT_ONCE * rows_in_part(network)


def _passed(network: Network, parameters: Parameters, inputs: Array, targets: Array) -> tuple[Array, Array]:
    with np.errstate(all="ignore"):
        z, outputs = forward(network, parameters, inputs)[-1]
        return outputs, example_costs(network, z, outputs, targets)
