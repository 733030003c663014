"""Dead units and flat activations, on all training examples where that can be afforded."""

from __future__ import annotations

import numpy as np
import pytest

from bpviz.engine.activation import ACTIVATIONS
from bpviz.engine.backprop import run_step
from bpviz.engine.examples import Examples
from bpviz.engine.network import Layer, LayerParameters, Network
from bpviz.explain import activity as module
from bpviz.explain.activity import FLAT, Activity, activity_of, flat_word, steepest
from tests.explain.drawn_steps import toy

ELEMENTWISE = [a.name for a in ACTIVATIONS.values() if a.elementwise]


def seen(
    function: str, z: list[list[float]], batch: int | None = None, output: str = "identity",
    cost: str = "half_squared_error",
) -> Activity:
    """A hidden layer whose weighted inputs are given: the inputs themselves, by a unit matrix of weights."""
    inputs = np.array(z)
    units = inputs.shape[1]
    net = Network(units, (Layer(units, function, bias=False), Layer(1, output, bias=False)), cost)
    parameters = (LayerParameters(np.eye(units), None), LayerParameters(np.ones((units, 1)), None))
    train = Examples(inputs, np.zeros((len(z), 1)))
    trace = run_step(net, parameters, inputs[:batch], train.targets[:batch])
    return activity_of(net, trace, train)


def test_a_unit_is_dead_that_is_closed_on_every_example() -> None:
    found = seen("relu", [[1.0, -1.0, -2.0], [-1.0, -3.0, 0.0], [2.0, -1.0, -0.1]])
    assert (found.layers[0].dead, found.layers[0].units) == (2, 3)
    assert found.layers[0].flat == pytest.approx(7 / 9)
    assert found.layers[1].dead == 0


def test_a_unit_that_only_the_batch_finds_closed_is_not_dead() -> None:
    found = seen("relu", [[-1.0], [-1.0], [4.0]], batch=2)
    assert (found.layers[0].dead, found.whole, found.examples) == (0, True, 3)
    assert found.phrase == "all examples"


def test_of_too_many_examples_the_batch_is_looked_at_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WORK", 5)
    found = seen("relu", [[-1.0], [-1.0], [4.0]], batch=2)
    assert (found.layers[0].dead, found.whole, found.examples) == (1, False, 2)
    assert found.phrase == "all 2 examples of the batch"
    assert seen("relu", [[-1.0], [4.0], [4.0]], batch=1).phrase == "the batch's example"
    assert seen("relu", [[-1.0], [4.0], [4.0]], batch=3).whole


def test_the_training_set_is_seen_at_the_steps_own_weights() -> None:
    made = toy()
    train = Examples(np.array([[1.0], [-1.0], [3.0]]), np.zeros((3, 1)))
    found = activity_of(made.network, made.trace, train)
    assert found.layers[0].a.ravel() == pytest.approx([0.6, 0.0, 1.8])
    assert found.layers[1].a.ravel() == pytest.approx([0.54, 0.0, 1.62])


def test_saturated_is_where_a_twentieth_of_the_slope_is_left() -> None:
    """1 - tanh(z)^2 = 0.05 at |z| = 2.1777; a (1 - a) = 0.0125 at |z| = 4.3570."""
    assert seen("tanh", [[2.17], [-2.17], [2.18], [-9.0]]).layers[0].flat == pytest.approx(0.5)
    assert seen("sigmoid", [[4.35], [-4.35], [4.36], [-9.0], [0.0]]).layers[0].flat == pytest.approx(0.4)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_the_steepest_slope_is_reached_and_never_passed(name: str) -> None:
    function = ACTIVATIONS[name]
    z = np.linspace(-30, 30, 100_001)
    slopes = np.abs(function.slope(z, function.function(z)))
    assert steepest(name) == pytest.approx(slopes.max(), rel=1e-5)


def test_steepest_slopes_by_hand() -> None:
    assert steepest("sigmoid") == 0.25
    assert steepest("tanh") == steepest("relu") == steepest("identity") == steepest("sine") == 1.0
    assert FLAT < 1


@pytest.mark.parametrize(("name", "word"), [
    ("sigmoid", "saturated"), ("tanh", "saturated"), ("relu", "closed"), ("gelu", "closed"),
    ("identity", ""), ("leaky_relu", ""), ("sine", ""), ("softmax", ""),
])
def test_what_is_flat_is_called_by_its_shape(name: str, word: str) -> None:
    assert flat_word(name) == word


def test_an_output_whose_error_does_not_come_by_its_slope_is_neither_dead_nor_flat() -> None:
    """With sigmoid and its cross-entropy E is ŷ - y, however flat the sigmoid is."""
    z = [[800.0], [900.0]]
    fused = seen("identity", z, output="sigmoid", cost="binary_cross_entropy").layers[1]
    assert (fused.dead, fused.flat) == (0, None)
    plain = seen("identity", z, output="sigmoid").layers[1]
    assert (plain.dead, plain.flat) == (1, 1.0)
