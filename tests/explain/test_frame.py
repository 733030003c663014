"""A frame is a function of the record and the playhead: numbers appear in their phase, and nothing jumps."""

from __future__ import annotations

import dataclasses
import warnings
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.explain.address import INPUT
from bpviz.explain.frame import ColumnFrame, EdgesFrame, Frame, frame_at
from bpviz.explain.moment import Moment
from bpviz.explain.phase import Kind, index_of, score
from bpviz.explain.quantities import error_kind
from tests.explain.drawn_steps import Step, steps
from tests.explain.preset_steps import NAMES, Opened, opened, spoilt

FADING = {"active", "pulse", "strength", "backward"}  # what belongs to one phase and may change with it


def same(a: Any, b: Any, but: set[str] = frozenset()) -> bool:  # type: ignore[assignment]
    """Equal in every field, arrays to the last bit."""
    if dataclasses.is_dataclass(a) and not isinstance(a, type):
        names = [field.name for field in dataclasses.fields(a) if field.name not in but]
        return type(a) is type(b) and all(same(getattr(a, n), getattr(b, n), but) for n in names)
    if isinstance(a, tuple):
        return len(a) == len(b) and all(same(x, y, but) for x, y in zip(a, b, strict=True))
    if isinstance(a, np.ndarray):
        return np.array_equal(a, b, equal_nan=True)
    return bool(a == b)


def at(step: Opened | Step, kind: Kind, layer: int, progress: float, example: int | None = 0) -> Frame:
    phase = index_of(step.network.depth, kind, layer)
    return frame_at(step.network, step.trace, Moment(phase, progress), example)


def frames(step: Opened, example: int | None) -> list[Frame]:
    return [frame_at(step.network, step.trace, moment, example) for moment in step.moments()]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("example", [0, None])
def test_the_same_moment_gives_the_same_frame_whatever_was_shown_before(
    name: str, example: int | None
) -> None:
    step = opened(name)
    forwards = frames(step, example)
    backwards = [frame_at(step.network, step.trace, m, example) for m in reversed(step.moments())]
    assert same(tuple(forwards), tuple(reversed(backwards)))


def test_two_different_moments_are_told_apart_by_this_file() -> None:
    step = opened("toy")
    assert not same(at(step, Kind.SUM, 0, 0.9), at(step, Kind.SUM, 0, 0.8))
    assert not same(at(step, Kind.UPDATE, 1, 0.2).edges[0].w, at(step, Kind.UPDATE, 1, 0.3).edges[0].w)


@pytest.mark.parametrize("name", NAMES)
def test_a_phase_begins_where_the_one_before_it_ended(name: str) -> None:
    step = opened(name)
    for phase in range(1, step.phases):
        before = frame_at(step.network, step.trace, Moment(phase - 1, 1.0), 0)
        after = frame_at(step.network, step.trace, Moment(phase, 0.0), 0)
        assert same(before, after, FADING | {"phase", "progress"}), step.network


@pytest.mark.parametrize("name", NAMES)
def test_nothing_travels_at_the_ends_of_a_phase(name: str) -> None:
    step = opened(name)
    for phase in range(step.phases):
        for progress in (0.0, 1.0):
            frame = frame_at(step.network, step.trace, Moment(phase, progress), 0)
            assert [edges.pulse for edges in frame.edges] == [None] * step.network.depth


@settings(max_examples=60, deadline=None)
@given(steps(), st.floats(0, 1), st.data())
def test_a_number_is_absent_before_its_phase_lands_during_it_and_stays(
    step: Step, progress: float, data: st.DataObject
) -> None:
    depth = step.network.depth
    phase = data.draw(st.integers(0, len(score(depth)) - 1))
    frame = frame_at(step.network, step.trace, Moment(phase, progress), None)
    for level, kind, layer in levels(frame, depth):
        when = index_of(depth, kind, layer)
        if phase < when:
            assert level == 0
        elif phase > when:
            assert level == 1
        else:
            assert 0 <= level <= 1
            assert level == 1 or progress < 1
            assert level == 0 or progress > 0.5


def levels(frame: Frame, depth: int) -> list[tuple[float, Kind, int]]:
    """How much there is of everything, and the phase that tells it."""
    found = [(frame.cost_level, Kind.COST, depth - 1), (frame.columns[0].a_level, Kind.GIVEN, INPUT)]
    for k in range(depth):
        column, edges = frame.column(k), frame.edges[k]
        found += [
            (column.z_level, Kind.SUM, k),
            (column.a_level, Kind.ACTIVATE, k),
            (column.e_level, error_kind(depth, k), k),
            (edges.g_level, Kind.GRADIENT, k),
        ]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_weights_are_the_old_ones_until_the_update_and_exactly_the_new_ones_after_it(name: str) -> None:
    step = opened(name)
    update = step.phases - 1
    for moment in step.moments((0.0, 0.5, 1.0)):
        frame = frame_at(step.network, step.trace, moment, 0)
        for edges, column, layer in zip(frame.edges, frame.columns[1:], step.trace.layers, strict=True):
            if moment <= Moment(update, 0.0):
                assert np.array_equal(edges.w, layer.w)
                assert same(column.bias, layer.b)
            elif moment.progress == 1.0:
                assert np.array_equal(edges.w, layer.w_next)
                assert same(column.bias, layer.b_next)


