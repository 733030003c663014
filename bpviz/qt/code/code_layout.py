"""Where the program's lines stand in a panel of some width, and where the values of their variables go."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from bpviz.engine.trace import StepTrace
from bpviz.explain.listing.line import Line, Listing
from bpviz.explain.listing.values import shown_part, size, values
from bpviz.explain.part import Part

LEFT = 32          # where the code begins; line numbers stand before it
RIGHT = 12         # kept free at the right
ROW = 18           # height of a row of code
VALUE_ROW = 17
BLANK = 9          # an empty line needs no more
CELL = 54          # one number
BETWEEN = 14       # between code and the numbers beside it
SHAPE_GAP = 10     # before the shape
_DEEPER = 4        # columns by which a wrapped line goes on further in,
_COMMENT = 2       # and a comment
_BESIDE = 2        # so many numbers are worth standing beside their line
_SIGNS = "-+*/@#"
_BREAK = re.compile(" ")


@dataclass(frozen=True, slots=True)
class Row:
    """Characters start to end of a line, set at a column."""

    start: int
    end: int
    column: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands. most is how many numbers have room in its value's row, 0 for no value."""

    index: int
    top: int
    rows: tuple[Row, ...]
    bottom: int
    value_top: int = 0
    value_left: int = 0
    most: int = 0
    beside: bool = False  # in the line's last row, not in one of its own

    def row_top(self, row: int) -> int:
        return self.top + row * ROW


@dataclass(frozen=True, slots=True)
class CodeLayout:
    """All lines, from the top."""

    places: tuple[Place, ...]
    width: int

    @property
    def height(self) -> int:
        return self.places[-1].bottom if self.places else 0

    def between(self, top: float, bottom: float) -> tuple[Place, ...]:
        """The lines that reach into this stretch."""
        first = max(0, bisect_right(self.places, top, key=_top) - 1)
        last = bisect_right(self.places, bottom, key=_top)
        return self.places[first:last]

    def at(self, y: float) -> Place | None:
        return next((place for place in self.between(y, y) if place.top <= y < place.bottom), None)


def lay_out(
    listing: Listing, trace: StepTrace, width: int, letter: float, measure: Callable[[str], float]
) -> CodeLayout:
    """letter is the width of one character of code, measure that of a shape such as "10 × 8"."""
    columns = max(12, int((width - LEFT - RIGHT) / letter))
    places: list[Place] = []
    top = 0
    for index, line in enumerate(listing.lines):
        place = _place(index, line, top, columns, _Room(trace, width, letter, measure))
        places.append(place)
        top = place.bottom
    return CodeLayout(tuple(places), width)


@dataclass(frozen=True, slots=True)
class _Room:
    """What decides how much fits."""

    trace: StepTrace
    width: int
    letter: float
    measure: Callable[[str], float]

    def fitting(self, part: Part, numbers: int, room: float) -> tuple[int, float]:
        """How many numbers fit, and the width of the shape that then stands beside them."""
        fit, width = min(numbers, int(room // CELL)), 0.0
        for _ in range(2):  # with fewer numbers a shape may come in, which leaves room for fewer still
            shape = values(part, self.trace, 0, max(0, fit)).shape
            width = self.measure(shape) + SHAPE_GAP if shape else 0.0
            fit = min(fit, int((room - width) // CELL))
        return fit, width


def wrapped(text: str, columns: int) -> tuple[Row, ...]:
    """The line broken before its signs, outside of brackets if it can be, or else at a blank.

    What goes on stands further in.
    """
    indent = len(text) - len(text.lstrip())
    deeper = _COMMENT if text.lstrip().startswith("#") else _DEEPER
    rows: list[Row] = []
    start, column = indent, indent
    while len(text) - start > columns - column:
        end, goes_on = _broken(text, start, start + columns - column)
        rows.append(Row(start, end, column))
        start, column = goes_on, min(indent + deeper, columns // 2)
    return (*rows, Row(start, len(text), column))


def _broken(text: str, start: int, limit: int) -> tuple[int, int]:
    """Where the row from start ends and where the next begins."""
    breaks = [found for found in _BREAK.finditer(text, start + 1) if found.start() <= limit]
    if not breaks:
        return limit, limit
    early = start + (limit - start) // 3
    signs = [found for found in breaks if text[found.end()] in _SIGNS and found.start() > early]
    best = min(reversed(signs), key=lambda found: _depth(text, found.start())) if signs else breaks[-1]
    return best.start(), best.end()


def _depth(text: str, at: int) -> int:
    """How many brackets are open there."""
    before = text[:at]
    return sum(before.count(opened) for opened in "([{") - sum(before.count(closed) for closed in ")]}")


def _place(index: int, line: Line, top: int, columns: int, room: _Room) -> Place:
    if not line.text:
        return Place(index, top, (), top + BLANK)
    rows = wrapped(line.text, columns)
    bottom = top + ROW * len(rows)
    part = shown_part(line)
    if part is None:
        return Place(index, top, rows, bottom)
    beside = _beside(index, part, top, rows, room)
    return beside or _under(index, part, top, rows, room)


def _beside(index: int, part: Part, top: int, rows: tuple[Row, ...], room: _Room) -> Place | None:
    """With the numbers to the right of the code, where enough of them have room there."""
    numbers, right = size(part, room.trace), room.width - RIGHT
    end = LEFT + round((rows[-1].column + rows[-1].end - rows[-1].start) * room.letter)
    most, shape = room.fitting(part, numbers, right - end - BETWEEN)
    if most < min(numbers, _BESIDE):
        return None
    bottom = top + ROW * len(rows)
    left = right - round(shape) - most * CELL
    return Place(index, top, rows, bottom, bottom - ROW, left, most, True)


def _under(index: int, part: Part, top: int, rows: tuple[Row, ...], room: _Room) -> Place:
    """With the numbers in a row of their own."""
    bottom = top + ROW * len(rows)
    right = room.width - RIGHT
    most, shape = room.fitting(part, size(part, room.trace), right - LEFT)
    most = max(1, most)
    return Place(index, top, rows, bottom + VALUE_ROW, bottom - 1, right - round(shape) - most * CELL, most)


def _top(place: Place) -> int:
    return place.top
