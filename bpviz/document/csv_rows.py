"""The rows of a table as text, each with the line on which an editor shows its beginning."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator

from bpviz.document.csv_guess import Reading, blanks_joined, codec, is_separator_line
from bpviz.document.errors import DocumentError

LONGEST_LINE = 1_000_000  # characters


def lines_of(blocks: Iterable[bytes], reading: Reading) -> Iterator[str]:
    """Every line, ending in a line feed. Raises UnicodeDecodeError for bytes that are no such text."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(codec(reading.encoding))(), True)
    at, rest = 1, ""
    for block in blocks:
        *lines, rest = (rest + decoder.decode(block)).split("\n")
        for line in lines:
            yield line + "\n"
        at += len(lines)
        if len(rest) > LONGEST_LINE:
            raise DocumentError(f"expected at most {LONGEST_LINE:,} characters", place=f"line {at}")
    *lines, rest = (rest + decoder.decode(b"", final=True)).split("\n")
    yield from (line + "\n" for line in lines)
    if rest:
        yield rest + "\n"


def rows_of(lines: Iterable[str], reading: Reading) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of every row with anything in it. Raises DocumentError for quotes that do not match."""
    checked = _checked(lines, blanks=reading.delimiter == " ")
    reader = csv.reader(checked, delimiter=reading.delimiter, skipinitialspace=True, strict=True)
    line = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise DocumentError(_quoting(str(error)), place=f"line {line}") from None
        if row is None:
            return
        if any(map(str.strip, row)) and not (line == 1 and is_separator_line(reading.delimiter.join(row))):
            yield line, row
        line = reader.line_num + 1


def _checked(lines: Iterable[str], *, blanks: bool) -> Iterator[str]:
    for at, line in enumerate(lines, start=1):
        if "\0" in line:
            raise DocumentError("is no text here, it has NUL bytes", place=f"line {at}")
        yield blanks_joined(line) + "\n" if blanks else line


def _quoting(said: str) -> str:
    if "field limit" in said or "end of data" in said:
        return "a quotation mark opens a cell here and is not closed"
    return "text goes on after a quotation mark that closes its cell; inside of a cell it is written twice"
