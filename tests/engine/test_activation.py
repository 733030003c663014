"""Each activation, its slope and its bounds agree with each other, at any size of Z."""

import numpy as np
import pytest
from autograd import elementwise_grad
from hypothesis import given
from hypothesis import strategies as st

from bpviz.engine.activation import ACTIVATIONS, activation
from tests.engine import oracle

ELEMENTWISE = [name for name, a in ACTIVATIONS.items() if a.elementwise]
ORDINARY = np.linspace(-6.0, 6.0, 240)[:, None]  # an even count: never 0, where ReLU has its kink
HUGE = np.array([[-1e4, -745.2, -709.8, -40.0, 0.0, 40.0, 709.8, 745.2, 1e4]])
NAMES = [
    "identity", "relu", "leaky_relu", "sigmoid", "tanh", "softplus", "elu", "gelu", "silu", "sine", "softmax",
]


def test_all_promised_activations_are_there_under_their_names():
    assert list(ACTIVATIONS) == NAMES
    assert all(activation(name).name == name for name in NAMES)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_values_and_slopes_agree_with_the_textbook(name):
    a = activation(name).function(ORDINARY)
    np.testing.assert_allclose(a, oracle.ACTIVATIONS[name](ORDINARY), rtol=1e-11, atol=1e-13)
    slope = elementwise_grad(oracle.ACTIVATIONS[name])(ORDINARY)
    np.testing.assert_allclose(activation(name).slope(ORDINARY, a), slope, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_overflows_however_large_the_weighted_input(name):
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        a = activation(name).function(HUGE)
        slope = activation(name).slope(HUGE, a)
    assert np.isfinite(a).all()
    assert np.isfinite(slope).all()


@pytest.mark.parametrize("name", NAMES)
def test_values_keep_within_the_stated_bounds_and_come_near_them(name):
    r = activation(name)
    z = np.concatenate([np.linspace(-30.0, 30.0, 6001), [-1e4, 1e4]])[None, :]
    a = r.function(z)
    assert a.min() >= r.low - 1e-12
    assert a.max() <= r.high + 1e-12
    assert np.isfinite(r.low) == (a.min() > -1.0 - 1e-12)  # what is unbounded goes on falling
    assert np.isfinite(r.high) == (a.max() < 1.0 + 1e-12)
    if np.isfinite(r.low) and r.elementwise:
        assert a.min() == pytest.approx(r.low, abs=1e-3)
    if np.isfinite(r.high) and r.elementwise:
        assert a.max() == pytest.approx(r.high, abs=1e-3)


@pytest.mark.parametrize(
    ("name", "z", "a"),
    [
        ("sigmoid", -1e4, 0.0), ("sigmoid", 1e4, 1.0), ("tanh", -1e4, -1.0), ("softplus", 1e4, 1e4),
        ("softplus", -1e4, 0.0), ("elu", -1e4, -1.0), ("gelu", 1e4, 1e4), ("gelu", -1e4, 0.0),
        ("silu", 1e4, 1e4), ("silu", -1e4, 0.0), ("leaky_relu", -1e4, -100.0),
    ],
)
def test_far_out_each_activation_reaches_its_limit(name, z, a):
    assert activation(name).function(np.array([[z]])).item() == pytest.approx(a)


@pytest.mark.parametrize("name", ["relu", "leaky_relu"])
def test_at_exactly_zero_the_relus_count_as_closed(name):
    # The text: `if z > 0: return 1; return 0`.
    z = np.zeros((1, 1))
    r = activation(name)
    assert r.slope(z, r.function(z)).item() == {"relu": 0.0, "leaky_relu": 0.01}[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_nan_is_passed_on_and_never_hidden(name):
    assert np.isnan(activation(name).function(np.array([[np.nan, 1.0]]))[0, 0])


@given(st.lists(st.floats(-1e4, 1e4), min_size=2, max_size=6), st.floats(-100.0, 100.0))
def test_softmax_gives_shares_that_sum_to_one_and_ignore_a_common_shift(z, shift):
    softmax = activation("softmax").function
    row = np.array([z])
    shares = softmax(row)
    assert shares.sum() == pytest.approx(1.0, rel=1e-12)
    assert (shares >= 0.0).all()
    np.testing.assert_allclose(softmax(row + shift), shares, atol=1e-10)


@pytest.mark.parametrize("name", NAMES)
def test_functions_never_write_into_what_they_are_given(name):
    z = ORDINARY.copy()
    z.flags.writeable = False
    a = activation(name).function(z)
    assert not np.shares_memory(a, z)
    a.flags.writeable = False
    assert activation(name).slope(z, a).shape == z.shape


@pytest.mark.parametrize("name", NAMES)
def test_every_activation_states_its_formulas_with_balanced_braces(name):
    for latex in (activation(name).latex, activation(name).slope_latex):
        assert latex
        assert latex.count("{") == latex.count("}")
