"""Nudging a weight shows its gradient: as far as the curve, its kinks and the rounding let it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from bpviz.engine.activation import ACTIVATIONS
from bpviz.engine.backprop import run_step
from bpviz.engine.network import LayerParameters, Network
from bpviz.explain.address import INPUT, Address, Edge, Node
from bpviz.explain.contribution import subject_of
from bpviz.explain.wiggle import EPSILONS, Wiggle, wiggle, wiggle_words
from tests.engine import oracle
from tests.engine.nets import drawn, examples, network, tables
from tests.explain.drawn_steps import Step, steps, toy
from tests.explain.preset_steps import opened, spoilt

SMOOTH = [("tanh", "half_squared_error"), ("sigmoid", "binary_cross_entropy"),
          ("softmax", "categorical_cross_entropy"), ("softplus", "mean_squared_error"), ("gelu", "huber")]


def step(net: Network, count: int = 6) -> Step:
    given_examples = examples(net, count)
    return Step(net, run_step(net, drawn(net), given_examples.inputs, given_examples.targets))


def parameters(net: Network) -> list[Address]:
    sizes, layers = net.sizes, range(net.depth)
    edges = [Edge(k, s, t) for k in layers for s in range(sizes[k]) for t in range(sizes[k + 1])]
    return [*edges, *(Node(k, t) for k in layers for t in range(sizes[k + 1]))]


@pytest.mark.parametrize(("output", "cost"), SMOOTH)
def test_the_difference_agrees_with_backpropagation(output: str, cost: str) -> None:
    made = step(network((2, 4, 3), "tanh", output, cost))
    for address in parameters(made.network):
        seen = wiggle(made.network, made.trace, address, 1e-4)
        assert seen.slope == pytest.approx(seen.backprop, rel=1e-5, abs=1e-8)


@pytest.mark.parametrize("address", [Edge(0, 1, 2), Edge(1, 3, 0), Node(0, 1), Node(1, 1)])
def test_both_nudged_costs_are_the_batchs(address: Address) -> None:
    """Worked out again from the definitions: every weight as before the update but one."""
    net = network((2, 4, 3), "tanh", "sigmoid", "half_squared_error")
    made = step(net)
    names = [layer.activation for layer in net.layers]
    seen = wiggle(net, made.trace, address, 0.01)
    for offset, found in ((-0.01, seen.below), (0.0, seen.cost), (0.01, seen.above)):
        weights, biases = tables(drawn(net))
        if isinstance(address, Edge):
            weights[address.layer][address.source, address.target] += offset
        else:
            biases[address.layer][address.unit] += offset
        expected = oracle.mean_cost(weights, biases, names, net.cost, made.trace.inputs, made.trace.targets)
        assert found == pytest.approx(float(expected), rel=1e-12)
    assert seen.slope == (seen.above - seen.below) / 0.02


@pytest.mark.parametrize(("output", "cost"), SMOOTH[:3])
def test_the_error_shrinks_with_the_square_of_epsilon(output: str, cost: str) -> None:
    made = step(network((2, 3, 2), "tanh", output, cost))
    checked = 0
    for address in parameters(made.network):
        wide, near = (wiggle(made.network, made.trace, address, e) for e in (0.1, 0.01))
        missing = abs(wide.slope - wide.backprop)
        if missing > 1e-6:
            assert 50 < missing / abs(near.slope - near.backprop) < 200
            checked += 1
    assert checked >= 8


def test_the_toy_cost_is_a_parabola_of_either_weight() -> None:
    """C(W_o) = (1.2 W_o - 0.5)^2 / 2: 0.245 at 1.0 and 0.1058 at 0.8, a slope of 0.696 between them."""
    made = toy()
    seen = wiggle(made.network, made.trace, Edge(1, 0, 0), 0.1)
    assert (seen.above, seen.below) == (pytest.approx(0.245), pytest.approx(0.1058))
    assert seen.rise == pytest.approx(0.1392)
    assert seen.slope == pytest.approx(0.696)
    assert seen.at == 0.9
    w = 0.9 + seen.offsets
    np.testing.assert_allclose(seen.costs, (1.2 * w - 0.5) ** 2 / 2, rtol=1e-12)
    assert (seen.offsets[0], seen.offsets[-1]) == (pytest.approx(-0.4), pytest.approx(0.4))


def test_the_curve_passes_through_all_three_points() -> None:
    made = step(network((2, 3, 1)))
    seen = wiggle(made.network, made.trace, Edge(0, 0, 0), 0.01)
    for offset, cost in ((-0.01, seen.below), (0.0, seen.cost), (0.01, seen.above)):
        at = int(np.argmin(np.abs(seen.offsets - offset)))
        assert seen.offsets[at] == pytest.approx(offset, abs=1e-12)
        assert seen.costs[at] == pytest.approx(cost, rel=1e-9)


def test_a_kink_of_relu_between_the_points_is_found_and_named() -> None:
    """Z_h = 2 W_h is 0.002 above the kink: 0.001 of W_h. A nudge of 0.01 crosses it, one of 1e-4 does not."""
    made = toy(w_h=0.001)
    crossing, clear = (wiggle(made.network, made.trace, Edge(0, 0, 0), e) for e in (0.01, 1e-4))
    assert crossing.kinks == ("ReLU",)
    assert clear.kinks == ()
    # to the left of the kink the output is 0 and the cost 0.125, whatever W_h
    assert crossing.below == pytest.approx(0.125)
    assert crossing.slope == pytest.approx(((1.8 * 0.011 - 0.5) ** 2 / 2 - 0.125) / 0.02)
    assert "kink of ReLU" in wiggle_words(crossing)
    assert "agree" in wiggle_words(clear)


def test_other_kinks_are_named_too() -> None:
    leaky = toy(w_h=0.001, functions=("leaky_relu", "identity"))
    assert wiggle(leaky.network, leaky.trace, Edge(0, 0, 0), 0.01).kinks == ("leaky ReLU",)
    absolute = toy(y=1.079, functions=("tanh", "identity"), cost="absolute_error")
    assert wiggle(absolute.network, absolute.trace, Edge(1, 0, 0), 0.5).kinks == ("the absolute error",)


@given(steps(scales=(1.0,)))
@settings(max_examples=30)
def test_smooth_functions_have_no_kinks(made: Step) -> None:
    kinked = {layer.activation for layer in made.network.layers} & {"relu", "leaky_relu"}
    if kinked or made.network.cost == "absolute_error":
        return
    edge = Edge(0, 0, 0)
    assert wiggle(made.network, made.trace, edge, 0.1).kinks == ()


@pytest.mark.parametrize("epsilon", EPSILONS)
def test_every_epsilon_of_every_kind_of_parameter_can_be_tried(epsilon: float) -> None:
    for name in ("toy", "ten-hidden", "iris", "digits"):
        made = opened(name)
        for selected in (None, Edge(0, 0, 0), Node(0, 0)):
            address = subject_of(made.trace, selected).address
            if address is not None:
                seen = wiggle(made.network, made.trace, address, epsilon)
                assert seen.offsets.shape == seen.costs.shape
                assert wiggle_words(seen)


def test_small_nudges_drown_in_rounding() -> None:
    made = step(network((2, 4, 1)))
    far, near = (wiggle(made.network, made.trace, Edge(0, 0, 0), e) for e in (1e-8, 1e-4))
    assert far.apart > near.apart
    assert far.by_rounding
    assert not wiggle(made.network, made.trace, Edge(0, 0, 0), 0.1).by_rounding


def test_what_has_no_gradient_cannot_be_nudged() -> None:
    made = toy()
    with pytest.raises(ValueError, match="no bias gradient"):
        wiggle(made.network, made.trace, Node(0, 0))
    with pytest.raises(ValueError, match="input has neither"):
        wiggle(made.network, made.trace, Node(INPUT, 0))


def test_costs_have_the_digits_in_which_they_differ() -> None:
    made = toy()
    for epsilon in EPSILONS[:6]:
        seen = wiggle(made.network, made.trace, Edge(1, 0, 0), epsilon)
        assert f"{seen.above:.{seen.digits - 1}e}" != f"{seen.below:.{seen.digits - 1}e}"


# -- in words --------------------------------------------------------------------------------------


def seen_as(slope: float, backprop: float, epsilon: float = 1e-3, cost: float = 1.0) -> Wiggle:
    made = toy()
    base = wiggle(made.network, made.trace, Edge(1, 0, 0), epsilon)
    return replace(base, slope=slope, backprop=backprop, below=cost, above=cost)


@pytest.mark.parametrize(("slope", "backprop", "epsilon", "words"), [
    (0.5, 0.5, 1e-3, "The two slopes agree to 15 digits, as many as there are."),
    (0.5, 0.5000001, 1e-3, "The two slopes agree to 6 digits; the bend of the curve spoils the rest."),
    (0.5, 0.5000001, 1e-8, "The two slopes agree to 6 digits; rounding spoils the rest."),
    (1e-6, 3e-6, 1e-8, "Too small an epsilon for so flat a slope: rounding spoils the difference."),
    (0.5, 0.6, 0.1, "Too large an epsilon: the curve bends"),
    (0.0, 0.0, 0.1, "Both slopes are 0"),
    (0.1, math.inf, 0.1, "beyond what can be reckoned with"),
])  # fmt: skip
def test_what_is_seen_in_words(slope: float, backprop: float, epsilon: float, words: str) -> None:
    assert words in wiggle_words(seen_as(slope, backprop, epsilon))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_step_that_has_blown_up_is_no_crash(value: float) -> None:
    made = spoilt(opened("xor"), value)
    seen = wiggle(made.network, made.trace, Edge(0, 0, 0))
    assert "beyond" in wiggle_words(seen)


@pytest.mark.parametrize("name", [a.name for a in ACTIVATIONS.values() if a.elementwise])
def test_a_huge_weight_can_still_be_nudged(name: str) -> None:
    net = Network(1, network((1, 1, 1), name).layers)
    huge = tuple(LayerParameters(np.full((1, 1), 1e9), np.zeros(1)) for _ in range(2))
    trace = run_step(net, huge, np.array([[1.0]]), np.array([[0.5]]))
    seen = wiggle(net, trace, Edge(0, 0, 0), 1e-8)
    assert (np.diff(seen.at + seen.offsets) > 0).all()
