"""The cost over a plane of weights, against evaluation point by point and finite differences."""

from __future__ import annotations

import math
from itertools import pairwise

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bpviz.document.preset import preset_names
from bpviz.engine.evaluation import evaluate
from bpviz.engine.examples import Examples
from bpviz.engine.network import Layer, LayerParameters, Network
from bpviz.explain.address import Edge, Node
from bpviz.explain.cost_surface import (
    PlaneCosts,
    Surface,
    Window,
    gradient,
    slope,
    surfaces,
    surveyed,
    window_around,
)
from bpviz.explain.directions import WeightPlane, address_at, flat, plane_of_weights, random_plane, shaped
from tests.explain.drawn_steps import Step, steps
from tests.explain.test_directions import planes, trainer_of

WITH_A_PLANE = [name for name in preset_names() if name != "single-neuron"]
WINDOW = Window(-1.0, 3.0, 0.5, 1.5)
TOY = Network(1, (Layer(1, "identity", bias=False), Layer(1, "identity", bias=False)))


def toy_costs(x: float = 2.0, y: float = 0.5) -> PlaneCosts:
    """C = (y - x W_h W_o)^2 / 2."""
    through = tuple(LayerParameters(np.array([[w]]), None) for w in (0.6, 0.9))
    plane = plane_of_weights(through, address_at(through, 0), address_at(through, 1))
    return PlaneCosts(TOY, plane, Examples(np.array([[x]]), np.array([[y]])))


def finest(costs: PlaneCosts, window: Window, levels: tuple[int, ...]) -> Surface:
    return [surface for surface in surfaces(costs, window, levels) if surface is not None][-1]


def plane_through(step: Step, seed: int) -> WeightPlane | None:
    """Any two orthonormal directions, biases too."""
    through = tuple(LayerParameters(layer.w, layer.b) for layer in step.trace.layers)
    size = flat(through).size
    if size < 2:
        return None
    both = np.linalg.qr(np.random.default_rng(seed).normal(size=(size, 2)))[0]
    return WeightPlane(through, both[:, 0], both[:, 1], 0.3, -0.2)


# -- values ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", WITH_A_PLANE)
def test_at_the_present_weights_it_is_the_cost_of_these_examples(preset: str) -> None:
    trainer = trainer_of(preset, 10)
    for plane in planes(preset):
        costs = PlaneCosts(trainer.network, plane, trainer.train)
        cost = evaluate(trainer.network, trainer.parameters, trainer.train)
        assert costs.cost(plane.x0, plane.y0) == pytest.approx(cost, rel=1e-12, abs=1e-300)


@pytest.mark.parametrize("preset", WITH_A_PLANE)
def test_anywhere_else_it_is_the_cost_with_the_weights_of_that_point(preset: str) -> None:
    trainer = trainer_of(preset, 10)
    for plane in planes(preset):
        costs = PlaneCosts(trainer.network, plane, trainer.train)
        x, y = plane.x0 + np.array([0.5, -1.0, 0.0]), plane.y0 + np.array([-0.3, 2.0, 0.1])
        points = [plane.parameters(*at) for at in zip(x, y, strict=True)]
        single = [evaluate(trainer.network, point, trainer.train) for point in points]
        assert costs.at(x, y) == pytest.approx(single, rel=1e-9)


@given(steps(scales=(0.5, 1.0)), st.integers(0, 99))
def test_the_same_holds_for_every_kind_of_network(step: Step, seed: int) -> None:
    plane = plane_through(step, seed)
    if plane is None:
        return
    examples = Examples(step.trace.inputs, step.trace.targets)
    costs = PlaneCosts(step.network, plane, examples)
    for x, y in ((plane.x0, plane.y0), (1.0, -1.0)):
        single = evaluate(step.network, plane.parameters(x, y), examples)
        assert costs.cost(x, y) == pytest.approx(single, rel=1e-9, abs=1e-12)


def test_two_weights_of_the_last_layer_leave_what_is_below_them_alone() -> None:
    trainer = trainer_of("digits")
    here = trainer.parameters
    plane = plane_of_weights(here, Edge(1, 30, 9), Node(1, 9))
    costs = PlaneCosts(trainer.network, plane, trainer.train)
    assert costs.numbers == 10 * trainer.train.count
    single = evaluate(trainer.network, plane.parameters(0.4, 2.0), trainer.train)
    assert costs.cost(0.4, 2.0) == pytest.approx(single, rel=1e-12)


# -- slopes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", ["mazur", "xor", "circle", "iris", "digits"])
def test_the_slope_is_the_difference_quotient_of_the_surface(preset: str) -> None:
    trainer = trainer_of(preset, 10)
    examples, epsilon = surveyed(trainer.network, trainer.train), 1e-5
    for plane in planes(preset):
        costs = PlaneCosts(trainer.network, plane, examples)
        x = plane.x0 + epsilon * np.array([1, -1, 0, 0])
        y = plane.y0 + epsilon * np.array([0, 0, 1, -1])
        right, left, up, down = costs.at(x, y) / (2 * epsilon)
        assert slope(trainer.network, plane, examples) == pytest.approx((right - left, up - down), abs=1e-6)


def test_the_gradient_is_that_of_automatic_differentiation() -> None:
    trainer = trainer_of("xor", 3)
    inputs, targets = trainer.train.inputs, trainer.train.targets

    def cost(theta: np.ndarray) -> float:
        w1, b1, w2, b2 = theta[:8].reshape(2, 4), theta[8:12], theta[12:16].reshape(4, 1), theta[16:]
        z = anp.dot(anp.tanh(anp.dot(inputs, w1) + b1), w2) + b2
        return anp.mean(anp.logaddexp(0.0, z) - z * targets)

    assert [layer.activation for layer in trainer.network.layers] == ["tanh", "sigmoid"]
    theirs = grad(cost)(flat(trainer.parameters))
    assert gradient(trainer.network, trainer.parameters, trainer.train) == pytest.approx(theirs, abs=1e-12)


