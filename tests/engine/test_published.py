"""Numbers that others have published, and the text's own network worked by hand."""

import numpy as np
import pytest

from bpviz.engine.backprop import is_fused, run_step
from bpviz.engine.network import Layer, LayerParameters, Network
from bpviz.engine.optimizer import Learning
from tests.engine.nets import PAIRS, network


def toy_step():
    """One input, one hidden unit, one output, ReLU, no bias: W_h 0.6, W_o 0.9, X 2, y 0.5, rate 0.1."""
    net = Network(1, (Layer(1, "relu", bias=False), Layer(1, "relu", bias=False)))
    parameters = (LayerParameters(np.array([[0.6]]), None), LayerParameters(np.array([[0.9]]), None))
    return run_step(net, parameters, np.array([[2.0]]), np.array([[0.5]]), Learning(rate=0.1))


def test_the_text_s_toy_network_gives_the_numbers_worked_by_hand():
    # Z_h = X W_h = 2 * 0.6 = 1.2        H = relu(1.2) = 1.2
    # Z_o = H W_o = 1.2 * 0.9 = 1.08     yhat = relu(1.08) = 1.08
    # C = 0.5 (1.08 - 0.5)^2 = 0.5 * 0.58^2 = 0.1682
    # E_o = (yhat - y) R'(Z_o) = 0.58 * 1 = 0.58
    # E_h = E_o W_o R'(Z_h) = 0.58 * 0.9 * 1 = 0.522
    # C'(W_o) = E_o H = 0.58 * 1.2 = 0.696     W_o - 0.1 * 0.696 = 0.8304
    # C'(W_h) = E_h X = 0.522 * 2 = 1.044      W_h - 0.1 * 1.044 = 0.4956
    record = toy_step()
    hidden, output = record.layers
    told = (
        hidden.z, hidden.a, output.z, output.a, output.delta, hidden.delta, output.dw, hidden.dw,
        output.w_next, hidden.w_next,
    )
    by_hand = (1.2, 1.2, 1.08, 1.08, 0.58, 0.522, 0.696, 1.044, 0.8304, 0.4956)
    assert [x.item() for x in told] == pytest.approx(by_hand, rel=1e-14)
    assert record.cost == pytest.approx(0.1682, rel=1e-14)
    # What reaches each layer from above: yhat - y, then E_o W_o.
    assert (output.pull.item(), hidden.pull.item()) == pytest.approx((0.58, 0.522), rel=1e-14)


def test_a_closed_relu_stops_the_error():
    net = Network(1, (Layer(1, "relu", bias=False), Layer(1, "identity", bias=False)))
    parameters = (LayerParameters(np.array([[-0.6]]), None), LayerParameters(np.array([[0.9]]), None))
    record = run_step(net, parameters, np.array([[2.0]]), np.array([[0.5]]))
    hidden = record.layers[0]
    # yhat = 0, so -0.5 * 0.9 reaches the hidden unit, and Z_h = -1.2 lets nothing through.
    assert hidden.pull.item() == pytest.approx(-0.45)
    assert (hidden.slope.item(), hidden.delta.item(), hidden.dw.item()) == (0.0, 0.0, 0.0)


def mazur_step():
    """Matt Mazur, "A Step by Step Backpropagation Example" (2015): 2-2-2, sigmoid, half squared error."""
    net = Network(2, (Layer(2, "sigmoid"), Layer(2, "sigmoid")))
    # His w1 and w2 go into the first hidden unit, w3 and w4 into the second, and so on.
    parameters = (
        LayerParameters(np.array([[0.15, 0.25], [0.20, 0.30]]), np.full(2, 0.35)),
        LayerParameters(np.array([[0.40, 0.50], [0.45, 0.55]]), np.full(2, 0.60)),
    )
    return run_step(
        net, parameters, np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]]), Learning(rate=0.5)
    )


def test_mazur_s_forward_pass_and_cost_are_as_published():
    record = mazur_step()
    np.testing.assert_allclose(record.layers[0].a, [[0.593269992, 0.596884378]], atol=5e-10)
    np.testing.assert_allclose(record.outputs, [[0.75136507, 0.772928465]], atol=5e-10)
    assert record.cost == pytest.approx(0.298371109, abs=5e-10)


def test_mazur_s_weights_after_one_step_are_as_published():
    hidden, output = mazur_step().layers
    np.testing.assert_allclose(  # w5 w7 / w6 w8
        output.w_next, [[0.35891648, 0.511301270], [0.408666186, 0.561370121]], atol=5e-9
    )
    np.testing.assert_allclose(  # w1 w3 / w2 w4
        hidden.w_next, [[0.149780716, 0.24975114], [0.19956143, 0.29950229]], atol=5e-9
    )


def test_only_the_two_matching_pairs_are_fused():
    fused = {pair for pair in PAIRS if is_fused(network((2, 2), output=pair[0], cost=pair[1]))}
    assert fused == {("sigmoid", "binary_cross_entropy"), ("softmax", "categorical_cross_entropy")}
