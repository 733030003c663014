"""Reads a table that a person brings: once, in short blocks, whatever it turns out to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path, PureWindowsPath

from bpviz.document.blocks import BLOCK, Cancel, Cancelled, Progress, blocks, fingerprint, never, untold
from bpviz.document.csv_examples import taken
from bpviz.document.csv_guess import Reading, guess
from bpviz.document.csv_rows import lines_of, rows_of
from bpviz.document.csv_table import Gathered
from bpviz.document.errors import DocumentError
from bpviz.document.inspected import Inspected
from bpviz.document.source import File
from bpviz.engine.arrays import Array

_CODING = "expected text in UTF-8, in UTF-16 with a byte order mark, or in Windows-1252"


def inspect(
    path: Path, progress: Progress = untold, cancelled: Cancel = never, reading: Reading | None = None
) -> Inspected:
    """The table in a file, read as `reading` says, or else as it seems to be written.

    Meant for a thread beside a window: progress(share) and cancelled() are called every few milliseconds.
    Raises DocumentError for what is no table, and Cancelled.
    """
    guessed = reading or _guessed(path)
    try:
        return _inspected(path, progress, cancelled, guessed)
    except UnicodeDecodeError:
        if reading is not None or guessed.encoding != "utf-8":
            raise DocumentError(_CODING, file=str(path)) from None
    return inspect(path, progress, cancelled, replace(guessed, encoding="windows-1252"))


def read_cells(file: File, progress: Progress = untold, cancelled: Cancel = never) -> tuple[Array, Array]:
    """inputs (n, inputs) and last (n, targets) of the very file that was chosen from: numbers, or the place
    of each row's class.

    Raises DocumentError, also when the file is no longer what it was, and Cancelled.
    """
    path = Path(file.path)
    changed = DocumentError("has changed since it was chosen; open it again as new data", file=file.path)
    try:
        table = inspect(path, progress, cancelled, reading_of(file))
    except DocumentError:
        if fingerprint(path, cancelled=cancelled) != file.sha256:
            raise changed from None
        raise
    if table.sha256 != file.sha256:
        raise changed
    examples = taken(table, file.columns, file.missing)
    if examples.count != file.count:
        expectation = f"expected {examples.count:,}, the examples in {path.name}; got {file.count:,}"
        raise DocumentError(expectation, place="count")
    return examples.inputs, examples.last


def reading_of(file: File) -> Reading:
    """How its text is written."""
    return Reading(file.encoding, file.delimiter, file.decimal, file.header)


def found(file: File, beside: Path, progress: Progress = untold, cancelled: Cancel = never) -> File:
    """The same, or, when it is gone or its path is relative, the same table seen from the document `beside`:
    by that path, or under its name in the document's folder."""
    folder = (beside if beside.is_dir() else beside.parent).absolute()
    stored, name = Path(file.path), PureWindowsPath(file.path).name  # takes both kinds of slashes
    if stored.is_absolute() and stored.exists():
        return file
    for candidate in (folder / stored, folder / name):
        with suppress(DocumentError):
            if fingerprint(candidate, progress, cancelled) == file.sha256:
                return replace(file, path=str(candidate))
    return file


def _inspected(path: Path, progress: Progress, cancelled: Cancel, reading: Reading) -> Inspected:
    digest = sha256()

    def hashed(content: Iterable[bytes]) -> Iterator[bytes]:
        for block in content:
            digest.update(block)
            yield block

    gathered = Gathered(reading)
    try:
        with closing(blocks(path, progress, cancelled)) as content:
            for line, row in rows_of(lines_of(hashed(content), reading), reading):
                gathered.add(line, row)
        columns = []
        for column in gathered.columns():
            if cancelled():
                raise Cancelled
            columns.append(column)
    except DocumentError as error:
        raise DocumentError(error.expectation, place=error.place, file=str(path)) from None
    return Inspected(
        path, digest.hexdigest(), reading, tuple(columns), gathered.lines(), gathered.ragged,
        tuple(gathered.preview), gathered.notes(),
    )  # fmt: skip


def _guessed(path: Path) -> Reading:
    with closing(blocks(path)) as content:
        sample = next(content, b"")
    if not sample:
        raise DocumentError("is empty; expected a table", file=str(path))
    try:
        return guess(sample, whole=len(sample) < BLOCK)
    except DocumentError as error:
        raise DocumentError(error.expectation, file=str(path)) from None
