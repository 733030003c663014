"""Data sets are what their sidecars say, and are split honestly."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.document.dataset import Dataset, split
from bpviz.document.errors import DocumentError
from bpviz.document.resource import resource
from bpviz.document.shipped import dataset_names, describe, load_dataset
from tests.document.make_datasets import GENERATED, text

SHAPES = {
    "single-neuron": (1, 1, 1), "toy": (1, 1, 1), "ten-hidden": (1, 1, 1), "mazur": (1, 2, 2),
    "xor": (4, 2, 1), "sine": (80, 1, 1), "circle": (240, 2, 1), "spiral": (300, 2, 1), "iris": (150, 4, 3),
    "digits": (1797, 64, 10),
}  # fmt: skip


def made(targets: list[list[float]], task: str = "classification", **fields: object) -> Dataset:
    """A data set whose one input is the row's own number."""
    inputs = np.arange(len(targets), dtype=float)[:, np.newaxis]
    classes = ("a", "b") if task == "classification" else ()
    return Dataset(
        "made", "Made", task, ("x",), ("y",), inputs, np.array(targets), "here", "CC0",
        **{"class_names": classes, **fields},
    )  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_every_data_set_has_its_shape_its_source_and_its_licence(name):
    data = load_dataset(name)
    assert (data.count, data.inputs.shape[1], data.targets.shape[1]) == SHAPES[name]
    assert (len(data.input_names), len(data.target_names)) == SHAPES[name][1:]
    assert data.source and data.description
    assert "CC" in data.licence
    assert describe(name).outputs == data.targets.shape[1]


def test_no_data_set_is_forgotten():
    assert set(dataset_names()) == set(SHAPES)


@pytest.mark.parametrize("name", GENERATED)
def test_generated_data_follows_its_formula(name):
    """Numbers within the last decimal written: another NumPy may round the last bit of a sine otherwise."""
    shipped = resource("datasets", f"{name}.csv").read_text(encoding="utf-8").splitlines()
    expected = text(name).splitlines()
    assert len(shipped) == len(expected)
    for line, wanted in zip(shipped[1:], expected[1:], strict=True):
        for cell, number in zip(line.split(","), wanted.split(","), strict=True):
            assert cell == number or float(cell) == pytest.approx(float(number), abs=2e-4)


def test_iris_is_fishers_own():
    """150 flowers, 50 of each species; his published means; rows 35 and 38 as he printed them."""
    iris = load_dataset("iris")
    assert iris.target_names == ("setosa", "versicolor", "virginica")
    assert iris.targets.sum(axis=0).tolist() == [50, 50, 50]
    assert iris.inputs[:50].mean(axis=0) == pytest.approx([5.006, 3.428, 1.462, 0.246])
    assert iris.inputs[50:100].mean(axis=0) == pytest.approx([5.936, 2.770, 4.260, 1.326])
    assert iris.inputs[100:].mean(axis=0) == pytest.approx([6.588, 2.974, 5.552, 2.026])
    assert iris.inputs[34].tolist() == [4.9, 3.1, 1.5, 0.2]
    assert iris.inputs[37].tolist() == [4.9, 3.6, 1.4, 0.1]


def test_digits_are_pictures_of_0_to_1_and_one_hot_classes():
    digits = load_dataset("digits")
    assert digits.image_shape == (8, 8)
    assert (digits.inputs.min(), digits.inputs.max()) == (0.0, 1.0)
    assert (digits.inputs * 16 == np.round(digits.inputs * 16)).all()
    assert (digits.targets.sum(axis=1) == 1).all()
    assert digits.classes[:10].tolist() == list(range(10))
    counts = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]  # of the repository's test part
    assert np.bincount(digits.classes).tolist() == counts


def test_two_classes_are_one_column_of_0_and_1():
    xor = load_dataset("xor")
    assert xor.inputs.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert xor.targets.tolist() == [[0], [1], [1], [0]]


def test_a_loaded_data_set_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        load_dataset("toy").inputs[0, 0] = 3.0


def test_an_unknown_name_suggests_the_nearest():
    with pytest.raises(DocumentError, match="unknown data set 'irish'; did you mean 'iris'"):
        load_dataset("irish")
    with pytest.raises(DocumentError, match="unknown data set"):
        load_dataset("../presets/toy")


def test_no_share_trains_on_everything_in_order():
    train, validation = split(load_dataset("xor"), 0.0, 5)
    assert validation is None
    assert train.inputs.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]


@settings(deadline=None)  # a loaded machine is no failure
@given(
    sizes=st.lists(st.integers(1, 40), min_size=2, max_size=2),
    share=st.floats(0.01, 0.9),
    seed=st.integers(0, 2**40),
)
def test_a_split_loses_nothing_and_keeps_order_and_shares(sizes, share, seed):
    data = made([[float(k)] for k, n in enumerate(sizes) for _ in range(n)])
    train, validation = split(data, share, seed)
    assert validation is not None
    rows = np.concatenate([train.inputs, validation.inputs])[:, 0]
    assert sorted(rows) == list(range(data.count))
    assert (np.diff(train.inputs[:, 0]) > 0).all()
    assert (np.diff(validation.inputs[:, 0]) > 0).all()
    total = validation.count
    assert total == min(max(round(data.count * share), 1), data.count - 1)
    for k, n in enumerate(sizes):
        assert abs((validation.targets[:, 0] == k).sum() - n * total / data.count) < 1


def test_a_split_comes_from_its_seed_alone():
    spiral = load_dataset("spiral")
    first, again, other = (split(spiral, 0.25, seed)[1] for seed in (1, 1, 2))
    assert first is not None and again is not None and other is not None
    assert first.inputs.tolist() == again.inputs.tolist()
    assert first.inputs.tolist() != other.inputs.tolist()


def test_one_example_cannot_be_split():
    with pytest.raises(DocumentError, match="has one example"):
        split(load_dataset("toy"), 0.2, 1)


@pytest.mark.parametrize("share", [-0.1, 0.95, float("nan")])
def test_an_impossible_share_is_refused(share):
    with pytest.raises(DocumentError, match=r"validation_share: expected a number from 0 to 0\.9"):
        split(load_dataset("xor"), share, 1)


def test_standardising_looks_at_training_rows_only():
    data = made([[0.0]] * 5 + [[1.0]] * 5, standardise=True)
    train, validation = split(data, 0.3, 1)
    assert validation is not None
    assert train.inputs.mean() == pytest.approx(0.0, abs=1e-12)
    assert train.inputs.std() == pytest.approx(1.0)
    whole = (data.inputs - data.inputs.mean()) / data.inputs.std()
    assert not np.isin(validation.inputs, whole).any()


def test_a_constant_column_standardises_to_zero():
    data = made([[0.0], [1.0]], task="regression", standardise=True)
    train, _ = split(
        Dataset(**{f: getattr(data, f) for f in data.__slots__} | {"inputs": np.full((2, 1), 7.0)}), 0.0, 1
    )
    assert train.inputs.tolist() == [[0.0], [0.0]]
