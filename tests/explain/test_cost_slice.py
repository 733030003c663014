"""The cost along one weight is the network's own, its tangent has the traced slope, and kinks are sharp."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.engine.backprop import run_step
from bpviz.engine.freezing import FrozenParameter
from bpviz.engine.network import Network
from bpviz.engine.optimizer import Learning, OptimizerSettings
from bpviz.explain.address import INPUT, Address, Edge, Node
from bpviz.explain.cost_slice import (
    COARSE,
    MOST,
    cause_words,
    cost_slice,
    reading,
    slicing,
    span_around,
    step_text,
    work,
)
from bpviz.explain.parameter import parameter
from tests.engine import oracle
from tests.engine.nets import drawn, examples, network, tables
from tests.explain.drawn_steps import Step, steps, toy
from tests.explain.preset_steps import NAMES, opened, spoilt

W_H, W_O = Edge(0, 0, 0), Edge(1, 0, 0)
ADDRESSES: list[Address] = [Edge(0, 1, 2), Edge(1, 3, 0), Node(0, 1), Node(1, 1)]
PAIRS = [("sigmoid", "half_squared_error"), ("softmax", "categorical_cross_entropy"),
         ("sigmoid", "binary_cross_entropy"), ("identity", "huber")]


def step(output: str = "sigmoid", cost: str = "half_squared_error", optimizer: str = "adam") -> Step:
    net = network((2, 4, 3), "tanh", output, cost)
    some = examples(net, 6)
    learning = Learning(rate=0.1, optimizer=OptimizerSettings(optimizer))
    return Step(net, run_step(net, drawn(net), some.inputs, some.targets, learning))


def cost_with(net: Network, made: Step, address: Address, value: float) -> float:
    """By the textbook's definitions: every weight as before the update but one."""
    weights, biases = tables(drawn(net))
    if isinstance(address, Edge):
        weights[address.layer][address.source, address.target] = value
    else:
        biases[address.layer][address.unit] = value
    names = [layer.activation for layer in net.layers]
    given = made.trace.inputs, made.trace.targets
    return float(oracle.mean_cost(weights, biases, names, net.cost, *given))


# -- the curve -------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("output", "cost"), PAIRS)
def test_every_sample_is_the_batchs_cost(address: Address, output: str, cost: str) -> None:
    made = step(output, cost)
    seen = cost_slice(made.network, made.trace, address, (-2.0, 2.5))
    assert (np.diff(seen.weights) > 0).all()
    assert (seen.weights[0], seen.weights[-1]) == (-2.0, 2.5)
    expected = [cost_with(made.network, made, address, float(w)) for w in seen.weights]
    np.testing.assert_allclose(seen.costs, expected, rtol=1e-10)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("output", "cost"), PAIRS)
def test_the_tangent_has_the_traced_slope_and_touches_the_curve(
    address: Address, output: str, cost: str
) -> None:
    """Its slope is that of backpropagation, and the curve's own there, by central differences."""
    made = step(output, cost)
    seen = cost_slice(made.network, made.trace, address, span_around(made.trace, address))
    layer = made.trace.layers[address.layer]
    if isinstance(address, Edge):
        traced = float(layer.dw[address.source, address.target])
    else:
        assert layer.db is not None
        traced = float(layer.db[address.unit])
    assert seen.slope == traced
    assert seen.tangent(seen.at) == made.trace.cost == seen.cost
    assert seen.tangent(seen.at + 2.0) - seen.tangent(seen.at) == pytest.approx(2.0 * traced)
    apart = 1e-5
    above, below = (cost_with(made.network, made, address, seen.at + h) for h in (apart, -apart))
    assert traced == pytest.approx((above - below) / (2 * apart), rel=1e-6, abs=1e-9)
    here = reading(made.network, made.trace, address, seen.at)
    assert here.slope == pytest.approx(traced, rel=1e-6, abs=1e-9)
    assert here.cost == pytest.approx(seen.cost)


@given(made=steps((0.5, 1.0)), data=st.data())
@settings(max_examples=40, deadline=None)
def test_the_curve_passes_through_the_present_point_and_the_next_weight(
    made: Step, data: st.DataObject
) -> None:
    there = [a for a in made.addresses if a.layer != INPUT]
    there = [a for a in there if isinstance(a, Edge) or made.trace.layers[a.layer].b is not None]
    address = data.draw(st.sampled_from(there))
    span = span_around(made.trace, address)
    seen = cost_slice(made.network, made.trace, address, span)
    assert span[0] < seen.at < span[1]
    for weight, cost in ((seen.at, seen.cost), (seen.after, seen.cost_after)):
        (place,) = np.flatnonzero(seen.weights == weight)
        assert seen.costs[place] == pytest.approx(cost, rel=1e-9, abs=1e-12, nan_ok=True)


