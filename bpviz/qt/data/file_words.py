"""How a table was read, in words."""

from __future__ import annotations

from bpviz.document.csv_column import Column
from bpviz.document.inspected import Inspected
from bpviz.document.source import Decimal, Delimiter, Encoding
from bpviz.explain.number import count
from bpviz.qt.panels.settings_words import units

_ENCODINGS: dict[Encoding, str] = {"utf-8": "UTF-8", "utf-16": "UTF-16", "windows-1252": "Windows-1252"}
_DELIMITERS: dict[Delimiter, str] = {
    ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "blanks",
}  # fmt: skip
_DECIMALS: dict[Decimal, str] = {".": "decimal point", ",": "decimal comma"}


def size_text(table: Inspected) -> str:
    return f"{units(table.count, 'row')}, {units(len(table.columns), 'column')}"


def reading_text(table: Inspected) -> str:
    """Encoding, delimiter and decimal sign as they were found, and what else was noted."""
    reading = table.reading
    found = f"Found: {_ENCODINGS[reading.encoding]}, cells between {_DELIMITERS[reading.delimiter]}, "
    names = "names in the first row" if reading.header else "no names in the first row"
    return " ".join((f"{found}{_DECIMALS[reading.decimal]}, {names}.", *table.notes))


def kind_text(column: Column) -> str:
    """What a column holds, in a word or two."""
    gaps = column.missing + column.odd
    kind: str = column.kind
    if kind == "text":
        kind = f"{count(len(column.values))} texts" if column.values else "many texts"
    elif kind == "number":
        kind = "numbers"
    return f"{kind}, {units(gaps, 'gap')}" if gaps and column.kind != "empty" else kind