def test_the_slope_of_the_toy_is_what_the_text_computes() -> None:
    """C = (0.5 - 2 W_h W_o)^2 / 2 at 0.6, 0.9: E = 0.58, C'(W_h) = 0.58 . 0.9 . 2, C'(W_o) = 0.58 . 1.2."""
    costs = toy_costs()
    assert slope(TOY, costs.plane, costs.examples) == pytest.approx((1.044, 0.696))
    assert costs.cost(0.6, 0.9) == pytest.approx(0.1682)


# -- grids ----------------------------------------------------------------------------------------------


def test_each_grid_is_finer_and_holds_the_one_before() -> None:
    grids = [surface for surface in surfaces(toy_costs(), WINDOW, (1, 2, 3)) if surface is not None]
    assert [grid.costs.shape for grid in grids] == [(3, 5), (5, 9), (9, 17)]
    for coarse, fine in pairwise(grids):
        assert np.array_equal(fine.costs[::2, ::2], coarse.costs)
        assert fine.x[::2] == pytest.approx(coarse.x)


def test_a_grid_is_the_toys_formula_at_its_places() -> None:
    surface = finest(toy_costs(), WINDOW, (1, 2))
    assert (surface.x[0], surface.x[-1], surface.y[0], surface.y[-1]) == (-1.0, 3.0, 0.5, 1.5)
    formula = (0.5 - 2.0 * surface.x[None, :] * surface.y[:, None]) ** 2 / 2
    assert surface.costs == pytest.approx(formula)
    assert (surface.low, surface.high) == pytest.approx((formula.min(), formula.max()))


def test_a_large_grid_is_made_in_many_pieces() -> None:
    trainer = trainer_of("digits")
    plane = random_plane(trainer.parameters, 1)
    assert plane is not None
    costs = PlaneCosts(trainer.network, plane, surveyed(trainer.network, trainer.train))
    job = surfaces(costs, Window(-1.0, 1.0, -1.0, 1.0), (2,))
    pieces = list(job)
    assert pieces[-1] is not None and not any(pieces[:-1])
    assert len(pieces) > 9 * 5 / 3


def test_what_overflows_is_cut_and_the_rest_stays() -> None:
    surface = finest(toy_costs(), Window(0.0, 1e200, 0.0, 1e200), (1,))
    assert np.isnan(surface.costs[1:, 1:]).all()
    assert np.isfinite(surface.costs[0]).all()
    assert surface.high == pytest.approx(0.125)


def test_where_nothing_is_finite_there_is_no_lowest_cost() -> None:
    surface = finest(toy_costs(), Window(1e199, 1e200, 1e199, 1e200), (1,))
    assert math.isnan(surface.low) and math.isnan(surface.high)


@given(
    places=arrays(np.float64, st.tuples(st.integers(1, 9), st.just(2)), elements=st.floats(-1e3, 1e3)),
    least=st.floats(1e-3, 10.0),
)
def test_a_window_holds_all_places_with_room_around_them_and_is_not_too_narrow(
    places: np.ndarray, least: float
) -> None:
    window = window_around(places, least)
    middle = (places.min(axis=0) + places.max(axis=0)) / 2
    wide, high = window.right - window.left, window.top - window.bottom
    assert all(window.holds(x, y) for x, y in places)
    assert window.holds(*(middle - 0.999 * least)) and window.holds(*(middle + 0.999 * least))
    assert 1 / 6 <= wide / high <= 6
    extent = np.ptp(places, axis=0)
    assert wide <= max(1.3 * extent[0], 2 * least, 1.3 * extent[1] / 4) * 2
    assert high <= max(1.3 * extent[1], 2 * least, 1.3 * extent[0] / 4) * 2


def test_a_run_that_goes_on_seldom_moves_its_window() -> None:
    run = np.stack([np.linspace(0.0, 4.0, 400), np.linspace(0.0, 1.0, 400)], axis=1)
    windows = {window_around(run[:k], 0.5) for k in range(100, 400)}
    assert len(windows) <= 15


# -- examples -------------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(st.integers(1, 3000), st.integers(1, 600))
def test_of_many_examples_an_even_part_is_looked_at_always_the_same(count: int, units: int) -> None:
    network = Network(units, (Layer(units), Layer(1)))
    examples = Examples(np.tile(np.arange(count)[:, None] * 1.0, (1, units)), np.zeros((count, 1)))
    part = surveyed(network, examples)
    assert 1 <= part.count <= min(count, 500)
    assert part.count == count or part.count >= 32
    assert np.array_equal(part.inputs, surveyed(network, examples).inputs)
    gaps = np.diff(part.inputs[:, 0])
    assert part.count == 1 or gaps.max() - gaps.min() <= 1


def test_few_examples_are_all_looked_at() -> None:
    for preset in ("xor", "spiral", "iris"):
        trainer = trainer_of(preset)
        assert surveyed(trainer.network, trainer.train) is trainer.train


def test_shaped_directions_move_what_they_say() -> None:
    """dC/dx along u is the sum over all parameters of C'(w) u, written out layer by layer."""
    trainer = trainer_of("iris", 4)
    plane = planes("iris")[1]
    u = shaped(trainer.parameters, plane.u)
    full = shaped(trainer.parameters, gradient(trainer.network, plane.through, trainer.train))
    along = sum(float((g.w * part.w).sum()) for g, part in zip(full, u, strict=True))
    assert slope(trainer.network, plane, trainer.train)[0] == pytest.approx(along)
