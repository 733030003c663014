"""What a person chooses to learn from a table: which columns, as what, and what becomes of its gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bpviz.document.csv_column import Column
from bpviz.document.inspected import Inspected
from bpviz.document.source import Columns, Missing, Task

_FEW = 20       # different whole numbers that are rather classes
_ROWS_EACH = 5  # at least, of each of them
_ALIKE = 5.0    # times: deviations, and means by deviations, that a network still takes side by side
_WIDE = 10.0    # numbers beyond this drive a tanh or sigmoid into its flat ends

_COUNTERS = re.compile(r"(?i:id|index|no\.?|nr\.?|#|row|column 1|unnamed: 0|.*[_\W]id)|.*I[dD]")
_TARGET_NAMES = frozenset({"target", "class", "label", "y", "species", "outcome"})


@dataclass(frozen=True, slots=True)
class Choice:
    """Columns by name. task None: as found from the targets. `missing`: what becomes of gaps, as in File."""

    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    task: Task | None = None
    standardise: bool = False
    missing: Missing = "refuse"


def suggested(table: Inspected) -> Choice:
    """What is most often meant: the last column, or one called so, is the target; numbers are the inputs.

    Columns that only number the rows or never change are left out.
    """
    targets = [column for column in table.columns if column.kind == "number" or column.values]
    called = [column for column in targets if column.name.casefold() in _TARGET_NAMES]
    target = (called or targets or list(table.columns))[-1]
    numbers = [column for column in table.columns if column.kind == "number" and column is not target]
    telling = [column for column in numbers if len(column.values) != 1 and not _only_counts(column)]
    inputs = telling or numbers
    names = tuple(column.name for column in inputs)
    return Choice(names, (target.name,), standardise=_scales_differ(inputs))


def task_found(table: Inspected, targets: Sequence[str]) -> tuple[Task, str]:
    """Classification or regression, as the targets say, and why, in a few words."""
    columns = [table.column(name) for name in targets]
    for column in columns:
        if column.kind == "text":
            count = f"{len(column.values)} different texts" if column.values else "many different texts"
            count = "one text only" if len(column.values) == 1 else count
            return "classification", f"{column.name!r} holds {count}"
    if len(columns) != 1:
        return "regression", f"{len(columns)} columns of numbers"
    name, values = columns[0].name, columns[0].values
    whole = all(value.lstrip("-").isdecimal() for value in values)
    needed = len(values) * (2 if len(values) == 2 else _ROWS_EACH)
    if whole and 2 <= len(values) <= _FEW and np.count_nonzero(columns[0].usable) >= needed:
        return "classification", f"{name!r} holds only {len(values)} different whole numbers"
    return "regression", f"{name!r} holds numbers"


def meaning(table: Inspected, choice: Choice) -> Columns:
    """What the columns mean by this choice."""
    task = choice.task or task_found(table, choice.targets)[0]
    classes = table.column(choice.targets[0]).values if task == "classification" else ()
    return Columns(task, choice.inputs, choice.targets, classes, choice.standardise)


def _only_counts(column: Column) -> bool:
    """Whether it is called as columns are that number the rows, and holds a whole number only once."""
    if not _COUNTERS.fullmatch(column.name):
        return False
    known = column.numbers[column.usable]
    return np.unique(known).size == known.size and bool((known == np.floor(known)).all())


def _scales_differ(columns: Sequence[Column]) -> bool:
    """Whether some inputs would drown others, or lie far from 0."""
    numbers = [column.numbers[column.usable] for column in columns]
    deviations = [float(known.std()) for known in numbers]
    if not all(deviations):
        return False
    far = any(abs(float(x.mean())) > _ALIKE * s for x, s in zip(numbers, deviations, strict=True))
    wide = any(float(np.abs(known).max()) > _WIDE for known in numbers)
    return far or wide or max(deviations, default=0.0) > _ALIKE * min(deviations, default=0.0)
