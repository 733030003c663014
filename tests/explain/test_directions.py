"""Planes through the space of all weights and biases."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.document.loading import load
from bpviz.document.preset import load_preset
from bpviz.engine.network import LayerParameters, Parameters
from bpviz.engine.trainer import Trainer
from bpviz.explain.address import INPUT, Edge, Node
from bpviz.explain.directions import (
    WeightPlane,
    address_at,
    flat,
    index_of,
    path_plane,
    plane_of_weights,
    random_plane,
    shaped,
    steepest,
)
from bpviz.explain.parameter import parameter, with_parameter

SEEDS = st.integers(0, 2**31)
PRESETS = ("toy", "ten-hidden", "mazur", "xor", "spiral", "iris", "digits")


def trainer_of(preset: str, steps: int = 0) -> Trainer:
    experiment = load_preset(preset).experiment
    trainer = experiment.start(load(experiment.dataset))
    for _ in range(steps):
        trainer.advance()
    return trainer


def some_parameters(seed: int) -> Parameters:
    """One to three layers of up to four units, some of them without bias."""
    random = np.random.default_rng(seed)
    sizes = random.integers(1, 5, size=random.integers(2, 5))
    return tuple(
        LayerParameters(random.normal(size=(a, b)), random.normal(size=b) if random.random() < 0.7 else None)
        for a, b in pairwise(sizes)
    )


def planes(preset: str) -> list[WeightPlane]:
    """One of each kind, all through the tenth step."""
    trainer = trainer_of(preset, 10)
    here = trainer.parameters
    drawn = random_plane(here, 3)
    path = path_plane(here, [place.parameters for place in trainer.waypoints(50)])
    assert drawn is not None and path is not None
    size = flat(here).size
    return [plane_of_weights(here, address_at(here, 0), address_at(here, size - 1)), drawn, path.plane]


# -- vectors --------------------------------------------------------------------------------------------


@given(SEEDS)
def test_a_vector_of_all_parameters_takes_their_shape_again(seed: int) -> None:
    parameters = some_parameters(seed)
    for before, after in zip(parameters, shaped(parameters, flat(parameters)), strict=True):
        assert np.array_equal(before.w, after.w)
        assert (before.b is None) == (after.b is None)
        assert before.b is None or after.b is None or np.array_equal(before.b, after.b)


@given(SEEDS)
def test_every_place_of_the_vector_has_the_address_under_which_its_number_is_found(seed: int) -> None:
    parameters = some_parameters(seed)
    for index, value in enumerate(flat(parameters)):
        address = address_at(parameters, index)
        assert parameter(parameters, address) == value
        assert index_of(parameters, address) == index


def test_what_has_no_parameter_has_no_place() -> None:
    parameters = (LayerParameters(np.ones((1, 2)), None),)
    for nowhere in (Node(INPUT, 0), Node(0, 1)):
        with pytest.raises(ValueError, match="no"):
            index_of(parameters, nowhere)
    with pytest.raises(ValueError, match="beyond"):
        address_at(parameters, 2)


def test_the_steepest_weights_come_first_whichever_way_they_lead() -> None:
    parameters = (LayerParameters(np.zeros((1, 2)), np.zeros(2)),)
    found = steepest(parameters, np.array([0.1, -3.0, 0.0, 2.0]), 3)
    assert found == (Edge(0, 0, 1), Node(0, 1), Edge(0, 0, 0))


# -- every plane ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", PRESETS)
def test_directions_are_orthonormal(preset: str) -> None:
    for plane in planes(preset):
        both = np.stack([plane.u, plane.v])
        assert both @ both.T == pytest.approx(np.eye(2), abs=1e-12)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_point_of_the_plane_has_the_coordinates_it_was_made_from(preset: str) -> None:
    for plane in planes(preset):
        for x, y in ((plane.x0, plane.y0), (-1.5, 0.25), (3.0, 40.0)):
            assert plane.coordinates(plane.parameters(x, y)) == pytest.approx((x, y), abs=1e-9)
        assert plane.coordinates(plane.through) == (plane.x0, plane.y0)
        assert np.array_equal(flat(plane.parameters(plane.x0, plane.y0)), flat(plane.through))


@pytest.mark.parametrize("preset", ["toy", "xor", "iris"])
def test_coordinates_are_those_of_the_nearest_point(preset: str) -> None:
    """Against NumPy's least squares."""
    random = np.random.default_rng(1)
    for plane in planes(preset):
        theta = random.normal(size=plane.u.size)
        columns = np.stack([plane.u, plane.v], axis=1)
        apart = theta - flat(plane.through)
        solved = np.linalg.lstsq(columns, apart, rcond=None)[0] + (plane.x0, plane.y0)
        assert plane.coordinates(shaped(plane.through, theta)) == pytest.approx(tuple(solved))
        assert plane.shadows(np.stack([theta, theta])) == pytest.approx(np.stack([solved, solved]))


@pytest.mark.parametrize("preset", PRESETS)
def test_a_plane_is_the_same_through_whichever_of_its_points_it_is_laid(preset: str) -> None:
    for plane in planes(preset):
        x, y = plane.x0 + 0.7, plane.y0 - 0.4
        moved = WeightPlane(plane.parameters(x, y), plane.u, plane.v, x, y)
        assert moved.signature == plane.signature
        beside = shaped(plane.through, flat(plane.through) + 0.1)
        if plane.u.size > 2:
            assert WeightPlane(beside, plane.u, plane.v, x, y).signature != plane.signature


