"""Where nodes stand: all in the picture, none on another, tall layers folded."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.engine.network import Layer, Network
from bpviz.explain.address import INPUT, Node
from bpviz.explain.layout import UNFOLDED, Column, Layout, place
from tests.explain.preset_steps import NAMES, SIZES, opened


def network(*sizes: int) -> Network:
    return Network(sizes[0], tuple(Layer(units) for units in sizes[1:]))


def boxes(layout: Layout, column: Column, rings: bool) -> np.ndarray:
    """Left, top, right, bottom of each shown unit, with or without its ring; of a pixel its square."""
    where = column.where[list(column.shown)]
    ring = layout.reach - layout.radius if rings else 0.0
    across, up = layout.half_width + ring, layout.radius + ring
    half = np.array([column.cell / 2, column.cell / 2] if column.is_image else [across, up])
    return np.concatenate([where - half, where + half], axis=1)


def assert_apart(layout: Layout, rings: bool = True) -> None:
    every = np.concatenate([boxes(layout, column, rings) for column in layout.columns])
    left, top, right, bottom = every.T
    slack = 1e-6
    apart = (
        (left[:, None] >= right[None] - slack) | (right[:, None] <= left[None] + slack)
        | (top[:, None] >= bottom[None] - slack) | (bottom[:, None] <= top[None] + slack)
    )  # fmt: skip
    np.fill_diagonal(apart, True)
    assert apart.all()


def assert_inside(layout: Layout) -> None:
    for column in layout.columns:
        found = boxes(layout, column, rings=column.layer != INPUT)  # an input has no error, and so no ring
        assert found.min() >= 0
        assert found[:, 2].max() <= layout.width
        assert found[:, 3].max() <= layout.height


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", SIZES)
def test_all_nodes_of_every_preset_stand_inside_and_apart(name: str, size: tuple[int, int]) -> None:
    layout = opened(name).place(*size)
    assert_inside(layout)
    assert_apart(layout)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.integers(1, 40), min_size=2, max_size=6), st.integers(560, 1600), st.integers(300, 1000)
)
def test_all_nodes_of_any_network_stand_inside_and_apart(
    sizes: list[int], width: int, height: int
) -> None:
    layout = place(network(*sizes), width, height)
    assert_inside(layout)
    assert_apart(layout, rings=False)


@pytest.mark.parametrize("name", NAMES)
def test_columns_stand_in_the_order_of_layers(name: str) -> None:
    layout = opened(name).place(690, 360)
    assert [column.layer for column in layout.columns] == list(range(INPUT, opened(name).network.depth))
    assert all(a.x < b.x for a, b in pairwise(layout.columns))


@given(st.lists(st.integers(1, UNFOLDED), min_size=2, max_size=5))
def test_up_to_sixteen_units_nothing_is_folded(sizes: list[int]) -> None:
    layout = place(network(*sizes), 690, 360)
    assert layout.folded == 0
    assert all(column.gap is None for column in layout.columns)
    assert [len(column.shown) for column in layout.columns] == sizes


@given(st.integers(UNFOLDED + 1, 500))
def test_a_taller_layer_shows_its_first_and_last_units_around_a_gap(units: int) -> None:
    column = place(network(2, units, 1), 690, 360).column(0)
    assert column.shown == (0, 1, 2, 3, 4, 5, *range(units - 5, units))
    assert column.hidden == units - 11
    assert column.gap is not None
    ys = column.where[list(column.shown), 1]
    assert ys[5] < column.gap[1] < ys[6]
    assert np.isnan(column.where[6 : units - 5]).all()


def test_the_digits_are_a_grid_of_pixels_row_by_row() -> None:
    column = opened("digits").place(690, 360).columns[0]
    assert column.is_image
    assert len(column.shown) == 64
    grid = column.where.reshape(8, 8, 2)
    assert np.allclose(np.diff(grid[:, :, 0], axis=1), column.cell)
    assert np.allclose(np.diff(grid[:, :, 1], axis=0), column.cell)


def test_the_digits_fold_twenty_one_hidden_units_and_unfolding_shows_them_all() -> None:
    step = opened("digits")
    folded, whole = step.place(690, 360), step.place(690, 360, unfolded=frozenset({0}))
    assert step.network.sizes == (64, 32, 10)
    assert (folded.folded, whole.folded) == (21, 0)
    assert folded.position(Node(0, 10)) is None
    assert whole.position(Node(0, 10)) is not None
    assert whole.column(0).gap is None
    assert_inside(whole)


@pytest.mark.parametrize("size", [(690, 360), (560, 300)])
def test_an_unfolded_layer_stands_apart_too(size: tuple[int, int]) -> None:
    assert_apart(opened("digits").place(*size, unfolded=frozenset({0})), rings=False)


def test_an_image_shape_that_does_not_fit_the_inputs_is_no_image() -> None:
    assert not place(network(6, 2), 690, 360, image_shape=(8, 8)).columns[0].is_image


@pytest.mark.parametrize("name", NAMES)
def test_nodes_grow_with_the_zoom(name: str) -> None:
    step = opened(name)
    radii = [step.place(690 * zoom, 360 * zoom, zoom=zoom).radius for zoom in (1.0, 1.6, 2.5, 4.0)]
    assert radii == sorted(set(radii))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_request_gives_the_same_places(name: str) -> None:
    first, second = opened(name).place(690, 360), opened(name).place(690, 360)
    for a, b in zip(first.columns, second.columns, strict=True):
        assert np.array_equal(a.where, b.where, equal_nan=True)
        assert not a.where.flags.writeable


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.integers(1, 40), min_size=1, max_size=5), st.integers(560, 1600), st.integers(300, 1000)
)
def test_nodes_with_maps_stand_inside_and_apart_and_their_maps_are_squares(
    sizes: list[int], width: int, height: int
) -> None:
    layout = place(network(2, *sizes), width, height, mapped=True)
    assert_inside(layout)
    assert_apart(layout, rings=False)
    assert layout.half_width == pytest.approx(layout.radius + layout.beside / 2)


@pytest.mark.parametrize("name", ["mazur", "xor", "circle", "spiral"])
@pytest.mark.parametrize("size", SIZES)
def test_rings_of_nodes_with_maps_stand_apart_and_two_numbers_find_room_beside_each(
    name: str, size: tuple[int, int]
) -> None:
    layout = place(opened(name).network, *size, mapped=True)
    assert_inside(layout)
    assert_apart(layout)
    assert layout.beside >= 28.0 - 1e-9


def test_small_maps_take_the_room_of_the_line_below_them() -> None:
    tall, low = opened("spiral"), opened("xor")
    assert place(low.network, 690, 360, mapped=True).lined
    assert not place(tall.network, 690, 360, mapped=True).lined
    assert place(tall.network, 690, 360).lined


def test_where_columns_stand_close_nodes_are_maps_alone() -> None:
    layout = place(network(2, *[3] * 12, 1), 690, 360, mapped=True)
    assert layout.beside == 0.0
    assert layout.half_width == layout.radius


def test_without_maps_nothing_is_beside_and_nodes_are_as_round_as_can_be() -> None:
    layout = opened("xor").place(690, 360)
    assert (layout.beside, layout.corner) == (0.0, layout.radius)