def test_weights_move_between_old_and_new_during_the_update() -> None:
    step = opened("mazur")
    layer = step.trace.layers[0]
    w = at(step, Kind.UPDATE, 1, 0.5).edges[0].w
    low, high = np.minimum(layer.w, layer.w_next), np.maximum(layer.w, layer.w_next)
    assert ((w > low) & (w < high)).all()


@settings(max_examples=40, deadline=None)
@given(steps())
def test_an_example_is_its_row_and_the_mean_is_the_mean_of_the_rows(step: Step) -> None:
    rows = [at(step, Kind.UPDATE, step.network.depth - 1, 0.0, i) for i in range(step.trace.batch)]
    mean = at(step, Kind.UPDATE, step.network.depth - 1, 0.0, None)
    for k, layer in enumerate(step.trace.layers):
        for name in ("a", "z", "slope", "delta"):
            shown = [getattr(row.column(k), name) for row in rows]
            assert np.array_equal(shown, getattr(layer, name))
            np.testing.assert_allclose(getattr(mean.column(k), name), np.mean(shown, axis=0), atol=1e-300)
        assert np.array_equal(mean.edges[k].gradient, layer.dw)
        assert all(np.array_equal(row.edges[k].gradient, layer.dw) for row in rows)
    assert [row.cost for row in rows] == step.trace.example_costs.tolist()
    assert mean.cost == step.trace.cost


def test_what_travels_forward_is_the_weight_times_the_activation() -> None:
    edges = at(opened("toy"), Kind.SUM, 0, 0.4).edges[0]
    assert edges.strength is not None
    assert edges.strength.tolist() == [[0.6 * 2.0]]
    assert not edges.backward


def test_what_travels_backward_is_the_error_times_the_weight() -> None:
    edges = at(opened("toy"), Kind.HIDDEN_ERROR, 0, 0.4).edges[1]
    assert edges.strength is not None
    assert edges.strength[0, 0] == pytest.approx(0.58 * 0.9)
    assert edges.backward


def test_pulses_run_to_the_target_forwards_and_to_the_source_backwards() -> None:
    step = opened("toy")
    forwards = [at(step, Kind.SUM, 1, p).edges[1].pulse for p in (0.1, 0.4, 0.7)]
    backwards = [at(step, Kind.HIDDEN_ERROR, 0, p).edges[1].pulse for p in (0.1, 0.4, 0.7)]
    assert None not in forwards + backwards
    assert forwards == sorted(forwards)  # type: ignore[type-var]
    assert backwards == sorted(backwards, reverse=True)  # type: ignore[type-var]


@pytest.mark.parametrize("name", NAMES)
def test_only_one_layer_of_edges_carries_anything_at_a_time(name: str) -> None:
    for frame in frames(opened(name), 0):
        assert sum(edges.pulse is not None for edges in frame.edges) <= 1


@pytest.mark.parametrize("name", NAMES)
def test_scales_are_the_same_at_all_moments_of_a_step(name: str) -> None:
    found = {scales(frame) for frame in frames(opened(name), 0)}
    assert len(found) == 1
    assert all(scale > 0 and np.isfinite(scale) for scale in found.pop())


def scales(frame: Frame) -> tuple[float, ...]:
    return frame.scales.value, frame.scales.weight, frame.scales.error


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e300])
@pytest.mark.parametrize("example", [0, None])
def test_a_step_that_blew_up_is_framed_without_a_warning(value: float, example: int | None) -> None:
    step = spoilt(opened("iris"), value)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for frame in frames(step, example):
            assert all(scale > 0 and np.isfinite(scale) for scale in scales(frame))


@pytest.mark.parametrize("values", [(1e308, 1e308), (np.inf, -np.inf)])
def test_a_batch_whose_mean_is_no_number_is_framed_without_a_warning(values: tuple[float, ...]) -> None:
    step = opened("iris")
    layer = step.trace.layers[0]
    z = layer.z.copy()
    z[:2] = np.array(values)[:, np.newaxis]
    trace = replace(step.trace, layers=(replace(layer, z=z), *step.trace.layers[1:]))
    frame_at(step.network, trace, Moment(1, 0.5), None)


def test_an_infinite_weight_is_updated_without_a_warning() -> None:
    step = spoilt(opened("iris"), np.inf)
    layers = tuple(replace(layer, w=layer.w_next) for layer in step.trace.layers)
    at(replace(step, trace=replace(step.trace, layers=layers)), Kind.UPDATE, 1, 0.5)


def test_a_step_of_nothing_but_zeros_has_scales_to_divide_by() -> None:
    frame = at(spoilt(opened("toy"), 0.0), Kind.UPDATE, 1, 0.5)
    assert frame.scales.error == 1.0


def test_frames_cannot_be_written_to() -> None:
    frame = at(opened("mazur"), Kind.UPDATE, 1, 0.5, None)
    for part in (*frame.columns, *frame.edges):
        assert isinstance(part, ColumnFrame | EdgesFrame)
        array = part.a if isinstance(part, ColumnFrame) else part.w
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0.0
