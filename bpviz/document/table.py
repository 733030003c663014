"""A CSV file as columns of numbers or names; an error says which line and which column."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bpviz.document.errors import DocumentError
from bpviz.document.whole_file import read_bytes
from bpviz.engine.arrays import Array


@dataclass(frozen=True, slots=True)
class Table:
    """The cells below the header line, as text."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def numbers(self, names: Sequence[str]) -> Array:
        """The named columns as finite numbers, (n, columns)."""
        places = [self.columns.index(name) for name in names]
        try:
            cells = map(float, (row[j] for row in self.rows for j in places))
            numbers = np.fromiter(cells, np.float64).reshape(len(self.rows), len(places))
        except ValueError:
            raise self._wrong_number(places) from None
        if not np.isfinite(numbers).all():
            raise self._wrong_number(places)
        return numbers

    def wrong(self, row: int, column: int, expectation: str) -> DocumentError:
        """The error for one cell, placed by its line in the file and its column's name."""
        place = f"line {row + 2}, column {self.columns[column]}"
        return DocumentError(
            f"expected {expectation}, got {self.rows[row][column]!r}", place=place, file=str(self.path)
        )

    def _wrong_number(self, places: Sequence[int]) -> DocumentError:
        """The first cell that is no finite number; sought only once there is one."""
        first = next((i, j) for i, row in enumerate(self.rows) for j in places if not _is_number(row[j]))
        return self.wrong(*first, "a number")


def read_table(path: Path, columns: tuple[str, ...]) -> Table:
    """The file, which must have exactly these columns and at least one row."""
    try:
        text = read_bytes(path).decode("utf-8")
        header, *rows = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)] or [()]
    except (UnicodeDecodeError, csv.Error) as error:
        expectation = f"expected a table of comma-separated UTF-8 text; {error}"
        raise DocumentError(expectation, file=str(path)) from None
    if header != columns:
        raise DocumentError(f"expected the columns {', '.join(columns)}", place="line 1", file=str(path))
    if not rows:
        raise DocumentError("expected at least one example", place="line 2", file=str(path))
    for i, row in enumerate(rows, start=2):
        if len(row) != len(columns):
            expectation = f"expected {len(columns)} cells, got {len(row)}"
            raise DocumentError(expectation, place=f"line {i}", file=str(path))
    return Table(path, columns, tuple(rows))


def class_column(table: Table, column: str, names: Sequence[str]) -> NDArray[np.int64]:
    """The column's cells as places in `names`, (n,)."""
    numbers = {name: k for k, name in enumerate(names)}
    j = table.columns.index(column)
    for i, row in enumerate(table.rows):
        if row[j] not in numbers:
            raise table.wrong(i, j, "one of " + ", ".join(names))
    return np.array([numbers[row[j]] for row in table.rows], dtype=np.int64)


def _is_number(cell: str) -> bool:
    try:
        return math.isfinite(float(cell))
    except ValueError:
        return False
