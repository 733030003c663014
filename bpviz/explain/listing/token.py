"""Splits a line of the program into the words that are coloured and pointed at."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from bpviz.explain.listing.line import Line
from bpviz.explain.part import Part


class Sort(Enum):
    """What a word is to a reader of Python."""

    KEYWORD = "keyword"
    NAME = "name"
    NUMBER = "number"
    COMMENT = "comment"
    TEXT = "text"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, where it begins in its line, and the quantity it stands for, if it stands for one."""

    text: str
    start: int
    sort: Sort
    part: Part | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.text)


_WORD = re.compile(
    r"(?P<comment>#.*)|(?P<text>f?\"[^\"]*\")|(?P<name>[^\W\d]\w*)"
    r"|(?P<number>\d[\d.]*(?:e[-+]?\d+)?)|(?P<sign>[^\s\w#\"]+)"
)


def words(text: str) -> Iterator[tuple[str, int, Sort]]:
    """Every word of a line, where it begins, and what it is; blanks are left out."""
    for found in _WORD.finditer(text):
        sort = Sort(found.lastgroup)
        if sort is Sort.NAME and keyword.iskeyword(found[0]):
            sort = Sort.KEYWORD
        yield found[0], found.start(), sort


def tokens(line: Line) -> tuple[Token, ...]:
    """The words of a line; the variable that the line assigns stands first."""
    known = dict(line.names)
    made: list[Token] = []
    for text, start, sort in words(line.text):
        part = None
        if sort is Sort.NAME:
            assigned = not made and text in line.assigns
            part = line.result if assigned else known.get(text)
        made.append(Token(text, start, sort, part))
    return tuple(made)
