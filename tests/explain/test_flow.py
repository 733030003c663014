"""Sizes of errors and gradients by layer: hand-worked, against finite differences, and at any scale."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.engine.backprop import run_step
from bpviz.engine.evaluation import evaluate
from bpviz.engine.examples import Examples
from bpviz.engine.network import LayerParameters, Network
from bpviz.explain.flow import flow_of, ratio
from tests.engine.nets import drawn, examples, network
from tests.explain.drawn_steps import Step, steps, toy
from tests.explain.preset_steps import opened, spoilt


def test_the_toy_step_by_hand() -> None:
    """E_o = 1.08 - 0.5, E_h = 0.58 . 0.9; C'(W_o) = 0.58 . 1.2, C'(W_h) = 0.522 . 2."""
    made = toy()
    flow = flow_of(made.network, made.trace)
    assert [layer.error for layer in flow] == pytest.approx([0.522, 0.58])
    assert [layer.gradient for layer in flow] == pytest.approx([1.044, 0.696])
    assert ratio(flow, 0) == pytest.approx(0.9)
    assert ratio(flow, 1) == 1.0


def test_errors_are_averaged_over_examples_and_units() -> None:
    """sqrt((9 + 16 + 0 + 0) / 4) = 2.5, and of two gradients 6 and 8: sqrt(50)."""
    made = toy()
    layers = (replace(made.trace.layers[0], delta=np.array([[3.0, 0.0], [-4.0, 0.0]]),
                      dw=np.array([[6.0, -8.0]])), made.trace.layers[1])
    flow = flow_of(made.network, replace(made.trace, layers=layers))
    assert flow[0].error == pytest.approx(2.5)
    assert flow[0].gradient == pytest.approx(np.sqrt(50))


def test_gradients_are_those_of_finite_differences() -> None:
    net = network((2, 3, 2), "tanh", "sigmoid", "half_squared_error")
    data, first = examples(net, 5), drawn(net)
    flow = flow_of(net, run_step(net, first, data.inputs, data.targets))
    for k in range(net.depth):
        assert flow[k].gradient == pytest.approx(_by_differences(net, first, k, data), rel=1e-6)


def _by_differences(net: Network, first: tuple[LayerParameters, ...], k: int, data: Examples) -> float:
    h, squares = 1e-5, []
    for place in np.ndindex(*first[k].w.shape):
        costs = []
        for way in (h, -h):
            moved = first[k].w.copy()
            moved[place] += way
            costs.append(evaluate(net, (*first[:k], replace(first[k], w=moved), *first[k + 1 :]), data))
        squares.append(((costs[0] - costs[1]) / (2 * h)) ** 2)
    return float(np.sqrt(np.mean(squares)))


@given(steps(scales=(0.5, 1.0)), st.integers(-300, 150))
def test_what_is_tiny_or_huge_keeps_its_ratio(made: Step, power: int) -> None:
    """Squares of such errors would be zero, or beyond all numbers."""
    scale = 2.0**power
    layers = tuple(replace(layer, delta=layer.delta * scale, dw=layer.dw * scale)
                   for layer in made.trace.layers)
    before = flow_of(made.network, made.trace)
    after = flow_of(made.network, replace(made.trace, layers=layers))
    for old, new in zip(before, after, strict=True):
        assert new.error == pytest.approx(old.error * scale, rel=1e-12)
        assert new.gradient == pytest.approx(old.gradient * scale, rel=1e-12)


@given(steps())
def test_the_largest_error_bounds_the_mean_one(made: Step) -> None:
    for layer, sizes in zip(made.trace.layers, flow_of(made.network, made.trace), strict=True):
        largest = np.abs(layer.delta).max()
        count = layer.delta.size
        assert largest / np.sqrt(count) * (1 - 1e-12) <= sizes.error <= largest * (1 + 1e-12)


def test_a_closed_unit_stops_what_reaches_it() -> None:
    """Z_h = -0.6 . 2: the ReLU is closed, its output 0, and so is that of the layer above: R'(0) = 0."""
    made = toy(w_h=-0.6)
    assert [layer.stopped for layer in flow_of(made.network, made.trace)] == [False, True]
    tanh_above = toy(w_h=-0.6, functions=("relu", "tanh"))
    assert [layer.stopped for layer in flow_of(tanh_above.network, tanh_above.trace)] == [True, False]


def test_no_error_at_all_is_not_a_stop() -> None:
    made = toy(y=1.08)
    assert [layer.stopped for layer in flow_of(made.network, made.trace)] == [False, False]
    assert np.isnan(ratio(flow_of(made.network, made.trace), 0))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_has_blown_up_is_not_known(value: float) -> None:
    made = spoilt(opened("xor"), value)
    assert not any(layer.known for layer in flow_of(made.network, made.trace))
