"""The gradients are the derivatives of the cost: by automatic differentiation and by its definition."""

import numpy as np
import pytest

from bpviz.engine.backprop import run_step
from bpviz.engine.network import LayerParameters
from tests.engine import oracle
from tests.engine.nets import PAIRS, drawn, examples, network, tables


def shapes(activation):
    """A lone layer, one unit a layer where that is possible, and several wide layers."""
    return [(3, 2), (2, 4, 3, 2)] if activation == "softmax" else [(1, 1), (1, 1, 1), (3, 2), (2, 4, 3, 2)]


CASES = [(a, c, sizes) for a, c in PAIRS for sizes in shapes(a)]


@pytest.mark.parametrize(("activation", "cost", "sizes"), CASES)
def test_cost_and_gradients_agree_with_automatic_differentiation(activation, cost, sizes):
    hidden = "tanh" if activation == "softmax" else activation
    net = network(sizes, hidden, activation, cost)
    parameters, data = drawn(net), examples(net, 5)
    record = run_step(net, parameters, data.inputs, data.targets)
    names = [layer.activation for layer in net.layers]
    rest = (names, cost, np.array(data.inputs), np.array(data.targets))
    assert record.cost == pytest.approx(float(oracle.mean_cost(*tables(parameters), *rest)), rel=1e-12)
    dws, dbs = oracle.gradients(*tables(parameters), *rest)
    for layer, dw, db in zip(record.layers, dws, dbs, strict=True):
        np.testing.assert_allclose(layer.dw, dw, rtol=1e-10, atol=1e-14)
        np.testing.assert_allclose(layer.db, db, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize(("activation", "cost"), PAIRS)
def test_gradients_agree_with_central_differences(activation, cost):
    net = network((2, 3, 2), "tanh" if activation == "softmax" else activation, activation, cost)
    parameters, data = drawn(net, seed=4), examples(net, 4, seed=4)
    record = run_step(net, parameters, data.inputs, data.targets)
    weights, biases = tables(parameters)

    def cost_now():
        moved = tuple(LayerParameters(w, b) for w, b in zip(weights, biases, strict=True))
        return run_step(net, moved, data.inputs, data.targets).cost

    for layer, w, b in zip(record.layers, weights, biases, strict=True):
        for array, gradient in ((w, layer.dw), (b, layer.db)):
            for at in np.ndindex(array.shape):
                held = array[at]
                array[at] = held + 1e-5
                above = cost_now()
                array[at] = held - 1e-5
                below = cost_now()
                array[at] = held
                assert gradient[at] == pytest.approx((above - below) / 2e-5, rel=1e-6, abs=1e-9)


def test_without_biases_there_are_no_bias_gradients_and_the_weights_still_agree():
    net = network((2, 3, 1), "sigmoid", "tanh", bias=False)
    parameters, data = drawn(net), examples(net, 6)
    record = run_step(net, parameters, data.inputs, data.targets)
    names = ["sigmoid", "tanh"]
    dws, _ = oracle.gradients(
        *tables(parameters), names, net.cost, np.array(data.inputs), np.array(data.targets)
    )
    for layer, dw in zip(record.layers, dws, strict=True):
        assert layer.b is layer.db is layer.b_next is None
        np.testing.assert_allclose(layer.dw, dw, rtol=1e-10)


def test_softmax_and_cross_entropy_hold_for_targets_that_do_not_sum_to_one():
    net = network((2, 3), output="softmax", cost="categorical_cross_entropy")
    parameters, data = drawn(net), examples(net, 4)
    targets = np.array(data.targets) * 0.7
    record = run_step(net, parameters, data.inputs, targets)
    dws, _ = oracle.gradients(*tables(parameters), ["softmax"], net.cost, np.array(data.inputs), targets)
    np.testing.assert_allclose(record.layers[0].dw, dws[0], rtol=1e-10)


def test_a_batch_gives_the_mean_of_the_gradients_of_its_examples():
    net = network((2, 4, 1), "tanh", "sigmoid", "binary_cross_entropy")
    parameters, data = drawn(net), examples(net, 7)
    whole = run_step(net, parameters, data.inputs, data.targets)
    each = [run_step(net, parameters, data.inputs[i : i + 1], data.targets[i : i + 1]) for i in range(7)]
    assert whole.cost == pytest.approx(np.mean([one.cost for one in each]), rel=1e-12)
    for k in range(net.depth):
        np.testing.assert_allclose(
            whole.layers[k].dw, np.mean([one.layers[k].dw for one in each], axis=0), rtol=1e-12, atol=1e-15
        )
        np.testing.assert_allclose(
            whole.layers[k].delta, np.concatenate([one.layers[k].delta for one in each]), rtol=1e-12
        )
