"""From the columns of a table to examples: which rows are kept, and what stands for what is missing."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpviz.document.csv_column import Column
from bpviz.document.errors import DocumentError
from bpviz.document.inspected import Inspected
from bpviz.document.source import Columns, Missing
from bpviz.engine.arrays import Array


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """inputs (n, inputs) and last (n, targets): numbers, or the place of each row's class; n may be 0."""

    inputs: Array
    last: Array

    @property
    def count(self) -> int:
        return int(self.last.shape[0])


def taken(table: Inspected, columns: Columns, missing: Missing) -> Taken:
    """The rows of a table as examples, without those that `missing` leaves out.

    Raises DocumentError for a column that is not there or not of its kind, and for a cell that is needed
    and holds nothing.
    """
    sources = [table.column(name) for name in columns.inputs]
    goals = [table.column(name) for name in columns.targets]
    inputs = np.stack([_numbers(column) for column in sources], axis=1)
    if columns.task == "classification":
        last = _places(goals[0], columns.classes)[:, np.newaxis]
    else:
        last = np.stack([_numbers(column) for column in goals], axis=1)
    if missing == "mean":
        _fill(inputs, sources)
    whole = ~(np.isnan(inputs).any(axis=1) | np.isnan(last).any(axis=1))
    if missing != "skip" and not whole.all():
        needed = goals if missing == "mean" else [*sources, *goals]
        raise DocumentError(str(table.hole_places(needed)[0]), file=str(table.path))
    return Taken(inputs[whole], last[whole]) if not whole.all() else Taken(inputs, last)


def _numbers(column: Column) -> Array:
    if column.kind != "number":
        got = "text" if column.kind == "text" else "nothing"
        raise DocumentError(f"expected numbers, got {got}", place=f"column {column.name!r}")
    return column.numbers


def _places(column: Column, classes: tuple[str, ...]) -> Array:
    """The place in `classes` of each cell's value, (n,); NaN where there is none."""
    places = {name: k for k, name in enumerate(classes)}
    unknown = [name for name in column.values if name not in places]
    if unknown or not column.values:
        got = f"also {unknown[0]!r}" if unknown else "none of them"
        expectation = f"expected the classes {', '.join(classes)}; got {got}"
        raise DocumentError(expectation, place=f"column {column.name!r}")
    renamed = np.array([*(places[name] for name in column.values), np.nan])
    found: NDArray[np.int32] = column.classes()
    return renamed[found]  # -1 is the last


def _fill(inputs: Array, columns: list[Column]) -> None:
    """Each missing input becomes the mean of its column's numbers, rounded once: the same on any machine."""
    for j, column in enumerate(columns):
        holes = np.isnan(inputs[:, j])
        if holes.any():
            known = column.numbers[~np.isnan(column.numbers)]
            inputs[holes, j] = math.fsum(known.tolist()) / known.size
