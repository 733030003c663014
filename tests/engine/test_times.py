"""The seconds of a run beside a plain list of every stretch that was timed."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.engine.costs import CostHistory
from bpviz.engine.extremes import Curve
from bpviz.engine.stretches import EACH
from bpviz.engine.times import MOST_MARKS, Times


def at(times, *steps):
    return times.at(np.array(steps)).tolist()


def test_time_goes_evenly_between_two_marks_and_is_unknown_beyond_them():
    times = Times()
    assert math.isnan(at(times, 0)[0]) and not times.known
    times.put(10, 20, 2.0)
    times.put(20, 24, 1.0)
    assert at(times, 10, 15, 20, 22, 24) == [0.0, 1.0, 2.0, 2.5, 3.0]
    assert all(math.isnan(seconds) for seconds in at(times, 9, 25))
    assert times.known


def test_steps_that_nobody_timed_take_no_time():
    times = Times()
    times.put(0, 10, 1.0)
    times.put(30, 40, 1.0)
    assert at(times, 10, 20, 30, 35, 40) == [1.0, 1.0, 1.0, 1.5, 2.0]


@pytest.mark.parametrize(("cut", "left"), [(0, 0.0), (5, 0.5), (10, 1.0), (12, 1.5), (14, 2.0), (99, 2.0)])
def test_what_came_after_a_step_is_forgotten_and_the_time_goes_on_from_there(cut, left):
    times = Times()
    times.put(0, 10, 1.0)
    times.put(10, 14, 1.0)
    times.cut_after(cut)
    end = min(cut, 14)
    assert at(times, end) == [left] and math.isnan(at(times, end + 1)[0])
    times.put(end, end + 2, 1.0)
    assert at(times, end + 1, end + 2) == [left + 0.5, left + 1.0]


def test_a_cut_before_the_first_mark_leaves_nothing_known():
    times = Times()
    times.put(10, 20, 1.0)
    times.cut_after(9)
    assert not times.known
    times.put(9, 10, 3.0)
    assert at(times, 9, 10) == [0.0, 3.0]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 99), st.integers(1, 5 * MOST_MARKS), st.sampled_from([0.0, 0.5, 1.0]))
def test_however_often_it_is_timed_little_is_kept_and_hardly_a_thousandth_of_the_time_is_lost(
    seed, count, slow
):
    """slow: how many of the first steps take ten times as long, as those do that come before the kernel."""
    random = np.random.default_rng(seed)
    steps, seconds = random.integers(1, 1000, count), random.exponential(0.01, count)
    seconds[: int(slow * count)] *= 10
    times, ends = Times(), np.concatenate(([0], np.cumsum(steps)))
    for k in range(count):
        times.put(int(ends[k]), int(ends[k + 1]), float(seconds[k]))
    all_seconds = np.concatenate(([0.0], np.cumsum(seconds)))
    assert len(times.marks.steps) <= MOST_MARKS and times.nbytes < 40_000
    apart = seconds.max() + 2 * all_seconds[-1] / (MOST_MARKS // 2)
    assert np.abs(times.at(ends) - all_seconds).max() <= apart
    assert at(times, ends[0], ends[-1]) == pytest.approx([0.0, all_seconds[-1]], rel=1e-12)


def test_a_clock_that_stands_still_fills_no_memory():
    times = Times()
    for step in range(3 * MOST_MARKS):
        times.put(step, step + 1, 0.0)
    assert at(times, 0, 17, 3 * MOST_MARKS) == [0.0, 0.0, 0.0]


def timed(every, count):
    costs = CostHistory()
    costs.put_epoch(0, 1.0, 1.0, 0.0, 0.0)
    for step in range(0, count, every):
        costs.put_steps(np.linspace(1, 2, every))
        costs.put_epoch(step + every, 1.0, 1.0, 0.0, 0.0)
        costs.put_time(step, step + every, 0.25)
    return costs


def test_a_history_knows_its_times_and_so_does_its_copy_and_what_is_made_of_its_values():
    costs, places = timed(10, 200), np.array([0, 5, 200])
    assert not CostHistory().timed
    for same in (costs, costs.copy(), CostHistory.of(costs.kept())):
        assert same.timed and same.seconds_at(places).tolist() == [0.0, 0.125, 5.0]
    copied = costs.copy()
    costs.put_time(200, 210, 9.0)
    assert math.isnan(copied.seconds_at(np.array([205]))[0])


def test_cutting_a_history_leaves_the_time_up_to_the_very_step():
    costs = timed(100, 4 * EACH + 100)
    step = 3 * EACH + 7
    before = costs.seconds_at(np.array([step]))
    assert costs.cut_after(step) < step
    assert costs.seconds_at(np.array([step])).tolist() == before.tolist()
    assert math.isnan(costs.seconds_at(np.array([step + 1]))[0])


def test_marks_cannot_be_written_to():
    times = Times()
    times.put(0, 1, 1.0)
    with pytest.raises(ValueError, match="read-only"):
        times.marks.values[0] = 3.0
    times.put_marks(Curve(np.array([0, 2]), np.array([0.0, 4.0])))
    assert at(times, 1) == [2.0]
