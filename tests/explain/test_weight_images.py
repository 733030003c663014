"""Weights stand where the pixels stand that they weigh."""

from __future__ import annotations

import numpy as np
import pytest

from bpviz.document.loading import load
from bpviz.document.preset import load_preset
from bpviz.explain.weight_images import weight_images


def test_six_weights_into_two_units_by_hand() -> None:
    w = np.array([[1.0, -1.0], [2.0, 0.0], [3.0, 0.5], [4.0, 0.0], [5.0, 0.0], [6.0, -7.0]])
    images = weight_images(w, (2, 3))
    assert images.pixels.tolist() == [[[1, 2, 3], [4, 5, 6]], [[-1, 0, 0.5], [0, 0, -7]]]
    assert (images.units, images.shape, images.largest) == (2, (2, 3), 7.0)
    assert (images.place(4), images.source(1, 1)) == ((1, 1), 4)


def test_an_image_times_an_example_s_is_the_unit_s_weighted_input() -> None:
    """What matches lights up: summed over pixels, weight times pixel plus bias is Z."""
    experiment = load_preset("digits").experiment
    dataset = load(experiment.dataset)
    record = experiment.start(dataset).record()
    layer = record.layers[0]
    assert dataset.image_shape is not None
    images = weight_images(layer.w, dataset.image_shape)
    example = record.inputs[3].reshape(images.shape)
    sums = (images.pixels * example).sum(axis=(1, 2)) + (0.0 if layer.b is None else layer.b)
    assert sums == pytest.approx(layer.z[3], rel=1e-12)
    for source in range(64):
        row, column = images.place(source)
        assert images.source(row, column) == source
        assert images.pixels[:, row, column].tolist() == layer.w[source].tolist()


def test_as_a_table_every_unit_is_a_row() -> None:
    assert weight_images(np.array([[1.5], [-2.0]]), (2, 1)).table().csv() == (
        "unit,row 1 column 1,row 2 column 1\n1,1.5,-2.0\n"
    )
