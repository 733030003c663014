"""The numbers behind a picture as columns, to be copied or saved."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from bpviz.explain.number import full

Cell = str | int | float | None


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """columns: names, with their units where they have one. Each row has a cell a column; None is unknown."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def csv(self) -> str:
        """As comma-separated values, every number with all its digits; read back, it is the same."""
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([_text(cell) for cell in row] for row in self.rows)
        return written.getvalue()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return full(cell) if isinstance(cell, float) else str(cell)
