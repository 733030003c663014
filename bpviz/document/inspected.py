"""A table that was read: what its columns hold, and which of its cells cannot be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bpviz.document.csv_column import MISSING, Column
from bpviz.document.csv_guess import Reading
from bpviz.document.errors import DocumentError
from bpviz.document.source import Decimal, Delimiter

MOST_SHOWN = 20  # problems of one kind that are listed; beyond, only their number is told

Control = Literal["", "inputs", "targets", "task", "missing"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands in the way, as a sentence; in which line and column of the table, or at which choice."""

    text: str
    line: int = 0
    column: str = ""
    control: Control = ""

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line else ""
        column = f"column {self.column!r}" if self.column else ""
        place = ", ".join(part for part in (line, column) if part)
        return f"{place}: {self.text}" if place else self.text


@dataclass(frozen=True, slots=True, eq=False)
class Inspected:
    """A table of n rows.

    lines (n,) are where the rows begin, counted from 1 as editors do. `ragged` maps a row that has too few
    or too many cells to how many it has; all of its cells count as missing. `preview` is the beginning as
    text, and `notes` say what was found or put right on reading.
    """

    path: Path
    sha256: str
    reading: Reading
    columns: tuple[Column, ...]
    lines: NDArray[np.int32]
    ragged: Mapping[int, int]
    preview: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    _by_name: Mapping[str, Column] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {column.name: column for column in self.columns})

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._by_name)

    @property
    def count(self) -> int:
        return int(self.lines.size)

    @property
    def delimiter(self) -> Delimiter:
        return self.reading.delimiter

    @property
    def decimal(self) -> Decimal:
        return self.reading.decimal

    def column(self, name: str) -> Column:
        """Raises DocumentError for a name that the table lacks."""
        if name not in self._by_name:
            raise DocumentError(f"expected a column {name!r}; there is none", file=str(self.path))
        return self._by_name[name]

    def holes(self, columns: Sequence[Column] | None = None) -> int:
        """How many cells of these columns, or of all, hold nothing that can be used; a ragged row is one."""
        looked_at = self.columns if columns is None else columns
        cells = sum(column.missing + column.odd for column in looked_at)
        return cells - len(self.ragged) * (len(looked_at) - 1)

    def hole_places(self, columns: Sequence[Column] | None = None) -> tuple[Problem, ...]:
        """The first MOST_SHOWN of them, from the top."""
        looked_at = self.columns if columns is None else columns
        ragged = sorted(self.ragged)[:MOST_SHOWN]
        found = [(row, -1, self._ragged(row)) for row in ragged]
        for j, column in enumerate(looked_at):
            if column.missing + column.odd > len(self.ragged):
                rows = (row for row in np.flatnonzero(~column.usable).tolist() if row not in self.ragged)
                found += [(row, j, self._hole(row, column)) for row in islice(rows, MOST_SHOWN)]
        return tuple(problem for _, _, problem in sorted(found, key=lambda each: each[:2])[:MOST_SHOWN])

    def _ragged(self, row: int) -> Problem:
        expectation = f"expected {len(self.columns)} cells, got {self.ragged[row]}"
        return Problem(expectation, int(self.lines[row]), control="missing")

    def _hole(self, row: int, column: Column) -> Problem:
        absent = column.codes is not None and column.codes[row] == MISSING
        got = f", got {column.cell(row)!r}" if column.cell(row) else ""
        text = "a missing value" if absent else f"expected a number{got}"
        return Problem(text, int(self.lines[row]), column.name, "missing")
