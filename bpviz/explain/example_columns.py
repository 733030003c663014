"""The columns in which examples are listed: what they are, what the network makes of them, what they cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array
from bpviz.explain.example_costs import Outcomes
from bpviz.explain.number import count, number
from bpviz.explain.table import Cell, Table

Role = Literal["number", "wanted", "seen", "target", "output", "residual", "cost", "input"]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """values (n,): what it is sorted by. words: what whole numbers among these stand for."""

    role: Role
    head: str
    tip: str
    values: Array
    words: tuple[str, ...] = ()

    def text(self, example: int) -> str:
        value = self.values[example]
        if self.words:
            return self.words[int(value)]
        return count(int(value)) if self.role == "number" else number(float(value))

    def cell(self, example: int) -> Cell:
        """The same with all its digits."""
        value = self.values[example]
        if self.words:
            return self.words[int(value)]
        return int(value) if self.role == "number" else float(value)


@dataclass(frozen=True, slots=True)
class Heads:
    """What the data call their columns. classes: () for a regression."""

    classes: tuple[str, ...]
    inputs: tuple[str, ...]
    targets: tuple[str, ...]


def columns_of(found: Outcomes, rows: Rows, heads: Heads) -> tuple[Column, ...]:
    """rows (n,): which row of the data each example is, from 0."""
    number_tip = "Its row in the data, counted from 1."
    first = Column("number", "No.", number_tip, (rows + 1).astype(np.float64))
    told = _class_columns(found, heads) if heads.classes else _target_columns(found, heads)
    last = Column("cost", "cost", "The cost of this example; their mean is the cost of the set.", found.costs)
    return (first, *told, last, *_input_columns(found, heads))


def in_order(column: Column, descending: bool, kept: Rows) -> Rows:
    """The kept examples sorted by a column; what is equal stays as it was, what is unknown comes last."""
    values = column.values[kept]
    order = np.argsort(-values if descending else values, kind="stable")
    return np.asarray(kept[order], dtype=np.int64)


def listed(columns: tuple[Column, ...], order: Rows) -> Table:
    """The examples as numbers, in an order."""
    rows = tuple(tuple(column.cell(example) for column in columns) for example in order.tolist())
    return Table("Examples", tuple(column.head for column in columns), rows)


def _class_columns(found: Outcomes, heads: Heads) -> tuple[Column, ...]:
    if found.outputs.shape[1] == 1:
        no, yes = heads.classes
        output = found.outputs[:, 0]
        tip = f"The output: from 0.5 on it is seen as {yes}, below as {no}."
    else:
        output = found.outputs.max(axis=1)
        tip = "The largest output: its class is seen. The bars are all outputs; its own class's has a foot."
    return (
        Column("wanted", "class", "Its class in the data.", found.wanted.astype(np.float64), heads.classes),
        Column("seen", "seen as", "The class that the network takes it for. A cross says that it is another.",
               found.seen.astype(np.float64), heads.classes),
        Column("output", "ŷ", tip, output),
    )  # fmt: skip


def _target_columns(found: Outcomes, heads: Heads) -> tuple[Column, ...]:
    targets, outputs, made = found.examples.targets, found.outputs, []
    for k, name in enumerate(heads.targets):
        of = f" {name}" if len(heads.targets) > 1 else ""
        residual = outputs[:, k] - targets[:, k]
        made += [
            Column("target", f"y{of}", f"What {name} is in the data: the target.", targets[:, k]),
            Column("output", f"ŷ{of}", f"What the network makes of {name}: the prediction.", outputs[:, k]),
            Column("residual", f"ŷ−y{of}", "The residual: prediction minus target.", residual),
        ]
    return tuple(made)


def _input_columns(found: Outcomes, heads: Heads) -> tuple[Column, ...]:
    inputs = found.examples.inputs
    return tuple(
        Column("input", name, f"The input {name}, as the network sees it.", inputs[:, k])
        for k, name in enumerate(heads.inputs)
    )
