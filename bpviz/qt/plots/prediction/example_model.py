"""Examples as the rows of a table, in an order; asked for by the view as far as they are seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from bpviz.engine.arrays import Array
from bpviz.explain.example_columns import Column, Rows, in_order
from bpviz.explain.example_costs import Outcomes
from bpviz.explain.number import number

Index = QModelIndex | QPersistentModelIndex
_MOST_OUTPUTS = 3  # are told in a tip


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """What is listed: of these outcomes those examples that are kept. images: (n, rows, columns), if they are
    some. classes: () for a regression."""

    found: Outcomes
    columns: tuple[Column, ...]
    kept: Rows
    classes: tuple[str, ...]
    images: Array | None

    @property
    def bars(self) -> int:
        """How many outputs there are to be drawn as bars; none for one or two classes, or for very many."""
        return len(self.classes) if 2 < len(self.classes) <= 16 else 0

    def place(self, role: str) -> int:
        """Which column it is."""
        return next(k for k, column in enumerate(self.columns) if column.role == role)


class ExampleModel(QAbstractTableModel):
    """Sorted by the costs at first, the highest at the top."""

    def __init__(self) -> None:
        super().__init__()
        self._listing: Listing | None = None
        self._order: Rows = np.zeros(0, dtype=np.int64)
        self._marks: Mapping[int, bool] = {}
        self._by, self._descending = "cost", True

    @property
    def listing(self) -> Listing | None:
        return self._listing

    @property
    def order(self) -> Rows:
        """Which example stands in each row."""
        return self._order

    @property
    def sorted_by(self) -> tuple[int, bool]:
        """The column, and whether the highest are at the top."""
        return self._place, self._descending

    def show_listing(self, listing: Listing) -> None:
        """Other numbers, or other examples."""
        before = self._listing
        alike = before is not None and self._order.shape == listing.kept.shape
        if alike and before is not None and _heads(before) == _heads(listing):
            self._listing = listing
            self._sort()
            return
        self.beginResetModel()
        self._listing = listing
        self._order = in_order(listing.columns[self._place], self._descending, listing.kept)
        self.endResetModel()

    def mark(self, marks: Mapping[int, bool]) -> None:
        """The examples of this step's batch, each with whether the network shows it."""
        self._marks = marks

    def marked(self, example: int) -> bool | None:
        """Whether the network shows it; None for an example that is not in the batch."""
        return self._marks.get(example)

    def row_of(self, example: int) -> int | None:
        """Where an example stands; None where it is not listed."""
        found = np.flatnonzero(self._order == example)
        return int(found[0]) if len(found) else None

    def sort_by(self, place: int) -> None:
        """By that column; once more, the other way round. Costs begin with the highest, classes do not."""
        assert self._listing is not None
        column = self._listing.columns[place]
        again = place == self._place
        self._descending = not self._descending if again else column.role in ("cost", "output", "residual")
        self._by = column.head
        self._sort()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._listing.columns) - 1)

    def tip(self, example: int) -> str:
        """What an example is, in a sentence."""
        assert self._listing is not None
        listing, found = self._listing, self._listing.found
        no = f"Example {listing.columns[0].text(example)}"
        cost = f"It costs {number(float(found.costs[example]))}."
        if not listing.classes:
            told = "; ".join(f"{c.head} {c.text(example)}" for c in listing.columns if c.role != "number")
            return f"{no}: {told}."
        wanted, seen = (listing.columns[listing.place(role)].text(example) for role in ("wanted", "seen"))
        outputs = found.outputs[example]
        if len(outputs) == 1:
            return f"{no} is {wanted} and seen as {seen}: ŷ is {number(float(outputs[0]))}. {cost}"
        largest = np.argsort(-outputs, kind="stable")[:_MOST_OUTPUTS]
        told = ", ".join(f"{listing.classes[k]} {number(float(outputs[k]))}" for k in largest)
        return f"{no} is {wanted} and seen as {seen}. The largest outputs: {told}. {cost}"

    # -- within ----------------------------------------------------------------------------------------

    @property
    def _place(self) -> int:
        """The column that is sorted by; that of the costs where there is no such column any more."""
        if self._listing is None:
            return 0
        heads = [column.head for column in self._listing.columns]
        return heads.index(self._by if self._by in heads else "cost")

    def _sort(self) -> None:
        assert self._listing is not None
        column = self._listing.columns[self._place]
        self._order = in_order(column, self._descending, self._listing.kept)
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    # -- Qt --------------------------------------------------------------------------------------------

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return len(self._order)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if self._listing is None else len(self._listing.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._listing is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._listing.columns[index.column()].text(int(self._order[index.row()]))
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(int(self._order[index.row()]))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self._listing is None or orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._listing.columns[section].head
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{self._listing.columns[section].tip} Click to sort by it."
        return None


def _heads(listing: Listing) -> tuple[str, ...]:
    return tuple(column.head for column in listing.columns)
