"""How the bytes of a table become cells, found from its beginning."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bpviz.document.csv_cell import is_missing, number
from bpviz.document.errors import DocumentError
from bpviz.document.source import Decimal, Delimiter, Encoding

_DELIMITERS: tuple[Delimiter, ...] = (",", ";", "\t", "|", " ")
_LOOKED_AT = 200  # lines
_POINT = re.compile(r"[+-]?\d*\.\d+(?:[eE][+-]?\d+)?")
_COMMA = re.compile(r"[+-]?\d+,\d+(?:[eE][+-]?\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+")
_SEPARATOR = re.compile(r"(?i)sep=([,;\t|])\s*")

Cells = list[list[str]]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a table is written. The delimiter " " stands for any blanks and tabs."""

    encoding: Encoding = "utf-8"
    delimiter: Delimiter = ","
    decimal: Decimal = "."
    header: bool = True


def guess(sample: bytes, *, whole: bool) -> Reading:
    """How a table that begins with these bytes seems to be written; `whole`: there is no more of it.

    Raises DocumentError for what is no text.
    """
    encoding = _encoding(sample)
    text = codecs.getincrementaldecoder(codec(encoding))("replace").decode(sample)
    lines = re.split(r"\r\n|\r|\n", text)
    if not whole and len(lines) > 1:
        lines.pop()  # it may have been cut
    said = _SEPARATOR.fullmatch(lines[0])
    lines = [line for line in lines[bool(said):] if line.strip()][:_LOOKED_AT]
    delimiter = next((d for d in _DELIMITERS if said and d == said[1]), None) or _delimiter(lines)
    cells = split_cells(lines, delimiter)
    decimal = _decimal(cells, delimiter)
    return Reading(encoding, delimiter, decimal, _has_header(cells, decimal))


def codec(encoding: Encoding) -> str:
    """Python's name; a byte order mark is no part of the text."""
    return "utf-8-sig" if encoding == "utf-8" else encoding


def is_separator_line(line: str) -> bool:
    """Whether it is the "sep=;" that spreadsheets write before the table."""
    return _SEPARATOR.fullmatch(line) is not None


def split_cells(lines: Sequence[str], delimiter: Delimiter) -> Cells:
    """The cells of each row; lines that make no sense together are left out."""
    try:
        wanted = [blanks_joined(line) for line in lines] if delimiter == " " else lines
        return [row for row in csv.reader(wanted, delimiter=delimiter, skipinitialspace=True) if row]
    except csv.Error:
        return []


def blanks_joined(line: str) -> str:
    """A line whose cells stand between blanks and tabs, with neither before nor behind them."""
    return line.replace("\t", " ").strip()


def _encoding(sample: bytes) -> Encoding:
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if sample.startswith(b"PK\x03\x04"):
        raise DocumentError("is a spreadsheet or an archive; expected a table of text: save it as CSV")
    if b"\0" in sample:
        raise DocumentError("is no text, it has NUL bytes; expected a table of text, such as CSV")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def _delimiter(lines: Sequence[str]) -> Delimiter:
    """The one that gives most rows one same width above 1, and most of their cells a number."""
    scores = {delimiter: _score(split_cells(lines, delimiter), delimiter) for delimiter in _DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > (0.0, 0.0) else ","


def _score(cells: Cells, delimiter: Delimiter) -> tuple[float, float]:
    """How well a delimiter explains the rows: 0 for a single column."""
    if not cells:
        return 0.0, 0.0
    width, rows = Counter(map(len, cells)).most_common(1)[0]
    if width < 2:
        return 0.0, 0.0
    decimal = _decimal(cells, delimiter)
    flat = [cell for row in cells for cell in row]
    read = sum(number(cell, decimal) is not None for cell in flat) / len(flat)
    return rows / len(cells) * (1.0 + read), float(width)


def _decimal(cells: Cells, delimiter: Delimiter) -> Decimal:
    """The sign that more cells have; "1,234" between commas is rather a thousand and more."""
    points = commas = 0
    for row in cells:
        for cell in row:
            points += _POINT.fullmatch(cell.strip()) is not None
            thousands = delimiter == "," and _THOUSANDS.fullmatch(cell.strip())
            commas += not thousands and _COMMA.fullmatch(cell.strip()) is not None
    return "," if commas > points else "."


def _has_header(cells: Cells, decimal: Decimal) -> bool:
    """Whether the first row names the columns: text above numbers, or else text that does not come again."""
    if not cells:
        return True
    first, *rest = cells
    columns = [[row[j] for row in rest if j < len(row)] for j in range(len(first))]
    numeric = [_mostly_numbers(column, decimal) for column in columns]
    if any(numeric):
        named = [number(name, decimal) is None and not is_missing(name) for name in first]
        return any(n and text for n, text in zip(numeric, named, strict=True))
    if all(number(name, decimal) is not None or is_missing(name) for name in first):
        return False
    return all(name not in column for name, column in zip(first, columns, strict=True))


def _mostly_numbers(column: Sequence[str], decimal: Decimal) -> bool:
    filled = [cell for cell in column if not is_missing(cell)]
    return 2 * sum(number(cell, decimal) is not None for cell in filled) > len(filled)
