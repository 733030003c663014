"""The moving average beside a sum that is written out, and thinned curves beside all of their points."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bpviz.engine.costs import CostHistory
from bpviz.engine.stretches import EACH
from bpviz.explain.smoothing import smoothed, smoothed_steps, thinned

VALUES = arrays(np.float64, st.integers(0, 300), elements=st.floats(0, 1e12))


def average(values, span):
    """Each value with all its weights, one after the other."""
    beta = (span - 1) / (span + 1)
    made = []
    for k in range(len(values)):
        weights = [beta ** (k - i) for i in range(k + 1)]
        made.append(sum(w * x for w, x in zip(weights, values.tolist(), strict=False)) / sum(weights))
    return np.array(made)


@given(VALUES, st.integers(1, 200))
def test_every_value_is_the_weighted_mean_of_those_before_it(values, span):
    np.testing.assert_allclose(smoothed(values, span), average(values, span), rtol=1e-9, atol=1e-300)


def test_what_was_large_once_is_felt_as_long_as_all_that_follows_is_smaller():
    values = np.append(1.0, np.zeros(200))
    np.testing.assert_allclose(smoothed(values, 2), average(values, 2), rtol=1e-9)


def test_worked_by_hand():
    # span 3: beta 1/2, so 4, (4/2 + 8)/(1/2 + 1), (4/4 + 8/2 + 0)/(1/4 + 1/2 + 1)
    np.testing.assert_allclose(smoothed(np.array([4.0, 8.0, 0.0]), 3), [4, 20 / 3, 20 / 7], rtol=1e-15)


@given(VALUES)
def test_a_span_of_one_smooths_nothing(values):
    np.testing.assert_array_equal(smoothed(values, 1), values)


@given(st.floats(1e-9, 1e9), st.integers(1, 500), st.integers(1, 200))
def test_a_constant_stays_what_it_is_from_its_first_value_on(value, count, span):
    np.testing.assert_allclose(smoothed(np.full(count, value), span), value, rtol=1e-12)


def test_a_short_run_is_smoothed_over_every_step():
    costs, values = CostHistory(), np.random.default_rng(0).lognormal(0, 0.5, 2 * EACH)
    costs.put_steps(values)
    curve = smoothed_steps(costs, 30)
    assert curve.steps.tolist() == list(range(2 * EACH))
    np.testing.assert_allclose(curve.values, average(values, 30), rtol=1e-9)


def test_the_average_of_a_long_run_is_not_drawn_up_by_its_peaks():
    """Extremes alone would give about half of the spikes' height; the mean of all costs is close to 1."""
    random = np.random.default_rng(0)
    values = random.uniform(0.5, 1.5, 200_000)
    values[random.integers(0, 200_000, 2_000)] = 20.0
    costs = CostHistory()
    costs.put_steps(values)
    late = smoothed_steps(costs, 100).values[-2000:]
    assert late.mean() == pytest.approx(values.mean(), rel=0.1)


@given(st.integers(1, 3000), st.integers(2, 300), st.integers(0, 9))
def test_a_thinned_curve_has_few_points_and_all_its_peaks(count, most, seed):
    random = np.random.default_rng(seed)
    steps = np.cumsum(random.integers(1, 9, count))
    values = random.random(count)
    curve = thinned(steps, values, most)
    assert len(curve.steps) <= 2 * most + 4
    whole = dict(zip(steps.tolist(), values.tolist(), strict=True))
    assert all(whole[k] == v for k, v in zip(curve.steps.tolist(), curve.values.tolist(), strict=True))
    assert (curve.steps[0], curve.steps[-1]) == (steps[0], steps[-1])
    assert (curve.values.min(), curve.values.max()) == (values.min(), values.max())
