"""What a variable of the program stands at, as a debugger shows it: its first numbers, and its shape."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.trace import StepTrace
from bpviz.explain.listing.line import Line
from bpviz.explain.part import Part, What
from bpviz.explain.quantities import Role
from bpviz.explain.reading import array_of, row_of


@dataclass(frozen=True, slots=True)
class Cell:
    """One number, and which unit or weight it is of."""

    part: Part
    value: float


@dataclass(frozen=True, slots=True)
class Values:
    """The first numbers of a variable, for one example or the batch's mean.

    shape is that of the whole array, "10 × 8"; it is empty when the cells are all there is.
    """

    cells: tuple[Cell, ...]
    shape: str = ""
    more: bool = False  # whether the row goes on after the cells


def shown_part(line: Line) -> Part | None:
    """The quantity whose value stands beside a line: what it computes, or what is folded in it."""
    part = line.result
    if part is None or (line.folded is None and not _calculates(line)):
        return None
    return part


def size(part: Part, trace: StepTrace) -> int:
    """How many numbers there are to show of a quantity."""
    return 1 if part.what is What.COST else int(row_of(part, trace, 0).size)


def role_of(part: Part) -> Role:
    """Which colours its numbers wear."""
    if part.what in (What.ERROR, What.GRADIENT, What.BIAS_GRADIENT):
        return "error"
    return "plain" if part.what is What.COST else "value"


def values(part: Part, trace: StepTrace, example: int | None, most: int) -> Values:
    """At most so many numbers. The cost is the batch's, for that is what the variable holds."""
    if part.what is What.COST:
        return Values((Cell(part, trace.cost),))
    with np.errstate(all="ignore"):  # a step may have overflowed
        row = row_of(part, trace, example)
    array = array_of(part, trace)
    first = row.reshape(-1)[:most].tolist()
    cells = tuple(Cell(_place(part, i, row.shape), value) for i, value in enumerate(first))
    if len(cells) == array.size:
        return Values(cells)
    return Values(cells, _shape(array), len(cells) < row.size)


def _shape(array: Array) -> str:
    """ "10 × 8", or "8 units" for what has one number a unit."""
    return f"{array.size} units" if array.ndim == 1 else " × ".join(str(n) for n in array.shape)


def _calculates(line: Line) -> bool:
    """Whether there is more on its right side than a literal."""
    return bool(line.names)


def _place(part: Part, i: int, shape: tuple[int, ...]) -> Part:
    """The i-th number of a row, or of the rows of a table of weights one after the other."""
    if len(shape) == 2:
        return replace(part, unit=i % shape[1], source=i // shape[1])
    return replace(part, unit=i)
