"""The curve of a network of one input is its output, straight between kinks; residuals are the record's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.engine.activation import ACTIVATIONS
from bpviz.engine.backprop import predict, run_step
from bpviz.engine.network import LayerParameters
from bpviz.explain.curve import curve_over, heights_of, residuals, span_of
from tests.engine import oracle
from tests.engine.nets import drawn, network
from tests.explain.drawn_steps import toy

ELEMENTWISE = sorted(a.name for a in ACTIVATIONS.values() if a.elementwise)
NUMBERS = st.floats(-1e6, 1e6)


@pytest.mark.parametrize("hidden", ELEMENTWISE)
def test_the_curve_is_the_output_of_the_network(hidden: str) -> None:
    net = network((1, 5, 4, 2), hidden, "sigmoid")
    parameters = drawn(net)
    curve = curve_over(net, parameters, -2.0, 3.0, 50)
    a = curve.x[:, np.newaxis]
    for layer, p in zip(net.layers, parameters, strict=True):
        a = oracle.ACTIVATIONS[layer.activation](a @ p.w + p.b)
    np.testing.assert_allclose(curve.y, a, rtol=1e-9, atol=1e-12)
    assert (curve.x[0], curve.x[-1]) == (-2.0, 3.0)
    assert (np.diff(curve.x) > 0).all()


def test_a_kink_by_hand_is_a_place_of_the_curve() -> None:
    net = network((1, 1), output="relu")
    curve = curve_over(net, (LayerParameters(np.array([[2.0]]), np.array([-0.6])),), -1.0, 1.0, 8)
    assert np.isclose(curve.x, 0.3, rtol=0, atol=1e-15).any()
    assert curve.y[np.argmin(np.abs(curve.x - 0.3)), 0] == pytest.approx(0.0, abs=1e-15)


@given(seed=st.integers(0, 500), output=st.sampled_from(["identity", "relu", "leaky_relu"]))
def test_between_two_places_a_network_of_relu_is_straight(seed: int, output: str) -> None:
    net = network((1, 6, 5, 1), "relu", output)
    parameters = drawn(net, seed)
    curve = curve_over(net, parameters, -3.0, 3.0, 400)
    middles = (curve.x[:-1] + curve.x[1:]) / 2
    ends = (curve.y[:-1, 0] + curve.y[1:, 0]) / 2
    np.testing.assert_allclose(predict(net, parameters, middles[:, np.newaxis])[:, 0], ends, atol=1e-9)


def test_weights_that_are_no_numbers_give_a_curve_that_is_none() -> None:
    net = network((1, 2, 1), "relu")
    spoilt = tuple(LayerParameters(np.full_like(p.w, np.nan), p.b) for p in drawn(net))
    curve = curve_over(net, spoilt, 0.0, 1.0, 5)
    assert len(curve.x) == 5
    assert np.isnan(curve.y).all()


@given(st.lists(NUMBERS, min_size=1, max_size=20))
def test_every_input_lies_within_the_span_with_room_on_both_sides(values: list[float]) -> None:
    low, high = span_of(np.array(values)[:, np.newaxis])
    assert low < min(values)
    assert high > max(values)


def test_a_lone_example_has_as_much_room_as_it_is_large() -> None:
    assert span_of(np.array([[2.0]])) == (0.0, 4.0)
    assert span_of(np.array([[0.0]])) == (-1.0, 1.0)


@given(
    curve=st.lists(NUMBERS, min_size=1, max_size=20), targets=st.lists(NUMBERS, min_size=1, max_size=20),
)
def test_every_target_is_seen_whatever_the_curve_does(curve: list[float], targets: list[float]) -> None:
    low, high = heights_of(np.array([*curve, np.nan, np.inf]), np.array(targets))
    assert low < min(targets)
    assert high > max(targets)


def test_the_curve_is_seen_too_unless_it_leads_far_away() -> None:
    low, high = heights_of(np.array([-1.0, 2.5]), np.array([0.0, 1.0]))
    assert low < -1.0
    assert high > 2.5
    low, high = heights_of(np.array([-1e9, 1e9]), np.array([0.0, 1.0]))
    assert low > -4.0
    assert high < 5.0


def test_a_curve_that_moves_a_little_leaves_the_axis_where_it_is() -> None:
    targets = np.array([-1.0, 1.0])
    assert heights_of(np.array([1.01]), targets) == heights_of(np.array([1.06]), targets)


def test_the_residual_of_the_text_by_hand() -> None:
    found = residuals(toy().trace, 0)
    assert found.values.tolist() == pytest.approx([0.58], abs=1e-15)
    assert (found.x.tolist(), found.y.tolist()) == ([2.0], [0.5])


def test_residuals_are_the_errors_that_backpropagation_begins_with() -> None:
    """Of half the squared error through the identity, E_o is ŷ − y itself."""
    net = network((1, 4, 3))
    random = np.random.default_rng(3)
    trace = run_step(net, drawn(net), random.normal(size=(6, 1)), random.normal(size=(6, 3)))
    for output in range(3):
        np.testing.assert_allclose(
            residuals(trace, output).values, trace.layers[-1].delta[:, output], rtol=1e-12
        )
