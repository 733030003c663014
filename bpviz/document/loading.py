"""From where its examples come to the data set itself; what can be told of it without loading is told so."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bpviz.document.blocks import Cancel, Progress, never, untold
from bpviz.document.dataset import Dataset, dataset_of
from bpviz.document.errors import placed
from bpviz.document.generators import GENERATORS, Generated, made
from bpviz.document.shipped import describe, load_dataset
from bpviz.document.source import CURVE, PLANE, Columns, File, Rows, Source


def load(source: str | Source, progress: Progress = untold, cancelled: Cancel = never) -> Dataset:
    """The shipped data set of this name, or what a source makes, holds or refers to.

    progress(share) and cancelled() are called while a file is read. Raises Cancelled, and DocumentError; a
    file that is gone, or not what it was, is named.
    """
    if isinstance(source, str):
        return load_dataset(source)
    if source.generated is not None:
        return _generated(source.generated)
    if source.rows is not None:
        return _written_out(source.rows)
    assert source.file is not None
    return _from_file(source.file, progress, cancelled)


def columns_of(source: str | Source) -> Columns:
    """What load() will give columns for, without loading it."""
    if isinstance(source, str):
        return describe(source).columns
    if source.generated is not None:
        return PLANE if GENERATORS[source.generated.kind].classifies else CURVE
    table = source.rows or source.file
    assert table is not None
    return table.columns


def count_of(source: str | Source) -> int:
    """How many examples load() will give."""
    if isinstance(source, str):
        return load_dataset(source).count
    if source.generated is not None:
        return source.generated.count
    if source.rows is not None:
        return len(source.rows.cells)
    assert source.file is not None
    return source.file.count


def title_of(source: str | Source) -> str:
    """What people call it."""
    if isinstance(source, str):
        return describe(source).title
    if source.generated is not None:
        return GENERATORS[source.generated.kind].label
    if source.rows is not None:
        return source.rows.title
    assert source.file is not None
    return Path(source.file.path).name


def _generated(generated: Generated) -> Dataset:
    generator = GENERATORS[generated.kind]
    inputs, targets = made(generated)
    columns = PLANE if generator.classifies else CURVE
    title, said = generator.label, f"{generator.tip}; noise {generated.noise:g}, seed {generated.seed}."
    return dataset_of(title, columns, inputs, targets, source="made by bpviz", description=said)


def _written_out(rows: Rows) -> Dataset:
    cells = np.array(rows.cells)
    known = len(rows.columns.inputs)
    return dataset_of(
        rows.title, rows.columns, cells[:, :known], cells[:, known:],
        source=rows.origin, image_shape=rows.image_shape,
    )


def _from_file(file: File, progress: Progress, cancelled: Cancel) -> Dataset:
    from bpviz.document.csv_file import read_cells  # what comes with the program is no such table

    with placed("file"):
        inputs, targets = read_cells(file, progress, cancelled)
    return dataset_of(Path(file.path).name, file.columns, inputs, targets, source=file.path)
