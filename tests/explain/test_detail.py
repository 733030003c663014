"""Which edges are drawn: the strongest, never more than there is room for; and where numbers stand."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.document.preset import load_preset
from bpviz.engine.initializer import FirstWeights
from bpviz.explain.address import Edge
from bpviz.explain.detail import MOST_EDGES, Detail, detail_of
from bpviz.explain.layout import Layout, place
from tests.explain.drawn_steps import Step, steps
from tests.explain.preset_steps import NAMES, SIZES, Opened, opened, spoilt

SIZE = (48.0, 27.0)  # of a label


def drawn(detail: Detail) -> list[Edge]:
    return [
        Edge(k, int(s), int(t))
        for k, layer in enumerate(detail.layers)
        for s, t in zip(layer.sources, layer.targets, strict=True)
    ]


def constant(value: float) -> Opened:
    """The digits with every first weight the same."""
    experiment = load_preset("digits").experiment
    experiment = replace(experiment, first=FirstWeights("constant", value=value))
    return replace(opened("digits"), trace=experiment.start().record())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", SIZES)
def test_every_edge_is_drawn_or_counted_as_unseen(name: str, size: tuple[int, int]) -> None:
    step = opened(name)
    edges = drawn(detail := detail_of(step.place(*size), step.trace, SIZE))
    assert len(set(edges)) == len(edges) <= MOST_EDGES
    assert len(edges) + detail.unseen == step.network.edges
    if step.network.edges <= MOST_EDGES:
        assert detail.unseen == 0


def test_of_the_digits_exactly_the_five_hundred_strongest_that_stand_in_the_picture_are_drawn() -> None:
    step = opened("digits")
    layout = step.place(690, 360)
    edges = drawn(detail_of(layout, step.trace, SIZE))
    assert len(edges) == MOST_EDGES
    strengths = {
        Edge(k, s, t): abs(layer.w[s, t])
        for k, layer in enumerate(step.trace.layers)
        for s in layout.columns[k].shown
        for t in layout.columns[k + 1].shown
    }
    left_out = set(strengths) - set(edges)
    assert min(strengths[edge] for edge in edges) >= max(strengths[edge] for edge in left_out)


@pytest.mark.parametrize("value", [0.5, 0.0])
@pytest.mark.parametrize("unfolded", [frozenset(), frozenset({0})])
def test_of_equally_strong_edges_no_more_are_drawn(value: float, unfolded: frozenset[int]) -> None:
    step = constant(value)
    assert len(drawn(detail_of(step.place(690, 360, unfolded), step.trace, SIZE))) == MOST_EDGES


def test_the_edges_do_not_depend_on_the_moment_or_on_what_is_learnt_in_the_step() -> None:
    # detail_of takes no moment; and it looks at the weights before the update only.
    step = opened("digits")
    layers = tuple(replace(layer, w_next=-2 * layer.w[::-1]) for layer in step.trace.layers)
    other = replace(step.trace, layers=layers)
    layout = step.place(690, 360)
    assert drawn(detail_of(layout, step.trace, SIZE)) == drawn(detail_of(layout, other, SIZE))


def test_where_all_edges_are_drawn_another_step_has_the_very_same_detail() -> None:
    layout = opened("spiral").place(690, 360)
    first, second = opened("spiral").trace, spoilt(opened("spiral"), 0.5).trace
    assert detail_of(layout, first, SIZE) is detail_of(layout, second, SIZE)


def test_of_equally_strong_edges_the_first_are_drawn() -> None:
    step = opened("digits")
    layout = step.place(690, 360)
    w = np.zeros_like(step.trace.layers[0].w)
    w[3, 5] = -9.0
    layers = (replace(step.trace.layers[0], w=w), replace(step.trace.layers[1], w=np.zeros((32, 10))))
    edges = drawn(detail_of(layout, replace(step.trace, layers=layers), SIZE))
    standing = [(s, t) for s in layout.columns[0].shown for t in layout.columns[1].shown]
    wanted = {(3, 5), *[pair for pair in standing if pair != (3, 5)][: MOST_EDGES - 1]}
    assert {(edge.source, edge.target) for edge in edges} == wanted
    assert {edge.layer for edge in edges} == {0}


@pytest.mark.parametrize("name", NAMES)
def test_an_edge_runs_from_rim_to_rim(name: str) -> None:
    step = opened(name)
    layout = step.place(690, 360)
    for k, layer in enumerate(detail_of(layout, step.trace, SIZE).layers):
        below, above = layout.columns[k], layout.columns[k + 1]
        rim = below.cell / 2 if below.is_image else layout.half_width
        assert np.allclose(layer.lines[:, 0] - below.where[layer.sources, 0], rim)
        assert np.allclose(above.where[layer.targets, 0] - layer.lines[:, 2], layout.half_width)
        assert np.array_equal(layer.lines[:, 1], below.where[layer.sources, 1])
        assert np.array_equal(layer.lines[:, 3], above.where[layer.targets, 1])


def assert_labels_apart(detail: Detail, layout: Layout) -> None:
    for (ax, ay), (bx, by) in combinations(detail.labels.values(), 2):
        assert abs(ax - bx) >= SIZE[0] or abs(ay - by) >= SIZE[1]
    for x, y in detail.labels.values():
        assert SIZE[0] / 2 <= x <= layout.width - SIZE[0] / 2
        assert SIZE[1] / 2 <= y <= layout.height - SIZE[1] / 2


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", SIZES)
def test_no_number_on_an_edge_hides_another(name: str, size: tuple[int, int]) -> None:
    step = opened(name)
    layout = step.place(*size)
    assert_labels_apart(detail_of(layout, step.trace, SIZE), layout)


@settings(max_examples=40, deadline=None)
@given(steps(), st.integers(560, 1400), st.integers(300, 900))
def test_no_number_on_an_edge_of_any_network_hides_another(step: Step, width: int, height: int) -> None:
    layout = place(step.network, width, height)
    assert_labels_apart(detail_of(layout, step.trace, SIZE), layout)


@pytest.mark.parametrize("name", ["mazur", "xor"])
def test_every_weight_of_a_small_network_has_its_number(name: str) -> None:
    step = opened(name)
    detail = detail_of(step.place(1100, 640), step.trace, SIZE)
    assert set(detail.labels) == set(drawn(detail))


def test_a_layer_in_which_one_number_finds_no_room_has_none() -> None:
    for size in SIZES:
        for name in NAMES:
            step = opened(name)
            detail = detail_of(step.place(*size), step.trace, SIZE)
            for k, layer in enumerate(detail.layers):
                labelled = sum(edge.layer == k for edge in detail.labels)
                assert labelled in (0, len(layer.sources))


def test_a_label_sits_on_its_edge() -> None:
    step = opened("xor")
    detail = detail_of(step.place(1100, 640), step.trace, SIZE)
    lines = dict(zip(drawn(detail), np.concatenate([d.lines for d in detail.layers]), strict=True))
    for edge, (x, y) in detail.labels.items():
        x0, y0, x1, y1 = lines[edge]
        assert y == pytest.approx(y0 + (y1 - y0) * (x - x0) / (x1 - x0))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_weights_that_are_no_numbers_are_drawn_like_any(value: float) -> None:
    step = spoilt(opened("iris"), value)
    layers = tuple(replace(layer, w=np.full_like(layer.w, value)) for layer in step.trace.layers)
    detail = detail_of(step.place(690, 360), replace(step.trace, layers=layers), SIZE)
    assert len(drawn(detail)) == step.network.edges
