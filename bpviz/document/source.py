"""Where the examples of an experiment come from: a generator, rows written out, or a table in a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bpviz.document.errors import DocumentError
from bpviz.document.generators import Generated, check_generated

Task = Literal["regression", "classification"]
Missing = Literal["refuse", "skip", "mean"]
Encoding = Literal["utf-8", "utf-16", "windows-1252"]
Delimiter = Literal[",", ";", "\t", "|", " "]
Decimal = Literal[".", ","]

MOST_CELLS = 20_000_000  # of one data set: 160 MB of float64
MOST_CLASSES = 100
LARGEST = 1e100          # of a cell: its square is still a number


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns mean. A classification has one target column, which holds one of `classes`.

    `standardise` asks split() to shift and scale every input to mean 0 and deviation 1 over training rows.
    """

    task: Task
    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    classes: tuple[str, ...] = ()
    standardise: bool = False

    @property
    def outputs(self) -> int:
        """How many outputs a network needs: one for two classes, one a class for more, else one a target."""
        return len(self.classes) if len(self.classes) > 2 else len(self.targets)


PLANE = Columns("classification", ("x1", "x2"), ("class",), ("first", "second"))
CURVE = Columns("regression", ("x",), ("y",))


@dataclass(frozen=True, slots=True)
class Rows:
    """Examples written out: typed, drawn, or taken over from elsewhere.

    A row holds the inputs and then the targets; a class is written as its place in columns.classes.
    """

    title: str
    columns: Columns
    cells: tuple[tuple[float, ...], ...]
    image_shape: tuple[int, int] | None = None
    origin: str = ""  # where they come from, for people


@dataclass(frozen=True, slots=True)
class File:
    """A table that is too large to be written out: where it lies, and what it was when it was opened.

    `sha256` is of the whole file, in hexadecimal; `count` is how many examples it gives. The columns are
    found by the names in its first row, or, without header, as "column 1" and so on. `missing` says what
    becomes of a row in which a number or class is missing: nothing is read, the row is left out, or each
    missing input is the mean of its column.
    """

    path: str
    sha256: str
    count: int
    columns: Columns
    delimiter: Delimiter = ","
    decimal: Decimal = "."
    encoding: Encoding = "utf-8"
    header: bool = True
    missing: Missing = "refuse"


@dataclass(frozen=True, slots=True)
class Source:
    """Exactly one of these."""

    generated: Generated | None = None
    rows: Rows | None = None
    file: File | None = None

    def __post_init__(self) -> None:
        given = [name for name in ("generated", "rows", "file") if getattr(self, name) is not None]
        if len(given) != 1:
            got = " and ".join(given) or "none"
            raise DocumentError(f"expected exactly one of generated, rows and file, got {got}")
        if self.generated is not None:
            check_generated(self.generated)
        elif self.rows is not None:
            _check_rows(self.rows)
        elif self.file is not None:
            _check_file(self.file)


def _check_columns(columns: Columns, place: str) -> None:
    names = (*columns.inputs, *columns.targets)
    if not columns.inputs or not columns.targets:
        raise DocumentError("expected at least one input and one target", place=place)
    if len(set(names)) != len(names):
        raise DocumentError("expected every column once", place=place)
    if columns.task == "regression":
        if columns.classes:
            raise DocumentError("expected none for a regression", place=f"{place}.classes")
    elif len(columns.targets) != 1:
        raise DocumentError(f"expected one, the class; got {len(columns.targets)}", place=f"{place}.targets")
    elif len(columns.classes) < 2 or len(set(columns.classes)) != len(columns.classes):
        raise DocumentError("expected two or more different names", place=f"{place}.classes")
    elif len(columns.classes) > MOST_CLASSES:
        expectation = f"expected at most {MOST_CLASSES}, got {len(columns.classes)}"
        raise DocumentError(expectation, place=f"{place}.classes")


def _check_count(count: int, columns: Columns, place: str) -> None:
    if count < 1:
        raise DocumentError(f"expected at least one example, got {count}", place=place)
    width = len(columns.inputs) + columns.outputs
    if count * width > MOST_CELLS:
        expectation = f"expected at most {MOST_CELLS:,} numbers, got {count:,} rows of {width:,}"
        raise DocumentError(expectation, place=place)


def _check_file(file: File) -> None:
    _check_columns(file.columns, "file.columns")
    _check_count(file.count, file.columns, "file.count")
    if not file.path:
        raise DocumentError("expected the path of a table, got nothing", place="file.path")
    if not re.fullmatch("[0-9a-f]{64}", file.sha256):
        raise DocumentError("expected 64 hexadecimal digits in lower case", place="file.sha256")


def _check_rows(rows: Rows) -> None:
    columns = rows.columns
    _check_columns(columns, "rows.columns")
    _check_count(len(rows.cells), columns, "rows.cells")
    for k, row in enumerate(rows.cells):
        try:
            check_row(row, columns)
        except DocumentError as error:
            raise error.within(f"rows.cells[{k}]") from None
    if rows.image_shape is not None:
        height, breadth = rows.image_shape
        if height < 1 or height * breadth != len(columns.inputs):
            raise DocumentError(f"expected {len(columns.inputs)} pixels in all", place="rows.image_shape")


def check_row(row: tuple[float, ...], columns: Columns) -> None:
    """Raises DocumentError for what is no example of these columns: its inputs and then its targets."""
    width = len(columns.inputs) + len(columns.targets)
    if len(row) != width:
        raise DocumentError(f"expected {width} cells, got {len(row)}")
    if not all(-LARGEST < x < LARGEST for x in row):
        raise DocumentError(f"expected finite numbers below {LARGEST:g}")
    known = len(columns.classes)
    if columns.task == "classification" and not (0 <= row[-1] < known and row[-1] == int(row[-1])):
        raise DocumentError(f"expected a class from 0 to {known - 1}, got {row[-1]:g}")