def test_the_toys_parabola_by_hand() -> None:
    """C(W_o) = (1.2 W_o - 0.5)^2 / 2: 0.1682 at 0.9 with slope 0.696, so lr 0.1 leads to 0.8304."""
    made = toy(learning=Learning(rate=0.1))
    seen = cost_slice(made.network, made.trace, W_O, (0.0, 2.0))
    np.testing.assert_allclose(seen.costs, (1.2 * seen.weights - 0.5) ** 2 / 2, rtol=1e-9, atol=1e-15)
    assert (seen.at, seen.cost, seen.slope) == (0.9, pytest.approx(0.1682), pytest.approx(0.696))
    assert (seen.after, seen.step) == (pytest.approx(0.8304), pytest.approx(-0.0696))
    assert seen.promised == pytest.approx(-0.04844, abs=5e-6)       # 0.696 . -0.0696
    assert seen.came == pytest.approx((1.2 * 0.8304 - 0.5) ** 2 / 2 - 0.1682)
    assert seen.tangent(seen.after) == pytest.approx(0.1682 - 0.04844, abs=5e-6)
    assert seen.lowest is not None
    assert seen.lowest[0] == pytest.approx(0.5 / 1.2, abs=2e-4)
    assert step_text(seen) == "0.900 → 0.830"
    assert cause_words(made.trace, W_O, seen) == ""


def test_the_others_stay_as_they_were_before_the_update() -> None:
    """Both weights of the toy move; here only W_h does: C(0.4956) = (0.9 . 0.9912 - 0.5)^2 / 2."""
    made = toy(learning=Learning(rate=0.1))
    seen = cost_slice(made.network, made.trace, W_H, (0.0, 1.0))
    assert seen.after == pytest.approx(0.4956)
    assert seen.cost_after == pytest.approx((0.9 * 2 * 0.4956 - 0.5) ** 2 / 2)


# -- samples ---------------------------------------------------------------------------------------


def test_the_kink_of_relu_is_sharp() -> None:
    """The toy's hidden unit closes at W_h = 0: left of it C is 0.125, right of it (1.8 W_h - 0.5)^2 / 2.

    Between any two samples the straight line is as near to the true curve as a screen can show.
    """
    made = toy()
    seen = cost_slice(made.network, made.trace, W_H, (-1.03, 0.97))
    fine = np.linspace(-1.03, 0.97, 20_001)
    true = (1.8 * np.maximum(fine, 0.0) - 0.5) ** 2 / 2
    off = np.abs(np.interp(fine, seen.weights, seen.costs) - true).max()
    assert off < 0.002 * np.ptp(true)
    near = np.abs(seen.weights) < 0.01
    assert near.sum() >= 4
    assert (~near & (seen.weights < 0)).sum() < 20, "where it is flat, a few samples are enough"
    evenly = np.linspace(-1.03, 0.97, seen.weights.size)
    worse = np.abs(np.interp(fine, evenly, np.interp(evenly, fine, true)) - true).max()
    assert worse > 3 * off


@given(steps((0.5, 30.0)), st.sampled_from([COARSE, 40, MOST]))
@settings(max_examples=30, deadline=None)
def test_there_are_no_more_samples_than_asked_for_and_each_slice_is_finer(made: Step, most: int) -> None:
    address = Edge(0, 0, 0)
    span = span_around(made.trace, address)
    pieces = list(slicing(made.network, made.trace, address, span, most))
    sizes = [piece.weights.size for piece in pieces]
    assert sizes == sorted(sizes)
    assert sizes[-1] <= most
    for coarse, fine in pairwise(pieces):
        assert np.isin(coarse.weights, fine.weights).all()


def test_a_large_network_is_sampled_in_many_pieces_the_first_over_the_whole_span() -> None:
    net = network((3, 60, 60, 2))
    some = examples(net, 200)
    trace = run_step(net, drawn(net), some.inputs, some.targets)
    pieces = list(slicing(net, trace, Edge(0, 0, 0), (-2.0, 2.0)))
    assert len(pieces) >= 33
    early = pieces[11].weights
    assert (early[0], early[-1]) == (-2.0, 2.0)
    assert np.diff(early).max() < 1.0
    assert work(net, trace, Edge(0, 0, 0)) > work(net, trace, Edge(2, 0, 0)) > 0


def test_a_curve_is_cut_where_it_is_beyond_what_can_be_drawn() -> None:
    made = toy()
    seen = cost_slice(made.network, made.trace, W_O, (-1e7, 1e7))
    finite = np.isfinite(seen.costs)
    assert finite.any() and not finite.all()
    assert np.nanmax(seen.costs) < 1e12
    ends = seen.weights[finite]
    assert ends[-1] == pytest.approx(math.sqrt(2e12) / 1.2, rel=2e-3), "it is followed up to there"
    assert seen.finite


