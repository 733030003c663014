"""Stretches of a run: every step lies in one, and they grow with the way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.engine.stretches import EACH, ENDS, STEPS, begins, first_smallest

STEP = st.one_of(st.integers(0, 5 * EACH), st.integers(0, 1 << 45))


@given(STEP, st.sampled_from([STEPS, ENDS]))
def test_a_step_lies_in_its_stretch_and_no_stretch_is_longer_than_a_thousandth_of_the_way(step, stretches):
    stretch = stretches.of(step)
    start, following = stretches.start(stretch), stretches.start(stretch + 1)
    assert start <= step < following
    assert following - start <= max(1, step / EACH)
    assert stretches.of(start) == stretch == stretches.of(following - 1)
    assert stretches.of(following) == stretch + 1


@given(st.lists(STEP, min_size=1), st.sampled_from([STEPS, ENDS]))
def test_many_at_once_are_as_one_by_one(steps, stretches):
    assert stretches.of_all(np.array(steps)).tolist() == [stretches.of(step) for step in steps]
    numbers = [stretches.of(step) for step in steps]
    assert stretches.starts(np.array(numbers)).tolist() == [stretches.start(k) for k in numbers]


def test_each_of_the_first_steps_is_a_stretch_and_a_thousand_million_need_few():
    assert [STEPS.of(step) for step in range(2 * EACH)] == list(range(2 * EACH))
    assert STEPS.of(10**9) < 22 * EACH


@given(STEP)
def test_what_is_known_when_a_stretch_is_over_is_of_that_stretch(step):
    assert ENDS.of(0) == 0
    assert ENDS.of(step + 1) == STEPS.of(step) + 1


@given(st.lists(st.lists(st.sampled_from([0.0, 1.0, -1.0, np.inf, 7.5]), min_size=1), min_size=1))
def test_the_smallest_of_each_group_is_the_first_of_equals(groups):
    values = np.array([value for group in groups for value in group])
    numbers = np.array([k for k, group in enumerate(groups) for _ in group])
    starts = begins(numbers)
    expected = [start + group.index(min(group)) for start, group in zip(starts, groups, strict=True)]
    assert first_smallest(values, starts).tolist() == expected


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_has_no_beginning_and_one_has_one(count):
    assert begins(np.zeros(count, dtype=np.int64)).tolist() == [0] * count
