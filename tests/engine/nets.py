"""Networks, first weights and examples that several test files use."""

import numpy as np
from hypothesis import strategies as st

from bpviz.engine.activation import ACTIVATIONS
from bpviz.engine.cost import COSTS
from bpviz.engine.examples import Examples
from bpviz.engine.freezing import FrozenParameter, in_order
from bpviz.engine.initializer import FirstWeights, first_parameters
from bpviz.engine.network import Layer, Network

OF_PROBABILITIES = ("binary_cross_entropy", "categorical_cross_entropy")
PAIRS = [
    (activation, cost)
    for activation in ACTIVATIONS
    for cost in COSTS
    if cost not in OF_PROBABILITIES or activation in ("sigmoid", "softmax")
]


def network(sizes, hidden="tanh", output="identity", cost="half_squared_error", bias=True):
    """A network of these column sizes, the inputs first."""
    layers = [Layer(n, hidden, bias) for n in sizes[1:-1]] + [Layer(sizes[-1], output, bias)]
    return Network(sizes[0], tuple(layers), cost)


def drawn(net, seed=0):
    """Parameters with nothing zero in them."""
    return first_parameters(net, FirstWeights("normal", deviation=0.8, bias=0.1), seed)


def examples(net, count, seed=0):
    """Random examples; the targets are shares that sum to 1 where the outputs are several probabilities."""
    random = np.random.default_rng(seed)
    targets = random.uniform(0.1, 0.9, (count, net.outputs))
    if net.layers[-1].activation == "softmax":
        targets = targets / targets.sum(axis=1, keepdims=True)
    return Examples(random.uniform(-1.5, 1.5, (count, net.inputs)), targets)


def every_parameter(net):
    """Each weight and bias of a network, as what could be frozen."""
    return [
        FrozenParameter(k, unit, source)
        for k, (inputs, layer) in enumerate(zip(net.sizes, net.layers, strict=False))
        for unit in range(layer.units)
        for source in [*([None] if layer.bias else []), *range(inputs)]
    ]


def some_frozen(net):
    """Any of them: none, some or all."""
    return st.sets(st.sampled_from(every_parameter(net))).map(in_order)


def tables(parameters):
    """Weights and biases as writable arrays; a missing bias is 0."""
    weights = [np.array(p.w) for p in parameters]
    biases = [np.zeros(p.w.shape[1]) if p.b is None else np.array(p.b) for p in parameters]
    return weights, biases


def same(one, other):
    """Whether two sets of parameters agree in every bit."""
    return all(
        a.w.tobytes() == b.w.tobytes() and (a.b is None) == (b.b is None)
        and (a.b is None or a.b.tobytes() == b.b.tobytes())
        for a, b in zip(one, other, strict=True)
    )
