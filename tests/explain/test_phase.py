"""The order of telling: forward, cost, back, update, and nothing before what it needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.explain.address import INPUT
from bpviz.explain.phase import Kind, Phase, index_of, score

depths = st.integers(1, 12)


def test_the_toy_network_is_told_as_the_text_does() -> None:
    assert score(2) == (
        Phase(Kind.GIVEN, INPUT),
        Phase(Kind.SUM, 0),
        Phase(Kind.ACTIVATE, 0),
        Phase(Kind.SUM, 1),
        Phase(Kind.ACTIVATE, 1),
        Phase(Kind.COST, 1),
        Phase(Kind.OUTPUT_ERROR, 1),
        Phase(Kind.GRADIENT, 1),
        Phase(Kind.HIDDEN_ERROR, 0),
        Phase(Kind.GRADIENT, 0),
        Phase(Kind.UPDATE, 1),
    )


@given(depths)
def test_every_layer_has_its_four_phases_once(depth: int) -> None:
    phases = score(depth)
    assert len(phases) == len(set(phases)) == 4 * depth + 3
    for k in range(depth):
        error = Kind.OUTPUT_ERROR if k == depth - 1 else Kind.HIDDEN_ERROR
        for kind in (Kind.SUM, Kind.ACTIVATE, error, Kind.GRADIENT):
            assert phases.count(Phase(kind, k)) == 1


@given(depths)
def test_nothing_is_told_before_what_it_is_made_from(depth: int) -> None:
    last = depth - 1

    def activation(k: int) -> int:
        return index_of(depth, Kind.ACTIVATE, k) if k >= 0 else index_of(depth, Kind.GIVEN, INPUT)

    def error(k: int) -> int:
        return index_of(depth, Kind.OUTPUT_ERROR if k == last else Kind.HIDDEN_ERROR, k)

    cost, update = index_of(depth, Kind.COST, last), index_of(depth, Kind.UPDATE, last)
    assert activation(last) < cost < error(last)
    for k in range(depth):
        assert activation(k - 1) < index_of(depth, Kind.SUM, k) < activation(k)
        assert error(k) < index_of(depth, Kind.GRADIENT, k) < update
        assert activation(k - 1) < index_of(depth, Kind.GRADIENT, k)
        assert k == last or error(k + 1) < error(k)


@given(depths)
def test_index_of_finds_every_phase(depth: int) -> None:
    assert [index_of(depth, p.kind, p.layer) for p in score(depth)] == list(range(len(score(depth))))


def test_a_phase_that_a_step_does_not_have_is_an_error() -> None:
    with pytest.raises(ValueError, match="not in"):
        index_of(2, Kind.HIDDEN_ERROR, 1)


def test_only_errors_and_gradients_go_backward() -> None:
    backward = {phase.kind for phase in score(3) if phase.backward}
    assert backward == {Kind.OUTPUT_ERROR, Kind.HIDDEN_ERROR, Kind.GRADIENT}
