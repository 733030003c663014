"""Every unit's activation over the plane of two inputs is what the network computes there."""

from __future__ import annotations

import numpy as np
import pytest

from bpviz.engine.backprop import predict, run_step
from bpviz.explain.plane import Plane, activations_on, plane_around
from tests.engine.nets import drawn, network


def test_the_grid_runs_from_the_top_left_row_by_row() -> None:
    grid = Plane(0.0, 2.0, 10.0, 14.0).grid(2)
    assert grid.tolist() == [[0.5, 13.0], [1.5, 13.0], [0.5, 11.0], [1.5, 11.0]]


def test_activations_are_those_of_a_step_with_the_same_inputs() -> None:
    net = network((2, 3, 2), "tanh", "sigmoid")
    parameters, plane = drawn(net), Plane(-1.0, 1.0, -2.0, 2.0)
    trace = run_step(net, parameters, plane.grid(5), np.zeros((25, 2)))
    for found, layer in zip(activations_on(net, parameters, plane, 5), trace.layers, strict=True):
        for unit in range(found.shape[0]):
            np.testing.assert_allclose(found[unit].ravel(), layer.a[:, unit], rtol=1e-12)


def test_the_margin_is_at_least_the_share_that_is_asked_for() -> None:
    inputs = np.array([[0.0, 0.0], [1.0, 10.0]])
    usual, plane = plane_around(inputs), plane_around(inputs, (0.01, 0.2))
    assert (plane.left, plane.right) == (usual.left, usual.right), "which has more than a hundredth"
    assert -plane.bottom / (plane.top - plane.bottom) == pytest.approx(0.2)
    assert plane.top - 10.0 == pytest.approx(-plane.bottom)


def test_the_plane_around_examples_holds_them_with_a_margin() -> None:
    inputs = np.array([[0.0, -1.0], [2.0, 1.0], [1.0, 0.0]])
    plane = plane_around(inputs)
    assert (plane.left, plane.right) == pytest.approx((-0.16, 2.16))
    assert (plane.bottom, plane.top) == pytest.approx((-1.16, 1.16))


def test_a_lone_example_is_in_the_middle_of_its_plane() -> None:
    plane = plane_around(np.array([[0.05, 0.10]]))
    assert (plane.left + plane.right) / 2 == pytest.approx(0.05)
    assert (plane.bottom + plane.top) / 2 == pytest.approx(0.10)
    assert plane.right > plane.left


def test_the_finest_cells_lie_around_the_example_that_is_asked_for() -> None:
    net = network((2, 4, 1), "relu")
    parameters, plane = drawn(net), Plane(-1.0, 1.0, -1.0, 1.0)
    found = activations_on(net, parameters, plane, 201)[-1][0]
    middle = predict(net, parameters, np.zeros((1, 2)))
    assert found[100, 100] == pytest.approx(float(middle[0, 0]), abs=1e-12)
