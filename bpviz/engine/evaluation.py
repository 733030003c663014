"""How good a network is on whole sets of examples."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array
from bpviz.engine.backprop import example_costs, forward
from bpviz.engine.examples import Examples
from bpviz.engine.network import Network, Parameters


def evaluate(network: Network, parameters: Parameters, examples: Examples) -> float:
    """The mean cost over all examples."""
    return outcome(network, parameters, examples)[0]


def outcome(network: Network, parameters: Parameters, examples: Examples) -> tuple[float, Array]:
    """The mean cost over all examples, and the outputs that it is the cost of."""
    with np.errstate(all="ignore"):
        z, outputs = forward(network, parameters, examples.inputs)[-1]
        return float(example_costs(network, z, outputs, examples.targets).mean()), outputs


def accuracy(outputs: Array, targets: Array) -> float:
    """The share of examples whose class is right."""
    return float((classes_of(outputs) == classes_of(targets)).mean())


def classes_of(outputs: Array) -> NDArray[np.int64]:
    """The class that outputs, or targets, stand for, (n,): of one, yes (1) from 0.5 on; of several, the
    largest."""
    if outputs.shape[1] == 1:
        return np.array(outputs[:, 0] >= 0.5, dtype=np.int64)
    return np.array(outputs.argmax(axis=1), dtype=np.int64)


def on_one_side(outputs: Array, targets: Array) -> NDArray[np.bool_]:
    """Where both say yes, by 0.5 or more, or both say no."""
    alike: NDArray[np.bool_] = (outputs >= 0.5) == (targets >= 0.5)
    return alike
