"""One column of a table: what it holds, and how it grows while the table is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bpviz.document.csv_cell import all_numbers, is_missing, number
from bpviz.document.source import MOST_CLASSES, Decimal
from bpviz.engine.arrays import Array, frozen

NUMBER, MISSING, OTHER = -1, -2, -3  # codes of cells that are none of the texts kept
MOST_TEXTS = 1_000                   # different ones kept of a column: more are never classes
LONGEST_TEXT = 200                   # characters of one that is kept

Kind = Literal["number", "text", "empty"]
Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column of n cells. It is of numbers when at least half of its filled cells are.

    numbers (n,) is NaN where no number stands. codes (n,) are places in `texts`, or NUMBER, MISSING or OTHER;
    None when all cells are numbers. `values` names the different values in order, as classes would be,
    or nothing when there are more than MOST_CLASSES. `missing` and `odd` count the cells without value, and
    the texts among numbers.
    """

    name: str
    kind: Kind
    numbers: Array
    codes: Codes | None
    texts: tuple[str, ...]
    values: tuple[str, ...]
    missing: int
    odd: int

    @property
    def usable(self) -> NDArray[np.bool_]:
        """Which cells hold a value of the column's kind, (n,)."""
        if self.kind == "number" or self.codes is None:
            return ~np.isnan(self.numbers)
        return np.not_equal(self.codes, MISSING)

    def classes(self) -> Codes:
        """The place of each cell's value in `values`, (n,); -1 where there is none."""
        if self.kind == "text":
            assert self.codes is not None
            return np.maximum(self.codes, -1)
        known = ~np.isnan(self.numbers)
        places = np.full(self.numbers.size, -1, dtype=np.int32)
        places[known] = np.unique(self.numbers[known], return_inverse=True)[1]
        return places

    def cell(self, row: int) -> str:
        """What stands in a cell that is no number, as far as it was kept."""
        code = OTHER if self.codes is None else int(self.codes[row])
        return self.texts[code] if code >= 0 else ""


class Growing:
    """Takes a column block by block."""

    def __init__(self, decimal: Decimal) -> None:
        self._decimal = decimal
        self._numbers: list[Array] = []
        self._codes: list[Codes | None] = []
        self._texts: dict[str, int] = {}

    def add(self, cells: Sequence[str]) -> None:
        numbers = all_numbers(cells, self._decimal)
        if numbers is not None:
            self._numbers.append(numbers)
            self._codes.append(None)
        elif any(cells):
            self._add_one_by_one(cells)
        else:
            self._numbers.append(np.full(len(cells), np.nan))
            self._codes.append(np.full(len(cells), MISSING, np.int32))

    def done(self, name: str) -> Column:
        numbers = frozen(np.concatenate(self._numbers) if self._numbers else np.empty(0))
        codes = self._all_codes()
        filled = int(np.count_nonzero(~np.isnan(numbers)))
        missing = 0 if codes is None else int(np.count_nonzero(codes == MISSING))
        odd = numbers.size - filled - missing
        texts = tuple(self._texts)
        if codes is not None and odd > filled:
            codes, texts = _in_order(_with_numbers_named(numbers, codes, texts))
            many = bool((codes == OTHER).any()) or len(texts) > MOST_CLASSES
            return Column(name, "text", numbers, codes, texts, () if many else texts, missing, 0)
        kind: Kind = "number" if filled else "empty"
        return Column(name, kind, numbers, codes, texts, _distinct(numbers), missing, odd)

    def _add_one_by_one(self, cells: Sequence[str]) -> None:
        read = [self._read(cell.strip()) for cell in cells]
        self._numbers.append(np.array([value for value, _ in read]))
        self._codes.append(np.array([code for _, code in read], dtype=np.int32))

    def _read(self, cell: str) -> tuple[float, int]:
        if not cell:
            return np.nan, MISSING
        code = self._texts.get(cell)
        if code is not None:
            return np.nan, code
        value = number(cell, self._decimal)
        if value is not None:
            return value, NUMBER
        if is_missing(cell):
            return np.nan, MISSING
        if len(self._texts) >= MOST_TEXTS or len(cell) > LONGEST_TEXT:
            return np.nan, OTHER
        return np.nan, self._texts.setdefault(cell, len(self._texts))

    def _all_codes(self) -> Codes | None:
        if all(codes is None for codes in self._codes):
            return None
        blocks = zip(self._numbers, self._codes, strict=True)
        return np.concatenate([
            np.full(numbers.size, NUMBER, np.int32) if codes is None else codes for numbers, codes in blocks
        ])


def name_of(value: float) -> str:
    """A number as the name of a class: 3, not 3.0."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _distinct(numbers: Array) -> tuple[str, ...]:
    """The different numbers in order, by name; nothing when there are too many to be classes."""
    if np.unique(numbers[:10_000]).size > MOST_CLASSES + 1:  # NaN is one
        return ()
    values = np.unique(numbers[~np.isnan(numbers)])
    return tuple(map(name_of, values.tolist())) if values.size <= MOST_CLASSES else ()


def _with_numbers_named(
    numbers: Array, codes: Codes, texts: tuple[str, ...]
) -> tuple[Codes, tuple[str, ...]]:
    """In a column of texts a number is a text as well."""
    rows = np.flatnonzero(codes == NUMBER)
    values, places = np.unique(numbers[rows], return_inverse=True)
    whole = codes.copy()
    if len(texts) + values.size > MOST_TEXTS:
        whole[rows] = OTHER
        return whole, texts
    known = {text: k for k, text in enumerate(texts)}  # "1.5" is a text where decimals have a comma
    named = [known.setdefault(name_of(value), len(known)) for value in values.tolist()]
    whole[rows] = np.array(named, dtype=np.int32)[places]
    return whole, tuple(known)


def _in_order(coded: tuple[Codes, tuple[str, ...]]) -> tuple[Codes, tuple[str, ...]]:
    """The same with the texts sorted."""
    codes, texts = coded
    order = sorted(range(len(texts)), key=lambda k: texts[k])
    places = np.empty(len(texts) + 3, dtype=np.int32)
    places[order] = np.arange(len(texts))
    places[[NUMBER, MISSING, OTHER]] = NUMBER, MISSING, OTHER  # they count from the end
    return places[codes], tuple(texts[k] for k in order)
