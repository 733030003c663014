"""Heat maps: what each node makes of the plane of inputs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bpviz.engine.backprop import run_step
from bpviz.engine.network import Layer, LayerParameters, Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import INPUT
from bpviz.explain.heat import Heat, heat_of, place_on
from bpviz.explain.plane import Plane, plane_around
from tests.explain.preset_steps import Opened, opened

PLANAR = ("mazur", "xor", "circle", "spiral")
SQUARE = Plane(-1.0, 1.0, -1.0, 1.0)


def heat(step: Opened, side: int) -> Heat:
    return heat_of(step.network, step.trace, plane_around(step.trace.inputs), side)


def record(network: Network, *layers: tuple[object, object]) -> StepTrace:
    """A step with these weights and biases, on one example."""
    parameters = tuple(LayerParameters(np.array(w, float), np.array(b, float)) for w, b in layers)
    return run_step(network, parameters, np.array([[0.25, -0.5]]), np.zeros((1, network.layers[-1].units)))


def lone(activation: str, w: object, b: object) -> Heat:
    """The maps of a network of one layer, on a square of 4 x 4 cells."""
    network = Network(2, (Layer(np.shape(w)[1], activation),), cost="half_squared_error")
    return heat_of(network, record(network, (w, b)), SQUARE, 4)


@pytest.mark.parametrize("name", PLANAR)
def test_at_an_example_every_map_is_its_activation_as_far_as_a_cell_goes(name: str) -> None:
    step, side = opened(name), 160
    made = heat(step, side)
    columns = (step.trace.inputs, *(layer.a for layer in step.trace.layers))
    for row, (across, down) in enumerate(place_on(made.plane, step.trace.inputs).tolist()):
        i, j = int(down * side), int(across * side)
        for layer, activations in enumerate(columns, start=INPUT):
            for unit in range(activations.shape[1]):
                around = made.maps[layer + 1][unit][i - 1 : i + 2, j - 1 : j + 2]
                assert around.min() <= activations[row, unit] <= around.max()


def test_a_map_by_hand() -> None:
    """tanh(2 x1 - x2 + 0.5) in the middles of 4 x 4 cells, whose inputs are +-0.25 and +-0.75."""
    made = lone("tanh", [[2.0], [-1.0]], [0.5]).maps[1][0]
    assert made[0, 0] == pytest.approx(np.tanh(-1.5 - 0.75 + 0.5))
    assert made[0, 3] == pytest.approx(np.tanh(1.5 - 0.75 + 0.5))
    assert made[3, 1] == pytest.approx(np.tanh(-0.5 + 0.75 + 0.5))


def test_inputs_show_themselves() -> None:
    """The first grows from left to right, the second upwards."""
    made = lone("tanh", [[1.0], [1.0]], [0.0])
    middles = [-0.75, -0.25, 0.25, 0.75]
    assert made.maps[0][0].tolist() == [middles] * 4
    assert made.maps[0][1].T.tolist() == [middles[::-1]] * 4


@pytest.mark.parametrize(("activation", "full"), [("tanh", 1.0), ("sigmoid", 1.0), ("sine", 1.0)])
def test_a_bounded_activation_is_read_on_the_scale_of_its_bound(activation: str, full: float) -> None:
    assert lone(activation, [[0.01], [0.01]], [0.0]).full(0) == full


@pytest.mark.parametrize("activation", ["relu", "identity", "leaky_relu"])
def test_another_is_read_on_the_scale_of_its_layers_largest(activation: str) -> None:
    made = lone(activation, [[4.0, 0.1], [2.0, 0.1]], [0.0, 0.0])
    assert made.full(0) == 4.0 * 0.75 + 2.0 * 0.75
    assert made.full(INPUT) == 0.75


def test_a_layer_that_is_0_everywhere_has_a_scale_too() -> None:
    assert lone("relu", [[0.0], [0.0]], [-1.0]).full(0) == 1.0


@pytest.mark.parametrize(
    ("activation", "w", "divides"),
    [("sigmoid", [[1.0]] * 2, True), ("tanh", [[1.0]] * 2, False), ("sigmoid", [[1.0, 2.0]] * 2, False)],
)
def test_one_probability_divides_the_plane(activation: str, w: object, divides: bool) -> None:
    assert lone(activation, w, [0.0] * np.shape(w)[1]).divides == divides


def test_the_maps_are_those_of_the_weights_before_the_update() -> None:
    step = opened("xor")
    layers = tuple(replace(layer, w_next=layer.w_next + 9.0) for layer in step.trace.layers)
    other = replace(step, trace=replace(step.trace, layers=layers))
    for a, b in zip(heat(step, 8).maps, heat(other, 8).maps, strict=True):
        assert np.array_equal(a, b)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_weights_that_are_no_numbers_give_maps_without_a_warning(value: float) -> None:
    step = opened("xor")
    layers = tuple(replace(layer, w=np.full_like(layer.w, value)) for layer in step.trace.layers)
    made = heat(replace(step, trace=replace(step.trace, layers=layers)), 8)
    assert all(np.isfinite(made.full(layer)) for layer in range(INPUT, step.network.depth))


def test_places_on_the_plane_are_counted_from_its_upper_left_corner() -> None:
    plane = Plane(-1.0, 3.0, 0.0, 10.0)
    corners = np.array([[-1.0, 10.0], [3.0, 0.0], [0.0, 7.5]])
    assert place_on(plane, corners).tolist() == [[0.0, 0.0], [1.0, 1.0], [0.25, 0.25]]
