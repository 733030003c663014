"""Rows of text gathered into columns."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bpviz.document.csv_column import Column, Growing
from bpviz.document.csv_guess import Reading
from bpviz.document.errors import DocumentError
from bpviz.document.source import MOST_CELLS

MOST_COLUMNS = 10_000
MOST_RAGGED = 100_000  # rows of another width than the first; beyond, it is no table
PREVIEWED = 50        # rows
LONGEST_SHOWN = 200   # characters of a cell in the preview
LONGEST_NAME = 100
_AT_ONCE = 20_000     # cells that are made numbers in one go: some milliseconds
_FEWEST = 100         # rows of them: a wide table is else cut to crumbs


class Gathered:
    """Takes a table row by row. The first row says how wide it is."""

    def __init__(self, reading: Reading) -> None:
        self.ragged: dict[int, int] = {}
        self.preview: list[tuple[str, ...]] = []
        self._reading = reading
        self._header: list[str] | None = None
        self._growing: list[Growing] = []
        self._pending: list[list[str]] = []
        self._lines = array("i")  # an eighth of what a list of numbers takes

    def add(self, line: int, row: list[str]) -> None:
        """The next row, which begins at that line."""
        if self._header is None:
            self._begin(line, row)
            if self._reading.header:
                return
        assert self._header is not None
        if not self._lines:
            self._settle(row)
        width = len(self._header)
        if (len(self._lines) + 1) * width > MOST_CELLS:
            raise DocumentError(f"expected at most {MOST_CELLS:,} cells", place=f"line {line}")
        if len(self.preview) < PREVIEWED:
            shown = [cell[:LONGEST_SHOWN] for cell in row[:width]]
            self.preview.append((*shown, *[""] * (width - len(shown))))
        self._pending.append(self._fitted(row, width))
        self._lines.append(line)
        if len(self._pending) >= max(_FEWEST, _AT_ONCE // width):
            self._flush()

    def columns(self) -> Iterator[Column]:
        """The columns, once all rows are there. Raises DocumentError when there are none."""
        if not self._lines:
            below = "nothing below its first row" if self._header else "no rows"
            raise DocumentError(f"has {below}; expected a table")
        self._flush()
        growing = self._growing[::-1]
        self._growing = []  # what is done with is not kept twice
        for name in self._names():
            yield growing.pop().done(name)

    def lines(self) -> NDArray[np.int32]:
        return np.array(self._lines, dtype=np.int32)

    def notes(self) -> tuple[str, ...]:
        """What a person should know of how the table was read."""
        named = self._header if self._reading.header else []
        changed = sum(old.strip() != new for old, new in zip(named or [], self._names(), strict=False))
        notes = [
            (self._reading.encoding == "windows-1252", "It is no UTF-8, and was read as Windows-1252."),
            (not self._reading.header, "Its first row holds no names, so the columns are numbered."),
            (changed > 0, f"Column names that were empty, too long or there before were changed: {changed}."),
        ]
        return tuple(text for holds, text in notes if holds)

    def _begin(self, line: int, row: list[str]) -> None:
        if len(row) > MOST_COLUMNS:
            expectation = f"expected at most {MOST_COLUMNS:,} columns, got {len(row):,}"
            raise DocumentError(expectation, place=f"line {line}")
        self._header = row

    def _settle(self, row: Sequence[str]) -> None:
        """How wide it is: some programs write no name above the names of the rows."""
        assert self._header is not None
        if self._reading.header and self._reading.delimiter in " \t" and len(row) == len(self._header) + 1:
            self._header = ["", *self._header]
        self._growing = [Growing(self._reading.decimal) for _ in self._header]

    def _fitted(self, row: list[str], width: int) -> list[str]:
        """The row in this width; if it has another, but for empty cells at its end, that is remembered."""
        if len(row) == width:
            return row
        if len(row) > width and not any(map(str.strip, row[width:])):
            return row[:width]
        self.ragged[len(self._lines)] = len(row)
        if len(self.ragged) > MOST_RAGGED:
            raise DocumentError(f"expected {width} cells a row, as the first has; {MOST_RAGGED:,} differ")
        return [""] * width

    def _flush(self) -> None:
        for growing, cells in zip(self._growing, zip(*self._pending, strict=True), strict=False):
            growing.add(cells)
        self._pending = []

    def _names(self) -> list[str]:
        """Every column's name, each once, in one line."""
        if not self._reading.header:
            return [f"column {k + 1}" for k in range(len(self._header or ()))]
        names: dict[str, int] = {}  # and how often each was wanted
        for k, given in enumerate(self._header or ()):
            wanted = name = " ".join(given.split())[:LONGEST_NAME] or f"column {k + 1}"
            while name in names:
                names[wanted] += 1
                name = f"{wanted} ({names[wanted]})"
            names[name] = 1
        return list(names)
