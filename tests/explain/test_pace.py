"""The speed slider: from phases to as fast as possible, without a gap and without going back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.explain.pace import NORMAL, pace


def test_normal_speed_tells_phases_as_they_are() -> None:
    assert pace(NORMAL).phase_rate == pytest.approx(1.0)


def test_the_slowest_end_takes_several_seconds_a_phase() -> None:
    assert pace(0.0).phase_rate == pytest.approx(0.25)


def test_one_step_a_frame_is_exact() -> None:
    assert pace(0.7).steps_per_frame == 1
    assert pace(0.7).text == "one step a frame"


def test_the_fastest_end_has_no_limit_but_the_budget() -> None:
    fastest = pace(1.0)
    assert (fastest.phase_rate, fastest.steps_per_second, fastest.steps_per_frame) == (None, None, None)


@given(st.floats(0, 1))
def test_every_position_has_one_way_of_passing_time(speed: float) -> None:
    now = pace(speed)
    ways = (now.phase_rate, now.steps_per_second, now.steps_per_frame)
    assert sum(way is not None for way in ways) == (0 if speed >= 0.95 else 1)
    assert now.text


@given(st.floats(0, 1), st.floats(0, 1))
def test_further_right_is_never_slower(one: float, other: float) -> None:
    slow, fast = pace(min(one, other)), pace(max(one, other))
    for before, after in (
        (slow.phase_rate, fast.phase_rate),
        (slow.steps_per_second, fast.steps_per_second),
        (slow.steps_per_frame, fast.steps_per_frame),
    ):
        if before is not None and after is not None:
            assert before <= after
