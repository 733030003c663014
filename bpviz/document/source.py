"""Where the examples of an experiment come from: a generator, rows written out, or a table in a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bpviz.document.errors import DocumentError
from bpviz.document.generators import Generated, check_generated

Task = Literal["regression", "classification"]
MOST_CELLS = 20_000_000  # of one data set: 160 MB of float64
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

    The columns are found by the names in its first line. `sha256` is of the whole file, in hexadecimal.
    """

    path: str
    sha256: str
    count: int
    columns: Columns
    delimiter: str = ","
    decimal: str = "."


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
            _check_columns(self.file.columns, "file.columns")
            _check_count(self.file.count, self.file.columns, "file.count")


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


def _check_count(count: int, columns: Columns, place: str) -> None:
    if count < 1:
        raise DocumentError(f"expected at least one example, got {count}", place=place)
    if count * (len(columns.inputs) + len(columns.targets)) > MOST_CELLS:
        raise DocumentError(f"expected at most {MOST_CELLS:,} cells, got {count:,} rows", place=place)


def _check_rows(rows: Rows) -> None:
    columns = rows.columns
    _check_columns(columns, "rows.columns")
    _check_count(len(rows.cells), columns, "rows.cells")
    width = len(columns.inputs) + len(columns.targets)
    for k, row in enumerate(rows.cells):
        if len(row) != width:
            raise DocumentError(f"expected {width} cells, got {len(row)}", place=f"rows.cells[{k}]")
        if not all(-LARGEST < x < LARGEST for x in row):
            raise DocumentError(f"expected finite numbers below {LARGEST:g}", place=f"rows.cells[{k}]")
        if columns.task == "classification" and row[-1] not in range(len(columns.classes)):
            expectation = f"expected a class from 0 to {len(columns.classes) - 1}, got {row[-1]:g}"
            raise DocumentError(expectation, place=f"rows.cells[{k}]")
    if rows.image_shape is not None and rows.image_shape[0] * rows.image_shape[1] != len(columns.inputs):
        raise DocumentError(f"expected {len(columns.inputs)} pixels in all", place="rows.image_shape")