@pytest.mark.parametrize("preset", PRESETS)
def test_laid_through_another_place_a_plane_keeps_its_coordinates_and_holds_that_place(preset: str) -> None:
    for plane in planes(preset):
        elsewhere = shaped(plane.through, flat(plane.through) + 0.1)
        moved = plane.laid_through(elsewhere)
        assert moved.coordinates(elsewhere) == plane.coordinates(elsewhere) == (moved.x0, moved.y0)
        assert moved.holds(elsewhere) and plane.holds(plane.parameters(3.0, -2.0))
        assert plane.holds(elsewhere) == (plane.u.size == 2)


# -- two weights ----------------------------------------------------------------------------------------


def test_over_two_weights_the_axes_are_these_weights_and_all_others_stay() -> None:
    here = trainer_of("xor").parameters
    first, second = Edge(0, 1, 2), Node(1, 0)
    plane = plane_of_weights(here, first, second)
    assert (plane.x0, plane.y0) == (parameter(here, first), parameter(here, second))
    moved = plane.parameters(0.25, -4.0)
    by_hand = with_parameter(with_parameter(here, first, 0.25), second, -4.0)
    assert flat(moved) == pytest.approx(flat(by_hand), abs=1e-15)


def test_a_plane_over_one_weight_twice_is_refused() -> None:
    here = trainer_of("xor").parameters
    with pytest.raises(ValueError, match="two different"):
        plane_of_weights(here, Edge(0, 0, 0), Edge(0, 0, 0))


# -- random ---------------------------------------------------------------------------------------------


def test_one_seed_gives_the_same_random_directions_each_time_and_another_draw_others() -> None:
    here = trainer_of("iris").parameters
    one, again, other, seeded = (
        random_plane(here, seed, draw) for seed, draw in ((7, 0), (7, 0), (7, 1), (8, 0))
    )
    assert one is not None and again is not None and other is not None and seeded is not None
    assert one.signature == again.signature
    assert len({one.signature, other.signature, seeded.signature}) == 3


def test_a_random_direction_moves_each_unit_in_proportion_to_its_weights_and_no_bias() -> None:
    """Filter normalisation: of the first direction |part of a unit| / |the unit's weights| is one number."""
    here = trainer_of("digits", 2).parameters
    plane = random_plane(here, 5)
    assert plane is not None
    ratios = []
    for p, part in zip(here, shaped(here, plane.u), strict=True):
        ratios.extend(np.linalg.norm(part.w, axis=0) / np.linalg.norm(p.w, axis=0))
        assert part.b is not None and not part.b.any()
    assert ratios == pytest.approx([ratios[0]] * len(ratios))


@given(SEEDS)
def test_two_random_directions_are_found_in_any_network_with_two_weights(seed: int) -> None:
    parameters = some_parameters(seed)
    plane = random_plane(parameters, seed)
    weights = sum(p.w.size for p in parameters)
    if weights == 1:
        assert plane is None
    else:
        assert plane is not None
        assert np.linalg.norm(plane.u) == pytest.approx(1.0)
        assert plane.u @ plane.v == pytest.approx(0.0, abs=1e-12)


def test_without_two_weights_other_than_zero_there_are_no_random_directions() -> None:
    for weights in ([[0.0, 0.0]], [[0.0, 2.0]]):
        assert random_plane((LayerParameters(np.array(weights), np.ones(2)),), 1) is None


# -- where the run led ----------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", ["xor", "spiral", "iris"])
def test_components_are_the_eigenvectors_of_the_covariance_of_the_places(preset: str) -> None:
    trainer = trainer_of(preset, 30)
    places = [place.parameters for place in trainer.waypoints(50)]
    found = path_plane(trainer.parameters, places)
    assert found is not None
    values, vectors = np.linalg.eigh(np.cov(np.stack([flat(place) for place in places]), rowvar=False))
    for direction, share, k in ((found.plane.u, found.shares[0], -1), (found.plane.v, found.shares[1], -2)):
        assert abs(direction @ vectors[:, k]) == pytest.approx(1.0, abs=1e-6)
        assert share == pytest.approx(values[k] / values.sum(), abs=1e-9)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_start_of_the_run_is_the_origin_and_it_leads_to_the_right_and_up(preset: str) -> None:
    trainer = trainer_of(preset, 12)
    places = [place.parameters for place in trainer.waypoints(50)]
    found = path_plane(trainer.parameters, places)
    assert found is not None
    assert found.plane.coordinates(trainer.first) == pytest.approx((0.0, 0.0), abs=1e-9)
    x, y = found.plane.coordinates(places[-1])
    assert x > 0 and y >= -1e-12
    assert 0.5 <= sum(found.shares) <= 1 + 1e-9


def test_a_run_has_no_plane_before_it_has_been_at_three_places() -> None:
    trainer = trainer_of("xor", 1)
    here = trainer.parameters
    places = [place.parameters for place in trainer.waypoints(50)]
    assert path_plane(here, places) is None
    assert path_plane(here, places * 3) is None, "the same place again is no other"
    trainer.advance()
    assert path_plane(here, [*places, trainer.parameters]) is not None


def test_a_single_parameter_makes_no_plane() -> None:
    places = [(LayerParameters(np.array([[w]]), None),) for w in (0.0, 1.0, 2.0)]
    assert path_plane(places[0], places) is None
