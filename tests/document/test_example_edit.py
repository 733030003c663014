"""One example of the data changed: a row of its own is written, and nothing else is touched."""

import numpy as np
import pytest

from bpviz.document import example_edit
from bpviz.document.dataset import split, training_rows
from bpviz.document.errors import DocumentError
from bpviz.document.example_edit import change_example
from bpviz.document.loading import load
from bpviz.document.preset import load_preset, preset_names


def opened(name):
    experiment = load_preset(name).experiment
    return experiment, load(experiment.dataset)


@pytest.mark.parametrize("name", preset_names())
def test_one_input_of_one_row_is_changed_and_everything_else_stays(name):
    experiment, before = opened(name)
    row = before.count - 1
    edit = change_example(experiment, before, row, {0: 0.25})
    after = load(edit.experiment.dataset)
    assert edit.name == "change example" and edit.experiment.network == experiment.network
    expected = before.inputs.copy()
    expected[row, 0] = 0.25
    assert np.array_equal(after.inputs, expected) and np.array_equal(after.targets, before.targets)
    assert (after.task, after.image_shape, after.class_names) == (
        before.task, before.image_shape, before.class_names
    )  # fmt: skip
    assert all(origin.whole for origin in edit.origins)


def test_a_target_and_a_class_are_columns_behind_the_inputs():
    experiment, before = opened("toy")
    after = load(change_example(experiment, before, 0, {0: 3.0, 1: -1.0}).experiment.dataset)
    assert (after.inputs.tolist(), after.targets.tolist()) == ([[3.0]], [[-1.0]])
    experiment, before = opened("iris")
    after = load(change_example(experiment, before, 5, {4: 2.0}).experiment.dataset)
    assert after.classes[5] == 2 and after.targets[5].tolist() == [0.0, 0.0, 1.0]


def test_the_data_say_that_they_were_changed_once():
    experiment, before = opened("toy")
    edit = change_example(experiment, before, 0, {0: 3.0})
    again = change_example(edit.experiment, load(edit.experiment.dataset), 0, {0: 4.0})
    assert load(again.experiment.dataset).title == before.title + ", changed"


@pytest.mark.parametrize("cells", [{1: float("nan")}, {0: 1e300}, {7: 0.0}, {-1: 0.0}])
def test_what_a_cell_cannot_hold_is_refused(cells):
    experiment, before = opened("toy")
    with pytest.raises(DocumentError):
        change_example(experiment, before, 0, cells)


def test_a_class_that_there_is_not_is_refused():
    experiment, before = opened("iris")
    with pytest.raises(DocumentError):
        change_example(experiment, before, 0, {4: 3.0})


def test_data_too_large_to_be_written_out_are_left_alone(monkeypatch):
    monkeypatch.setattr(example_edit, "MOST_WRITTEN", 10)
    experiment, before = opened("iris")
    with pytest.raises(DocumentError, match="too large for one example to be changed"):
        change_example(experiment, before, 0, {0: 1.0})


@pytest.mark.parametrize("share", [0.0, 0.3])
def test_training_rows_are_the_rows_of_the_training_examples(share):
    _, dataset = opened("spiral")
    rows = training_rows(dataset, share, 5)
    train, _ = split(dataset, share, 5)
    assert np.array_equal(dataset.inputs[rows], train.inputs)
    assert np.array_equal(dataset.targets[rows], train.targets)
