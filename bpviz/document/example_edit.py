"""Edits of one example of the data, as values: the other examples, the network and its weights stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bpviz.document.carrying import unchanged
from bpviz.document.dataset import Dataset, written_out
from bpviz.document.editing import Edit
from bpviz.document.errors import DocumentError
from bpviz.document.experiment import Experiment
from bpviz.document.loading import title_of
from bpviz.document.rows import with_cell
from bpviz.document.source import Rows, Source

MOST_WRITTEN = 500_000  # cells that are written out so that one can be changed
_CHANGED = ", changed"  # behind the title of data of which an example was changed


def change_example(
    experiment: Experiment, dataset: Dataset, row: int, cells: Mapping[int, float]
) -> Edit:
    """Cells of one row changed, by their columns: inputs, and behind them the targets or the class's place.

    dataset is the experiment's. The data are then rows of the experiment's own. Raises DocumentError for what
    a cell cannot hold, and for data that are too large to be written out.
    """
    rows = rows_of(experiment, dataset)
    for column, value in cells.items():
        rows = with_cell(rows, row, column, value)
    changed = replace(experiment, dataset=Source(rows=rows))
    return Edit("change example", changed, unchanged(experiment.network.sizes))


def rows_of(experiment: Experiment, dataset: Dataset) -> Rows:
    """The examples as rows: the experiment's own, or written out under a title that says so."""
    source = experiment.dataset
    if isinstance(source, Source) and source.rows is not None:
        return source.rows
    cells = dataset.inputs.size + dataset.targets.size
    if cells > MOST_WRITTEN:
        raise DocumentError(
            f"these data are too large for one example to be changed: their {cells:,} numbers would have "
            f"to be written out, and at most {MOST_WRITTEN:,} are",
            place="dataset",
        )
    return written_out(dataset, f"{title_of(source)}{_CHANGED}")
