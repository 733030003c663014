"""The mathematics once more, for automatic differentiation, written from its definitions alone.

Nothing here comes from bpviz: every function is the textbook's, without the engine's care for large numbers.
"""

import autograd.numpy as anp
from autograd import grad

ACTIVATIONS = {
    "identity": lambda z: z,
    "relu": lambda z: z * (z > 0),
    "leaky_relu": lambda z: z * (z > 0) + 0.01 * z * (z <= 0),
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": lambda z: (anp.exp(z) - anp.exp(-z)) / (anp.exp(z) + anp.exp(-z)),
    "softplus": lambda z: anp.log(1 + anp.exp(z)),
    "elu": lambda z: anp.where(z > 0, z, anp.exp(z) - 1),
    "gelu": lambda z: z / 2 * (1 + anp.tanh((2 / anp.pi) ** 0.5 * (z + 0.044715 * z**3))),
    "silu": lambda z: z / (1 + anp.exp(-z)),
    "sine": anp.sin,
    "softmax": lambda z: anp.exp(z) / anp.sum(anp.exp(z), axis=1, keepdims=True),
}
COSTS = {
    "half_squared_error": lambda p, y: (p - y) ** 2 / 2,
    "mean_squared_error": lambda p, y: (p - y) ** 2,
    "absolute_error": lambda p, y: anp.where(p > y, p - y, y - p),
    "huber": lambda p, y: anp.where(anp.abs(p - y) < 1, (p - y) ** 2 / 2, anp.abs(p - y) - 0.5),
    "binary_cross_entropy": lambda p, y: -(y * anp.log(p) + (1 - y) * anp.log(1 - p)),
    "categorical_cross_entropy": lambda p, y: -y * anp.log(p),
}


def mean_cost(weights, biases, activations, cost, inputs, targets):
    """C(R(Z(... R(Z(X W)) ...))), summed over the outputs, averaged over the examples."""
    a = inputs
    for w, b, name in zip(weights, biases, activations, strict=True):
        a = ACTIVATIONS[name](anp.dot(a, w) + b)
    return anp.sum(COSTS[cost](a, targets)) / len(inputs)


def gradients(weights, biases, activations, cost, inputs, targets):
    """(dC/dW, dC/db), a list of arrays each."""
    return tuple(grad(mean_cost, k)(weights, biases, activations, cost, inputs, targets) for k in (0, 1))
