"""Whether a choice of columns can be learned from, and the examples that it gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from bpviz.document.choice import Choice, meaning
from bpviz.document.csv_column import Column
from bpviz.document.csv_examples import Taken, taken
from bpviz.document.errors import DocumentError
from bpviz.document.inspected import Control, Inspected, Problem
from bpviz.document.source import MOST_CELLS, MOST_CLASSES, Columns, File, Rows, Source

MOST_WRITTEN_OUT = 200_000  # cells that a document holds itself: some megabytes; beyond, it names the file


def problems(table: Inspected, choice: Choice) -> tuple[Problem, ...]:
    """What prevents this choice from being applied; nothing when source_of() will give its Source."""
    for found in (_unchosen, _misfits, _gaps, _poor):
        prevented = tuple(found(table, choice))
        if prevented:
            return prevented
    return ()


def source_of(table: Inspected, choice: Choice) -> Source:
    """The examples chosen: written out when they are at most MOST_WRITTEN_OUT cells, else by reference.

    Raises DocumentError with the first of problems(), when there are any.
    """
    for problem in problems(table, choice):
        raise DocumentError(str(problem), file=str(table.path))
    columns = meaning(table, choice)
    examples = taken(table, columns, choice.missing)
    if examples.count * (len(columns.inputs) + len(columns.targets)) > MOST_WRITTEN_OUT:
        return Source(file=_reference(table, choice, columns, examples))
    cells = np.concatenate([examples.inputs, examples.last], axis=1).tolist()
    return Source(rows=Rows(table.path.name, columns, tuple(map(tuple, cells)), origin=table.path.name))


def _reference(table: Inspected, choice: Choice, columns: Columns, examples: Taken) -> File:
    reading = table.reading
    return File(
        str(table.path.absolute()), table.sha256, examples.count, columns, reading.delimiter, reading.decimal,
        reading.encoding, reading.header, choice.missing,
    )  # fmt: skip


def _unchosen(table: Inspected, choice: Choice) -> Iterator[Problem]:
    """What is chosen and not there, chosen twice, or not chosen at all."""
    known = set(table.names)
    controls: tuple[Control, Control] = ("inputs", "targets")
    for control, names in zip(controls, (choice.inputs, choice.targets), strict=True):
        if not names:
            yield Problem(f"choose at least one column for the {control}", control=control)
        for name in names:
            if name not in known:
                yield Problem("this table has no such column", column=name, control=control)
    for name, times in Counter((*choice.inputs, *choice.targets)).items():
        if times > 1:
            yield Problem("choose it once, as an input or as a target", column=name, control="inputs")


def _misfits(table: Inspected, choice: Choice) -> Iterator[Problem]:
    """Columns that cannot be what they were chosen for."""
    for name in choice.inputs:
        yield from _no_numbers(table.column(name), "inputs")
    columns = meaning(table, choice)
    if columns.task == "regression":
        for name in choice.targets:
            yield from _no_numbers(table.column(name), "targets")
    elif len(choice.targets) > 1:
        yield Problem("a classification has one target, the column of its classes", control="targets")
    elif not columns.classes:
        empty = table.column(choice.targets[0]).kind == "empty"
        text = "is empty" if empty else f"holds more than {MOST_CLASSES} values, too many for classes"
        yield Problem(text, column=choice.targets[0], control="targets")
    elif len(columns.classes) == 1:
        text = f"holds one class only, {columns.classes[0]!r}: there is nothing to tell apart"
        yield Problem(text, column=choice.targets[0], control="targets")


def _no_numbers(column: Column, control: Control) -> Iterator[Problem]:
    if column.kind != "number":
        text = "is text; a network needs numbers" if column.kind == "text" else "is empty"
        yield Problem(text, column=column.name, control=control)


def _gaps(table: Inspected, choice: Choice) -> Iterator[Problem]:
    """Cells that are needed and hold nothing: first how many, then the first of them."""
    if choice.missing == "skip":
        return
    names = choice.targets if choice.missing == "mean" else (*choice.inputs, *choice.targets)
    needed = [table.column(name) for name in names]
    count = table.holes(needed)
    if count:
        kind = "targets" if choice.missing == "mean" else "cells"
        text = f"{count:,} {kind} are missing or unreadable: leave their rows out, or mend the file"
        yield Problem(text, control="missing")
        yield from table.hole_places(needed)


def _poor(table: Inspected, choice: Choice) -> Iterator[Problem]:
    """Examples from which nothing can be learned, or too many to be kept."""
    columns = meaning(table, choice)
    examples = taken(table, columns, choice.missing)
    width = len(columns.inputs) + columns.outputs
    if examples.count == 0:
        yield Problem("no row is left: every one has a gap in these columns", control="missing")
    elif examples.count * width > MOST_CELLS:
        text = f"{examples.count:,} rows of {width:,} numbers are more than {MOST_CELLS:,} in all"
        yield Problem(text, control="inputs")
    elif (examples.last == examples.last[0]).all() and (examples.count > 1 or columns.classes):
        one = columns.classes[int(examples.last[0, 0])] if columns.classes else f"{examples.last[0, 0]:g}"
        text = f"is {one!r} in every row that is left: there is nothing to learn"
        yield Problem(text, column=choice.targets[0], control="targets")