def test_a_constant_cost_has_no_lowest_point() -> None:
    """The toy's hidden unit is closed on both sides: the cost does not feel W_h, nor W_o."""
    made = toy(w_h=-0.5)
    seen = cost_slice(made.network, made.trace, W_O, (0.0, 2.0))
    assert seen.slope == seen.step == 0.0
    assert np.ptp(seen.costs) == 0.0
    assert seen.lowest is None


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_step_that_has_blown_up_is_no_crash(value: float) -> None:
    made = spoilt(opened("xor"), value)
    seen = cost_slice(made.network, made.trace, W_H, span_around(made.trace, W_H))
    assert not seen.finite
    assert seen.lowest is None


@pytest.mark.parametrize("name", NAMES)
def test_every_weight_and_bias_of_the_presets_has_a_slice(name: str) -> None:
    made = opened(name)
    for k, layer in enumerate(made.trace.layers):
        for address in (Edge(k, 0, 0), *([Node(k, 0)] if layer.b is not None else [])):
            span = span_around(made.trace, address)
            seen = cost_slice(made.network, made.trace, address, span)
            assert np.isfinite(seen.costs).all()
            assert seen.finite


# -- the step --------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_step_is_the_optimizers_not_the_gradients(address: Address) -> None:
    """Adam's first step has the length of the rate, whatever the gradient."""
    made = step()
    seen = cost_slice(made.network, made.trace, address, span_around(made.trace, address))
    assert abs(seen.step) == pytest.approx(0.1, rel=1e-4)
    assert seen.promised == pytest.approx(-0.1 * abs(seen.slope), rel=1e-4)
    assert seen.after == parameter(made.trace.parameters_next, address)
    assert cause_words(made.trace, address, seen) == "by Adam"


def test_a_frozen_weight_does_not_move_though_it_has_a_slope() -> None:
    made = toy(learning=Learning(frozen=(FrozenParameter(1, 0, 0),)))
    seen = cost_slice(made.network, made.trace, W_O, (0.0, 2.0))
    assert seen.slope == pytest.approx(0.696)
    assert seen.step == seen.promised == seen.came == 0.0
    assert cause_words(made.trace, W_O, seen) == "frozen"
    assert cause_words(made.trace, W_H, seen) != "frozen"


def test_a_penalty_that_moves_a_weight_is_named() -> None:
    made = toy(learning=Learning(rate=0.1, l2=0.5))
    seen = cost_slice(made.network, made.trace, W_O, (0.0, 2.0))
    assert seen.step == pytest.approx(-0.1 * (0.696 + 0.5 * 0.9))
    assert cause_words(made.trace, W_O, seen) == "with a penalty"


def test_a_step_that_the_digits_would_hide_is_written_as_a_change() -> None:
    made = toy()
    seen = replace(cost_slice(made.network, made.trace, W_O, (0.0, 2.0)), after=0.9 - 2.1e-5)
    assert step_text(seen) == "0.900 by −2.10·10⁻⁵"
    assert step_text(replace(seen, after=0.9)) == "0.900 → 0.900"


# -- from where to where ---------------------------------------------------------------------------


def test_the_span_holds_the_step_and_follows_the_weight() -> None:
    made = toy(learning=Learning(rate=0.1))
    low, high = span_around(made.trace, W_O)
    assert (low, high) == (0.0, 2.0)
    wide = span_around(made.trace, W_O, 16.0)
    assert wide[1] - wide[0] == 40.0
    near = span_around(made.trace, W_O, None)
    assert near[0] < 0.8304 < 0.9 < near[1]
    assert 0.0696 / (near[1] - near[0]) > 0.09


@pytest.mark.parametrize("w", [0.0, 1e-7, 3.3, -41.0, 7.7e5])
@pytest.mark.parametrize("times", [None, 1.0, 4.0, 16.0])
def test_weights_of_any_size_have_a_span_around_them(w: float, times: float | None) -> None:
    made = toy(w_o=w, learning=Learning(rate=1e-4))
    low, high = span_around(made.trace, W_O, times)
    seen = cost_slice(made.network, made.trace, W_O, (low, high))
    assert low < seen.at < high
    assert low < seen.after < high
    assert high - low >= (2.0 if times is not None else 0.0)


def test_the_span_stands_still_while_the_weight_moves_a_little() -> None:
    spans = {span_around(toy(w_o=w, learning=Learning(rate=0.1)).trace, W_O) for w in (0.90, 0.93, 0.97)}
    assert len(spans) == 1


def test_a_weight_without_a_step_is_looked_at_as_usual() -> None:
    trace = toy(w_h=-0.5).trace
    assert span_around(trace, W_O, None) == span_around(trace, W_O)


def test_what_has_no_gradient_has_no_slice() -> None:
    made = toy()
    for address in (Node(0, 0), Node(INPUT, 0)):
        with pytest.raises(ValueError, match=r"bias|neither"):
            cost_slice(made.network, made.trace, address, (0.0, 1.0))
