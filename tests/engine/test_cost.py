"""Each cost and its slope, and the fused pairs however large Z is."""

import math

import numpy as np
import pytest

from bpviz.engine.backprop import run_step
from bpviz.engine.cost import COSTS, cost
from bpviz.engine.network import LayerParameters
from tests.engine.nets import network

# Worked by hand for yhat 0.8 and target 0.3, then yhat 3 and target 0.5: value, slope.
BY_HAND = {
    "half_squared_error": ((0.125, 0.5), (3.125, 2.5)),
    "mean_squared_error": ((0.25, 1.0), (6.25, 5.0)),
    "absolute_error": ((0.5, 1.0), (2.5, 1.0)),
    "huber": ((0.125, 0.5), (2.0, 1.0)),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_costs_of_a_gap_are_as_worked_by_hand(name):
    for (outputs, targets), (value, slope) in zip(((0.8, 0.3), (3.0, 0.5)), BY_HAND[name], strict=True):
        pair = np.array([[outputs]]), np.array([[targets]])
        assert cost(name).value(*pair).item() == pytest.approx(value)
        assert cost(name).slope(*pair).item() == pytest.approx(slope)


def test_cross_entropies_are_as_worked_by_hand():
    # yhat 0.8, y 1: -ln 0.8, slope (0.8 - 1) / (0.8 * 0.2) = -1.25 = -1 / 0.8 in both of them.
    pair = np.array([[0.8]]), np.array([[1.0]])
    for name in ("binary_cross_entropy", "categorical_cross_entropy"):
        assert cost(name).value(*pair).item() == pytest.approx(-math.log(0.8))
        assert cost(name).slope(*pair).item() == pytest.approx(-1.25)


@pytest.mark.parametrize("name", COSTS)
def test_a_cost_is_one_number_an_example_summed_over_its_outputs(name):
    outputs = np.array([[0.2, 0.7], [0.5, 0.5], [0.9, 0.1]])
    targets = np.array([[0.0, 1.0], [0.3, 0.7], [1.0, 0.0]])
    of_both = cost(name).value(outputs, targets)
    of_each = sum(cost(name).value(outputs[:, [k]], targets[:, [k]]) for k in range(2))
    assert of_both.shape == (3,)
    np.testing.assert_allclose(of_both, of_each, rtol=1e-14)
    assert cost(name).slope(outputs, targets).shape == (3, 2)


@pytest.mark.parametrize("name", ["binary_cross_entropy", "categorical_cross_entropy"])
def test_cross_entropies_stay_finite_at_outputs_of_exactly_0_and_1(name):
    outputs = np.array([[0.0, 1.0, 0.0, 1.0]])
    targets = np.array([[0.0, 1.0, 1.0, 0.0]])
    assert np.isfinite(cost(name).value(outputs, targets)).all()
    assert np.isfinite(cost(name).slope(outputs, targets)).all()


def fused_step(z, targets, output, name):
    """A lone layer whose weighted input is exactly z."""
    net = network((1, len(z)), output=output, cost=name, bias=False)
    parameters = (LayerParameters(np.array([z]), None),)
    return run_step(net, parameters, np.array([[1.0]]), np.array([targets]))


@pytest.mark.parametrize(
    ("z", "y", "value", "error"),
    [
        (1e4, 1.0, 0.0, 0.0), (1e4, 0.0, 1e4, 1.0), (-1e4, 0.0, 0.0, 0.0), (-1e4, 1.0, 1e4, -1.0),
        (0.0, 1.0, math.log(2.0), -0.5),
    ],
)
def test_sigmoid_with_its_cross_entropy_is_exact_however_large_z(z, y, value, error):
    record = fused_step([z], [y], "sigmoid", "binary_cross_entropy")
    assert record.fused
    assert record.cost == pytest.approx(value, rel=1e-15)
    assert record.layers[0].delta.item() == error
    assert np.isfinite(record.layers[0].pull).all()


@pytest.mark.parametrize(
    ("z", "targets", "value", "error"),
    [
        ([1e4, -1e4], [1.0, 0.0], 0.0, [0.0, 0.0]),
        ([1e4, -1e4], [0.0, 1.0], 2e4, [1.0, -1.0]),
        ([-1e4, -1e4], [0.0, 1.0], math.log(2.0), [0.5, -0.5]),
        ([1e4, 1e4, 1e4], [1.0, 0.0, 0.0], math.log(3.0), [-2 / 3, 1 / 3, 1 / 3]),
    ],
)
def test_softmax_with_its_cross_entropy_is_exact_however_large_z(z, targets, value, error):
    record = fused_step(z, targets, "softmax", "categorical_cross_entropy")
    assert record.fused
    assert record.cost == pytest.approx(value, rel=1e-12)
    np.testing.assert_allclose(record.layers[0].delta, [error], rtol=1e-12)
    assert np.isfinite(record.layers[0].pull).all()


def test_the_error_of_a_fused_pair_is_prediction_minus_target():
    record = fused_step([0.3, -1.2, 0.8], [0.0, 0.0, 1.0], "softmax", "categorical_cross_entropy")
    np.testing.assert_array_equal(record.layers[0].delta, record.outputs - record.targets)


@pytest.mark.parametrize("name", COSTS)
def test_every_cost_states_its_formulas_with_balanced_braces(name):
    for latex in (cost(name).latex, cost(name).slope_latex):
        assert latex
        assert latex.count("{") == latex.count("}")
