"""Where examples come from is written as readable JSON, read back the same, and refused at its place."""

import re
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bpviz.document.errors import DocumentError
from bpviz.document.experiment import Experiment
from bpviz.document.generators import GENERATORS, Generated
from bpviz.document.preset import load_preset
from bpviz.document.reading import read_json
from bpviz.document.source import Columns, File, Rows, Source

CLASSES = Columns("classification", ("x1", "x2"), ("class",), ("no", "yes"))
CELLS = st.floats(-1e99, 1e99)
NAMES = st.text(max_size=8)
SOURCES = st.one_of(
    st.sampled_from(["spiral", "xor"]),
    st.builds(
        lambda kind, count, noise, seed: Source(generated=Generated(kind, count, noise, seed)),
        st.sampled_from([kind for kind, made in GENERATORS.items() if made.classifies]),
        st.integers(4, 100_000), st.floats(0.0, 2.0), st.integers(0, 2**63 - 1),
    ),
    st.builds(
        lambda title, cells, origin: Source(rows=Rows(title, CLASSES, tuple(cells), origin=origin)),
        NAMES, st.lists(st.tuples(CELLS, CELLS, st.sampled_from([0.0, 1.0])), min_size=2, max_size=9), NAMES,
    ),
    st.builds(
        lambda path, count, *reading: Source(file=File(path, "0af9" * 16, count, CLASSES, *reading)),
        st.text(min_size=1, max_size=20), st.integers(2, 1_000_000), st.sampled_from(",;\t| "),
        st.sampled_from(".,"), st.sampled_from(["utf-8", "utf-16", "windows-1252"]), st.booleans(),
        st.sampled_from(["refuse", "skip", "mean"]),
    ),
)  # fmt: skip


def experiment(source: str | Source) -> Experiment:
    return replace(load_preset("spiral").experiment, dataset=source, validation_share=0.0)


def document(tmp_path: Path, dataset: object) -> Path:
    """The experiment of the spiral with this "dataset"."""
    path = tmp_path / "mine.json"
    path.write_bytes(msgspec.json.encode({**msgspec.to_builtins(experiment("spiral")), "dataset": dataset}))
    return path


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=SOURCES)
def test_every_source_is_read_back_as_it_was_written(tmp_path, source):
    path = tmp_path / "mine.json"
    path.write_bytes(msgspec.json.encode(experiment(source)))
    assert read_json(path, Experiment) == experiment(source)


def test_a_name_and_a_generator_are_written_as_people_would(tmp_path):
    assert read_json(document(tmp_path, "circle"), Experiment).dataset == "circle"
    short = {"generated": {"kind": "moons"}}
    assert read_json(document(tmp_path, short), Experiment).dataset == Source(generated=Generated("moons"))


ROWS = {
    "title": "Mine",
    "columns": {
        "task": "classification", "inputs": ["x1", "x2"], "targets": ["class"], "classes": ["no", "yes"],
    },
    "cells": [[0, 0, 0], [1, 2, 1]],
}  # fmt: skip
FILE = {"path": "big.csv", "sha256": "0af9" * 16, "count": 5, "columns": ROWS["columns"]}


def rows(**change: object) -> dict[str, object]:
    return {"rows": {**ROWS, **change}}


def columns(**change: object) -> dict[str, object]:
    return rows(columns={**ROWS["columns"], **change})


@pytest.mark.parametrize(
    ("dataset", "text"),
    [
        ({"generated": {"kind": "moons", "nois": 1}}, "dataset.generated.nois: unknown field 'nois'; did"),
        ({"generatd": {"kind": "moons"}}, "dataset.generatd: unknown field 'generatd'; did"),
        (columns(tsk="x"), "dataset.rows.columns.tsk: unknown field 'tsk'; did you mean 'task'"),
        ({"file": {**FILE, "delimeter": ";"}}, "dataset.file.delimeter: unknown field"),
        ({}, "dataset: expected exactly one of generated, rows and file, got none"),
        ({"generated": {"kind": "moons"}, "rows": ROWS}, "dataset: expected exactly one of generated, rows"),
        ({"generated": {"kind": "moon"}}, "dataset.generated.kind: unknown generator 'moon'; did you mean"),
        ({"generated": {"kind": "xor", "count": 2}}, "dataset.generated.count: expected from 4 to 100,000"),
        ({"generated": {"kind": "xor", "count": "2"}}, "dataset.generated.count: expected `int`, got `str`"),
        (rows(cells=[]), "dataset.rows.cells: expected at least one example, got 0"),
        (rows(cells=[[0, 0, 0], [1, 2]]), "dataset.rows.cells[1]: expected 3 cells, got 2"),
        (rows(cells=[[0, 0, 2]]), "dataset.rows.cells[0]: expected a class from 0 to 1, got 2"),
        (rows(cells=[[0, 0, 0.5]]), "dataset.rows.cells[0]: expected a class from 0 to 1, got 0.5"),
        (rows(cells=[[1e200, 0, 0]]), "dataset.rows.cells[0]: expected finite numbers below 1e+100"),
        (rows(cells=[[0, "a", 0]]), "dataset.rows.cells[0][1]: expected `float`, got `str`"),
        (rows(image_shape=[3, 1]), "dataset.rows.image_shape: expected 2 pixels in all"),
        (rows(image_shape=[-1, -2]), "dataset.rows.image_shape: expected 2 pixels in all"),
        (columns(inputs=[]), "dataset.rows.columns: expected at least one input and one target"),
        (columns(inputs=["a", "a"]), "dataset.rows.columns: expected every column once"),
        (columns(task="regression"), "dataset.rows.columns.classes: expected none for a regression"),
        (columns(targets=["a", "b"]), "dataset.rows.columns.targets: expected one, the class; got 2"),
        (columns(classes=["a"]), "dataset.rows.columns.classes: expected two or more different names"),
        (columns(classes=["a", "a"]), "dataset.rows.columns.classes: expected two or more different names"),
        (columns(classes=[str(k) for k in range(101)]), "dataset.rows.columns.classes: expected at most 100"),
        ({"file": {**FILE, "path": ""}}, "dataset.file.path: expected the path of a table, got nothing"),
        ({"file": {**FILE, "sha256": "0AF9"}}, "dataset.file.sha256: expected 64 hexadecimal digits"),
        ({"file": {**FILE, "count": 0}}, "dataset.file.count: expected at least one example, got 0"),
        ({"file": {**FILE, "count": 10**9}}, "dataset.file.count: expected at most 20,000,000 numbers"),
        ({"file": {**FILE, "delimiter": "!"}}, "dataset.file.delimiter: invalid enum value '!'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_file_and_its_place(tmp_path, dataset, text):
    with pytest.raises(DocumentError, match=re.escape(f"mine.json: {text}")):
        read_json(document(tmp_path, dataset), Experiment)


def test_a_network_that_does_not_fit_the_rows_is_named(tmp_path):
    wide = rows(cells=[[0, 0, 0, 0]], columns={**ROWS["columns"], "inputs": ["a", "b", "c"]})
    with pytest.raises(DocumentError, match=r"network\.inputs: expected 3, the inputs of data set 'Mine'"):
        read_json(document(tmp_path, wide), Experiment)
