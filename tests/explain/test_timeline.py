"""Seconds and moments: there and back again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.explain.moment import Moment
from bpviz.explain.phase import Kind, Phase, score
from bpviz.explain.timeline import REST, duration, eased, moment_at, seconds_at, total

depths = st.integers(1, 12)
progress = st.floats(0, 1)


@st.composite
def moments(draw: st.DrawFn) -> tuple[int, Moment]:
    depth = draw(depths)
    return depth, Moment(draw(st.integers(0, len(score(depth)) - 1)), draw(progress))


@given(moments())
def test_the_moment_at_a_moments_seconds_is_that_moment(case: tuple[int, Moment]) -> None:
    depth, moment = case
    back = moment_at(seconds_at(moment, depth), depth)
    assert back.phase == moment.phase
    assert back.progress == pytest.approx(moment.progress, abs=1e-9)


@given(depths)
def test_beginnings_and_ends_of_phases_come_back_exactly(depth: int) -> None:
    for phase in range(len(score(depth))):
        for moment in (Moment(phase, 0.0), Moment(phase, 1.0)):
            assert moment_at(seconds_at(moment, depth), depth) == moment


@given(depths, progress)
def test_the_moment_at_some_seconds_comes_then_unless_it_rests(depth: int, share: float) -> None:
    seconds = share * total(depth)
    moment = moment_at(seconds, depth)
    if moment.progress < 1:
        assert seconds_at(moment, depth) == pytest.approx(seconds, abs=1e-9)
    else:
        assert -1e-9 <= seconds - seconds_at(moment, depth) <= REST + 1e-9


@given(depths, progress, progress)
def test_time_never_goes_back(depth: int, one: float, other: float) -> None:
    early, late = min(one, other) * total(depth), max(one, other) * total(depth)
    assert moment_at(early, depth) <= moment_at(late, depth)


@given(depths)
def test_every_phase_moves_and_then_rests_at_its_end(depth: int) -> None:
    for index, phase in enumerate(score(depth)):
        begin = seconds_at(Moment(index, 0.0), depth)
        assert moment_at(begin + duration(phase) / 2, depth).progress == pytest.approx(0.5)
        assert moment_at(begin + duration(phase) + REST / 2, depth) == Moment(index, 1.0)


@given(depths)
def test_before_the_beginning_and_after_the_end_are_the_first_and_last_moment(depth: int) -> None:
    assert moment_at(-1.0, depth) == Moment(0, 0.0)
    assert moment_at(total(depth), depth) == Moment(len(score(depth)) - 1, 1.0)
    assert moment_at(total(depth) + 99, depth) == Moment(len(score(depth)) - 1, 1.0)


def test_a_step_lasts_its_phases_and_their_rests() -> None:
    assert total(3) == pytest.approx(sum(duration(phase) + REST for phase in score(3)))


def test_given_values_are_told_quickly_and_errors_slowly() -> None:
    lengths = {kind: duration(Phase(kind, 0)) for kind in Kind}
    errors = (Kind.OUTPUT_ERROR, Kind.HIDDEN_ERROR)
    assert min(lengths, key=lengths.__getitem__) is Kind.GIVEN
    assert all(lengths[error] > lengths[kind] for error in errors for kind in Kind if kind not in errors)


def test_a_typical_phase_takes_about_a_second() -> None:
    mean = sum(duration(phase) for phase in score(2)) / len(score(2))
    assert mean == pytest.approx(1.2, abs=0.2)
    assert 0.5 <= REST <= 0.7


@given(progress, progress)
def test_easing_only_goes_forward(one: float, other: float) -> None:
    assert eased(min(one, other)) <= eased(max(one, other))


def test_easing_begins_and_ends_at_rest_and_is_the_same_both_ways() -> None:
    assert (eased(0.0), eased(0.5), eased(1.0)) == (0.0, 0.5, 1.0)
    assert eased(0.01) < 1e-5
    assert eased(0.3) == pytest.approx(1 - eased(0.7))
