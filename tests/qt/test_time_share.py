"""How a frame's time is shared, and how fast training goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.qt.throughput import Throughput
from bpviz.qt.time_share import FRAME, LEAST, MOST, TimeShare


def settled(rest: float) -> float:
    """The training that is given after many frames whose rest took so long."""
    share = TimeShare()
    for _ in range(200):
        share.put(rest)
    return share.training


@given(st.floats(0, 0.016))
def test_half_the_time_is_trained_and_thirty_frames_are_shown(rest: float) -> None:
    training = settled(rest)
    assert training / (training + rest) >= 0.5 - 1e-9
    assert training + rest <= 1 / 30


@given(st.lists(st.floats(-1, 10)))
def test_training_is_never_shorter_nor_longer_than_its_bounds(rests: list[float]) -> None:
    share = TimeShare()
    for rest in rests:
        share.put(rest)
        assert LEAST <= share.training <= MOST


def test_where_the_rest_is_quick_the_frame_is_filled_up() -> None:
    assert settled(0.002) == pytest.approx(FRAME - 0.002)


def test_where_there_is_time_for_both_training_gets_more() -> None:
    """So that half is reached although frames differ."""
    assert settled(0.011) == pytest.approx(1.4 * 0.011)


def test_where_the_rest_takes_longer_than_a_frame_training_still_goes_on() -> None:
    assert settled(0.2) == LEAST


def test_one_slow_frame_changes_little() -> None:
    share = TimeShare()
    for _ in range(50):
        share.put(0.010)
    share.put(0.012)
    assert share.training == pytest.approx(1.4 * 0.0105)


def test_throughput_is_measured_over_the_last_second() -> None:
    meter = Throughput()
    meter.begin(0.0)
    for k in range(1, 401):
        meter.put(k / 100, 5 if k <= 200 else 20)
    assert meter.per_second(4.0) == pytest.approx(2000)
    assert meter.per_second(4.5) == pytest.approx(1000)
    assert meter.per_second(6.0) == 0


def test_throughput_is_unknown_at_first_and_after_a_change() -> None:
    meter = Throughput()
    assert meter.per_second(0.0) is None
    meter.begin(0.0)
    meter.put(0.1, 10)
    assert meter.per_second(0.4) is None
    assert meter.per_second(0.8) == pytest.approx(12.5)
    meter.begin(1.0)
    assert meter.per_second(1.2) is None
    assert meter.per_second(1.6) == 0
