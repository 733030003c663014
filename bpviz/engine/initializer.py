"""The weights that training starts from."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from bpviz.engine.arrays import Array, checked, frozen
from bpviz.engine.errors import EngineError, unknown_name
from bpviz.engine.network import LayerParameters, Network, Parameters
from bpviz.engine.seed import WEIGHTS, stream

INITIALIZERS: Mapping[str, str] = MappingProxyType({
    "given": "given", "constant": "constant", "uniform": "uniform", "normal": "normal",
    "xavier": "Xavier", "he": "He",
})


@dataclass(frozen=True, slots=True)
class FirstWeights:
    """How first weights are drawn; each way reads only its own fields.

    given: weights, one (inputs x units) table a layer, and biases, one row a layer, () for a layer without.
    """

    name: str = "xavier"
    value: float = 0.5      # constant
    low: float = -1.0       # uniform
    high: float = 1.0
    mean: float = 0.0       # normal
    deviation: float = 0.5
    bias: float = 0.0       # the first bias of every unit, for all but given
    weights: tuple[tuple[tuple[float, ...], ...], ...] = ()
    biases: tuple[tuple[float, ...], ...] = ()


def first_parameters(network: Network, first: FirstWeights, seed: int) -> Parameters:
    """Parameters at step 0, the same for the same seed. Raises EngineError when they cannot be drawn."""
    _check(first)
    if first.name == "given":
        return _given(network, first)
    random = stream(seed, WEIGHTS)
    made = []
    for inputs, layer in zip(network.sizes, network.layers, strict=False):
        w = frozen(_drawn(first, inputs, layer.units, random))
        b = frozen(np.full(layer.units, first.bias)) if layer.bias else None
        made.append(LayerParameters(w, b))
    return tuple(made)


def _check(first: FirstWeights) -> None:
    if first.name not in INITIALIZERS:
        raise unknown_name("initializer", first.name, INITIALIZERS)
    numbers = (first.value, first.low, first.high, first.mean, first.deviation, first.bias)
    if not all(math.isfinite(x) for x in numbers):
        raise EngineError("first weights: expected finite numbers")
    if first.low > first.high:
        raise EngineError(f"low: expected at most high, {first.high}; got {first.low}")
    if first.deviation < 0.0:
        raise EngineError(f"deviation: expected 0 or more, got {first.deviation}")


def _drawn(first: FirstWeights, inputs: int, units: int, random: np.random.Generator) -> Array:
    shape = (inputs, units)
    if first.name == "constant":
        return np.full(shape, first.value)
    if first.name == "uniform":
        return random.uniform(first.low, first.high, shape)
    if first.name == "normal":
        return random.normal(first.mean, first.deviation, shape)
    if first.name == "xavier":
        reach = math.sqrt(6.0 / (inputs + units))
        return random.uniform(-reach, reach, shape)
    return random.normal(0.0, math.sqrt(2.0 / inputs), shape)


def _given(network: Network, first: FirstWeights) -> Parameters:
    if len(first.weights) != network.depth:
        raise EngineError(f"first weights: expected {network.depth} layers, got {len(first.weights)}")
    biases = first.biases or ((),) * network.depth
    if len(biases) != network.depth:
        raise EngineError(f"first biases: expected {network.depth} layers, got {len(biases)}")
    made = []
    for k, (inputs, layer) in enumerate(zip(network.sizes, network.layers, strict=False)):
        if biases[k] and not layer.bias:
            raise EngineError(f"biases[{k}]: expected none, the layer has no bias; got {len(biases[k])}")
        w = checked(f"weights[{k}]", first.weights[k], (inputs, layer.units))
        b = checked(f"biases[{k}]", biases[k], (layer.units,)) if layer.bias else None
        made.append(LayerParameters(w, b))
    return tuple(made)
