"""Every example of a set: what the network makes of it, and what that costs."""

from __future__ import annotations

import numpy as np
import pytest

from bpviz.engine.backprop import run_step
from bpviz.engine.evaluation import accuracy, classes_of, evaluate
from bpviz.engine.examples import Examples
from bpviz.engine.network import Layer, LayerParameters, Network
from bpviz.explain.example_costs import (
    outcomes,
    outcomes_in_parts,
    rows_in_part,
    takes_long,
)
from tests.engine.nets import PAIRS, drawn, examples, network


def test_a_class_by_hand() -> None:
    """Z = 2 x - 1 and no activation; half of its squared gap to y: 0 costs 0.5 at y = 0, 1 costs nothing."""
    net = Network(1, (Layer(1, "identity"),), "half_squared_error")
    parameters = (LayerParameters(np.array([[2.0]]), np.array([-1.0])),)
    found = outcomes(net, parameters, Examples([[0.0], [1.0], [0.75]], [[0.0], [1.0], [1.0]]))
    assert found.outputs.tolist() == [[-1.0], [1.0], [0.5]]
    assert found.costs.tolist() == [0.5, 0.0, 0.125]
    assert found.cost == pytest.approx(0.625 / 3)
    assert found.wanted.tolist() == [0, 1, 1]
    assert found.seen.tolist() == [0, 1, 1], "0.5 itself says yes"


def test_of_several_outputs_the_largest_is_the_class() -> None:
    assert classes_of(np.array([[0.2, 0.5, 0.3], [0.4, 0.3, 0.3], [-3.0, -2.0, -1.0]])).tolist() == [1, 0, 2]


@pytest.mark.parametrize(("activation", "cost"), PAIRS)
def test_the_mean_of_the_costs_is_the_cost_of_the_set_and_each_is_that_of_the_example_alone(
    activation: str, cost: str
) -> None:
    net = network((2, 3, 2), "tanh", activation, cost)
    parameters, data = drawn(net), examples(net, 9)
    found = outcomes(net, parameters, data)
    assert found.cost == evaluate(net, parameters, data)
    for k in range(data.count):
        alone = run_step(net, parameters, data.inputs[k : k + 1], data.targets[k : k + 1])
        assert found.costs[k] == pytest.approx(alone.cost, rel=1e-12)
        assert found.outputs[k] == pytest.approx(alone.outputs[0], rel=1e-12)


@pytest.mark.parametrize("outputs", [1, 3])
def test_the_share_of_right_classes_is_the_accuracy(outputs: int) -> None:
    net = network((2, 4, outputs), "tanh", "sigmoid", "binary_cross_entropy")
    data = examples(net, 50)
    found = outcomes(net, drawn(net), data)
    assert (found.wanted == found.seen).mean() == accuracy(found.outputs, data.targets)


def test_in_parts_it_comes_to_the_same() -> None:
    net = network((2, 600, 600, 1))
    rows = rows_in_part(net)
    for count in (1, rows, rows + 1, 3 * rows + 2):
        data, parameters = examples(net, count), drawn(net)
        *parts, whole = outcomes_in_parts(net, parameters, data)
        assert parts == [None] * -(-count // rows)
        assert whole is not None
        at_once = outcomes(net, parameters, data)
        np.testing.assert_allclose(whole.outputs, at_once.outputs, rtol=1e-10)
        np.testing.assert_allclose(whole.costs, at_once.costs, rtol=1e-10)


def test_small_sets_are_done_at_once_and_large_ones_are_not() -> None:
    digits = network((64, 32, 10))
    assert not takes_long(digits, examples(digits, 1438))
    assert takes_long(digits, examples(digits, 100_000))
    assert takes_long(network((784, 512, 10)), examples(network((784, 512, 10)), 200))
