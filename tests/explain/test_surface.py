"""The surface is the network's prediction at every place, and what it takes for which class agrees with the
accuracy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bpviz.document.preset import load_preset
from bpviz.engine.backprop import predict
from bpviz.engine.evaluation import accuracy
from bpviz.explain.plane import Plane
from bpviz.explain.surface import BAND, leads, outputs_in_bands, surface_on, wrong, wrong_in_bands
from tests.engine import oracle
from tests.engine.nets import drawn, examples, network

PLANE = Plane(-1.0, 2.0, -3.0, 1.0)
CASES = st.tuples(st.integers(1, 12), st.integers(2, 4))


def test_the_surface_is_the_output_at_its_places() -> None:
    net = network((2, 5, 4, 3), "tanh", "softmax", "categorical_cross_entropy")
    parameters = drawn(net)
    surface = surface_on(net, parameters, PLANE, 9, 7)
    assert surface.outputs.shape == (7, 9, 3)
    for row, y in enumerate(surface.y):
        for column, x in enumerate(surface.x):
            a = np.array([[x, y]])
            for layer, p in zip(net.layers, parameters, strict=True):
                a = oracle.ACTIVATIONS[layer.activation](a @ p.w + p.b)
            np.testing.assert_allclose(surface.outputs[row, column], a[0], rtol=1e-9)


def test_the_surface_reaches_all_four_corners_the_first_row_at_the_bottom() -> None:
    net = network((2, 1))
    surface = surface_on(net, drawn(net), PLANE, 4, 5)
    assert (surface.x[0], surface.x[-1], surface.y[0], surface.y[-1]) == (-1.0, 2.0, -3.0, 1.0)
    corner = predict(net, drawn(net), np.array([[2.0, -3.0]]))
    assert surface.outputs[0, -1] == pytest.approx(corner[0])
    assert surface.cell == pytest.approx((1.0, 1.0))


@pytest.mark.parametrize("name", ["xor", "circle", "spiral", "mazur"])
def test_with_a_place_at_an_example_the_surface_is_its_prediction(name: str) -> None:
    trainer = load_preset(name).experiment.start()
    for _ in range(20):
        trainer.advance()
    for x1, x2 in trainer.train.inputs[:5].tolist():
        around = Plane(x1 - 1.0, x1 + 1.0, x2 - 0.5, x2 + 0.5)
        surface = surface_on(trainer.network, trainer.parameters, around, 5, 3)
        predicted = predict(trainer.network, trainer.parameters, np.array([[x1, x2]]))
        np.testing.assert_allclose(surface.outputs[1, 2], predicted[0], rtol=1e-12)


def test_bands_are_the_rows_in_their_order_and_none_is_large() -> None:
    net = network((2, 3, 1), "relu")
    x, y = np.linspace(0, 1, 300), np.linspace(0, 1, 41)
    bands = list(outputs_in_bands(net, drawn(net), x, y))
    assert len(bands) > 3
    assert all(band.shape[0] * band.shape[1] <= BAND for band in bands)
    assert np.concatenate(bands).shape == (41, 300, 1)


@given(CASES.flatmap(lambda shape: arrays(np.float64, shape, elements=st.floats(0, 1), unique=True)))
def test_only_the_largest_class_is_ahead(outputs: np.ndarray) -> None:
    ahead = leads(outputs)
    assert ((ahead > 0).sum(axis=-1) == 1).all()
    assert (ahead.argmax(axis=-1) == outputs.argmax(axis=-1)).all()
    best = np.sort(outputs, axis=-1)
    np.testing.assert_allclose(ahead.max(axis=-1), best[:, -1] - best[:, -2])


def test_where_two_classes_are_alike_neither_is_ahead() -> None:
    assert leads(np.array([0.4, 0.4, 0.2])).tolist() == pytest.approx([0.0, 0.0, -0.2])


def test_wrong_by_hand() -> None:
    outputs, targets = np.array([[0.49], [0.5], [0.51], [0.2]]), np.array([[0.0], [0.0], [1.0], [1.0]])
    assert wrong(outputs, targets).tolist() == [False, True, False, True]
    several = np.array([[0.2, 0.5, 0.3], [0.6, 0.3, 0.1]])
    assert wrong(several, np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])).tolist() == [False, True]


@pytest.mark.parametrize("name", ["xor", "circle", "spiral", "iris"])
def test_as_many_are_wrong_as_the_accuracy_says(name: str) -> None:
    trainer = load_preset(name).experiment.start()
    for _ in range(3 * trainer.steps_per_epoch):
        trainer.advance()
    for examples_, share in ((trainer.train, trainer.last_epoch.train_accuracy),
                             (trainer.validation, trainer.last_epoch.validation_accuracy)):
        if examples_ is not None:
            found = np.concatenate(list(wrong_in_bands(trainer.network, trainer.parameters, examples_)))
            assert len(found) == examples_.count
            assert 1 - found.mean() == pytest.approx(share)


def test_many_examples_are_judged_some_at_a_time_as_if_at_once() -> None:
    net = network((2, 3, 1), "tanh", "sigmoid")
    many = examples(net, 2 * BAND + 7)
    found = np.concatenate(list(wrong_in_bands(net, drawn(net), many)))
    assert 1 - found.mean() == pytest.approx(accuracy(predict(net, drawn(net), many.inputs), many.targets))
