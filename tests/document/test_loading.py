"""From where examples come to a network that learns from them, for every kind of source."""

from pathlib import Path

import numpy as np
import pytest

from bpviz.document import choice_check
from bpviz.document.choice import Choice
from bpviz.document.choice_check import source_of
from bpviz.document.csv_file import inspect
from bpviz.document.dataset import split, written_out
from bpviz.document.errors import DocumentError
from bpviz.document.experiment import Experiment
from bpviz.document.generators import GENERATORS, Generated
from bpviz.document.loading import columns_of, count_of, load, title_of
from bpviz.document.shipped import dataset_names, load_dataset
from bpviz.document.source import Columns, Rows, Source
from bpviz.engine.initializer import FirstWeights
from bpviz.engine.network import Layer, Network
from bpviz.engine.optimizer import Learning


def experiment(source: str | Source) -> Experiment:
    """A network that fits the source, a quarter of whose examples is held out."""
    columns = columns_of(source)
    cost = "binary_cross_entropy" if columns.task == "classification" else "mean_squared_error"
    layers = (Layer(4, "tanh"), Layer(columns.outputs, "sigmoid" if columns.classes else "identity"))
    network = Network(len(columns.inputs), layers, cost)
    share = 0.25 if count_of(source) > 1 else 0.0
    return Experiment("Fitting", network, FirstWeights("xavier"), Learning(0.1), 5, 1, source, share)


def table(tmp_path: Path) -> Path:
    path = tmp_path / "flowers.csv"
    lines = [f"{k % 7 + 100},{k % 5},{'abc'[k % 3]}" for k in range(60)]
    path.write_text("width,length,kind\n" + "\n".join(lines), encoding="utf-8")
    return path


def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str | Source]:
    """One of every kind."""
    inspected, choice = inspect(table(tmp_path)), Choice(("width", "length"), ("kind",), standardise=True)
    rows = source_of(inspected, choice)
    monkeypatch.setattr(choice_check, "MOST_WRITTEN_OUT", 0)
    file = source_of(inspected, choice)
    return ["iris", rows, file, *(Source(generated=Generated(kind, 40)) for kind in GENERATORS)]


def test_every_kind_of_source_is_told_of_loaded_split_and_learned_from(tmp_path, monkeypatch):
    for source in sources(tmp_path, monkeypatch):
        data, made = load(source), experiment(source)
        assert (data.columns, data.count) == (columns_of(source), count_of(source))
        assert data.title == title_of(source)
        train, validation = split(data, 0.25, 1)
        assert validation is not None
        assert train.count + validation.count == data.count
        trainer = made.start()
        assert trainer.run(200, 1.0, clock=lambda: 0.0) is None
        costs = trainer.costs.training().values
        assert costs[-1] < costs[0], source


def test_what_is_made_held_or_referred_to_says_where_it_comes_from(tmp_path, monkeypatch):
    shipped, rows, file, *_ = sources(tmp_path, monkeypatch)
    titles = [title_of(source) for source in (shipped, rows, file)]
    assert titles == ["Iris flowers", "flowers.csv", "flowers.csv"]
    assert (load(rows).source, load(file).source) == ("flowers.csv", str(tmp_path / "flowers.csv"))
    said = load(Source(generated=Generated("moons", 10, 0.25, 7)))
    assert "noise 0.25, seed 7" in said.description


def test_a_table_is_standardised_over_its_training_rows(tmp_path, monkeypatch):
    for source in sources(tmp_path, monkeypatch)[1:3]:
        train, _ = split(load(source), 0.25, 1)
        assert train.inputs.mean(axis=0) == pytest.approx([0, 0], abs=1e-12)
        assert train.inputs.std(axis=0) == pytest.approx([1, 1])


def test_a_file_that_is_gone_is_named_with_its_place(tmp_path, monkeypatch):
    file = sources(tmp_path, monkeypatch)[2]
    (tmp_path / "flowers.csv").unlink()
    with pytest.raises(DocumentError, match=r"flowers\.csv: file: cannot be read: No such file") as caught:
        load(file)
    assert (caught.value.file, caught.value.place) == (str(tmp_path / "flowers.csv"), "file")


@pytest.mark.parametrize("name", dataset_names())
def test_a_shipped_data_set_written_out_is_the_same(name):
    shipped = load_dataset(name)
    rows = written_out(shipped, "Mine")
    data = load(Source(rows=rows))
    assert np.array_equal(data.inputs, shipped.inputs)
    assert np.array_equal(data.targets, shipped.targets)
    assert (data.columns, data.image_shape) == (shipped.columns, shipped.image_shape)
    assert data.target_names == shipped.target_names
    assert data.columns == columns_of(name)
    assert shipped.source in data.source and shipped.licence in data.source
    assert written_out(data, "Mine") == rows


def test_several_classes_may_be_called_as_any_column_is():
    """Also when an input is called "class"."""
    columns = Columns("classification", ("class",), ("kind",), ("a", "b", "c"))
    rows = Rows("Mine", columns, ((0.0, 0.0), (1.0, 1.0), (2.0, 2.0)))
    data = load(Source(rows=rows))
    assert data.columns == columns
    assert data.targets.tolist() == np.eye(3).tolist()
    assert written_out(data, "Mine").columns == columns
