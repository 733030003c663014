"""Every preset's gradients agree with the autograd package, which was written by others."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from bpviz.document.preset import load_preset, preset_names

ACTIVATIONS = {
    "identity": lambda z: z,
    "relu": lambda z: anp.maximum(z, 0.0),
    "sigmoid": lambda z: 1.0 / (1.0 + anp.exp(-z)),
    "tanh": anp.tanh,
    "softmax": lambda z: anp.exp(z) / anp.sum(anp.exp(z), axis=1, keepdims=True),
}
COSTS = {
    "half_squared_error": lambda yhat, y: 0.5 * (yhat - y) ** 2,
    "binary_cross_entropy": lambda yhat, y: -(y * anp.log(yhat) + (1 - y) * anp.log(1 - yhat)),
    "categorical_cross_entropy": lambda yhat, y: -y * anp.log(yhat),
}


def cost(weights, biases, network, inputs, targets):
    """The text's nested functions, written once more: C(R(Z(... R(Z(X W)) ...)))."""
    a = inputs
    for layer, w, b in zip(network.layers, weights, biases, strict=True):
        a = ACTIVATIONS[layer.activation](anp.dot(a, w) + b)
    return anp.sum(COSTS[network.cost](a, targets)) / inputs.shape[0]


@pytest.mark.parametrize("steps", [0, 25])
@pytest.mark.parametrize("name", preset_names())
def test_gradients_of_a_preset_agree_with_automatic_differentiation(name, steps):
    experiment = load_preset(name).experiment
    trainer = experiment.start()
    for _ in range(steps):
        assert trainer.advance() is None
    record = trainer.record()
    weights = [np.array(layer.w) for layer in record.layers]
    biases = [np.zeros(layer.w.shape[1]) if layer.b is None else np.array(layer.b) for layer in record.layers]
    rest = (experiment.network, np.array(record.inputs), np.array(record.targets))
    assert record.cost == pytest.approx(float(cost(weights, biases, *rest)), rel=1e-12)
    dws, dbs = (grad(cost, k)(weights, biases, *rest) for k in (0, 1))
    for layer, dw, db in zip(record.layers, dws, dbs, strict=True):
        np.testing.assert_allclose(layer.dw, dw, rtol=1e-10, atol=1e-14)
        if layer.db is not None:
            np.testing.assert_allclose(layer.db, db, rtol=1e-10, atol=1e-14)
