"""Rows edited as values: each function gives the rows as they are then, and leaves the given ones alone."""

from __future__ import annotations

from dataclasses import replace

from bpviz.document.errors import DocumentError, placed
from bpviz.document.source import CURVE, PLANE, Rows, check_row

TWO_CLASSES = Rows("Drawn points", PLANE, (), origin="drawn by hand")
CURVE_POINTS = Rows("Drawn curve", CURVE, (), origin="drawn by hand")
"""What drawing starts from; a Source takes them as soon as there is a point."""


def with_cell(rows: Rows, row: int, column: int, value: float) -> Rows:
    """One cell changed: an input, or behind the inputs a target or the place of a class.

    Raises DocumentError for what the cell cannot hold, and where there is no such cell.
    """
    with placed(f"cells[{row}]"):
        old = _existing(rows, row)
        if not 0 <= column < len(old):
            raise DocumentError(f"expected a column from 0 to {len(old) - 1}, got {column}")
        new = (*old[:column], float(value), *old[column + 1 :])
        check_row(new, rows.columns)
    return replace(rows, cells=(*rows.cells[:row], new, *rows.cells[row + 1 :]))


def with_point(rows: Rows, cells: tuple[float, ...]) -> Rows:
    """One example more, at the end: its inputs, and then its targets or the place of its class."""
    new = tuple(map(float, cells))
    with placed(f"cells[{len(rows.cells)}]"):
        check_row(new, rows.columns)
    return replace(rows, cells=(*rows.cells, new))


def without_point(rows: Rows, row: int) -> Rows:
    """One example less. Raises DocumentError for the last one: there must be something to learn from."""
    with placed(f"cells[{row}]"):
        _existing(rows, row)
        if len(rows.cells) == 1:
            raise DocumentError("is the last example, and one is needed: change it, or add another first")
    return replace(rows, cells=(*rows.cells[:row], *rows.cells[row + 1 :]))


def _existing(rows: Rows, row: int) -> tuple[float, ...]:
    if not 0 <= row < len(rows.cells):
        raise DocumentError(f"there is no such example, only {len(rows.cells)}")
    return rows.cells[row]
