"""Points drawn by hand: where they lie, what can be taken back, and in which frame they are drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from bpviz.document.dataset import Dataset, written_out
from bpviz.document.history import History
from bpviz.document.rows import CURVE_POINTS, TWO_CLASSES, with_cell, with_point, without_point
from bpviz.document.source import Rows
from bpviz.engine.arrays import Array
from bpviz.qt.data.picture import FRAMES, alike, plane_axis
from bpviz.qt.plots.axis import Axis

MOST_DRAWN = 2_000   # points that a hand can still make sense of
MOST_KINDS = 9       # classes that keys 1 to 9 choose
_UNIT = Axis(-1.0, 1.0)
_FINE = 2_000        # places along an axis: a drawn number has few digits


@dataclass(frozen=True, slots=True)
class Sheet:
    """The points as rows (x1, x2, class) or (x, y), and the axes they are drawn in."""

    rows: Rows
    axes: tuple[Axis, Axis]


class Drawing(QObject):
    """A sheet that can be edited. Changes of one gesture, as a drag, are taken back together."""

    changed = Signal()

    def __init__(self, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._history: History[Sheet] = History()
        self._gesture: object = None

    @property
    def rows(self) -> Rows:
        return self._sheet.rows

    @property
    def axes(self) -> tuple[Axis, Axis]:
        return self._sheet.axes

    @property
    def points(self) -> tuple[tuple[float, float], ...]:
        """x and y of every point."""
        return tuple((row[0], row[1]) for row in self.rows.cells)

    @property
    def touched(self) -> bool:
        """Whether a person has drawn in it."""
        return bool(self._history.done or self._history.undone)

    @property
    def can_undo(self) -> bool:
        return bool(self._history.done)

    @property
    def can_redo(self) -> bool:
        return bool(self._history.undone)

    def kind(self, row: int) -> int:
        """The class of a point, 0 for a curve's."""
        return int(self.rows.cells[row][-1]) if self.rows.columns.classes else 0

    def begin(self, sheet: Sheet) -> None:
        """Another sheet; nothing of it can be taken back."""
        self._sheet, self._history = sheet, History()
        self._settle()

    def put(self, sheet: Sheet, gesture: object = None) -> None:
        """Another sheet as an edit."""
        if gesture is None or gesture is not self._gesture:
            self._history = self._history.pushed("drawing", self._sheet)
        self._gesture, self._sheet = gesture, sheet
        self.changed.emit()

    def clear(self) -> None:
        """No point is left of the data that were drawn on, nor their title; the classes keep their names."""
        fresh = TWO_CLASSES if self.rows.columns.classes else CURVE_POINTS
        self._put_rows(replace(fresh, columns=self.rows.columns))

    def add(self, place: tuple[float, float], kind: int, gesture: object = None) -> None:
        """A point more, at the end; a full sheet stays as it is."""
        if len(self.rows.cells) < MOST_DRAWN:
            cells = self._rounded(place)
            cells = (*cells, float(kind)) if self.rows.columns.classes else cells
            self._put_rows(with_point(self.rows, cells), gesture)

    def move(self, row: int, place: tuple[float, float], gesture: object = None) -> None:
        x, y = self._rounded(place)
        if (x, y) != self.points[row]:
            self._put_rows(with_cell(with_cell(self.rows, row, 0, x), row, 1, y), gesture)

    def remove(self, row: int) -> None:
        if len(self.rows.cells) == 1:
            self.clear()  # a sheet may be empty, though examples that are learned from may not
        else:
            self._put_rows(without_point(self.rows, row))

    def undo(self) -> None:
        if self.can_undo:
            self._history, self._sheet = self._history.undo(self._sheet)
            self._settle()

    def redo(self) -> None:
        if self.can_redo:
            self._history, self._sheet = self._history.redo(self._sheet)
            self._settle()

    # -- within ----------------------------------------------------------------------------------------

    def _put_rows(self, rows: Rows, gesture: object = None) -> None:
        self.put(replace(self._sheet, rows=rows), gesture)

    def _settle(self) -> None:
        self._gesture = None
        self.changed.emit()

    def _rounded(self, place: tuple[float, float]) -> tuple[float, ...]:
        return tuple(_round(value, axis) for value, axis in zip(place, self.axes, strict=True))


def empty_sheet(curve: bool) -> Sheet:
    return Sheet(CURVE_POINTS if curve else TWO_CLASSES, (_UNIT, _UNIT))


def sheet_of(dataset: Dataset) -> Sheet | None:
    """The data set as a sheet, where its examples are points that can be drawn, and few enough."""
    columns = dataset.columns
    plane = columns.task == "classification" and len(columns.inputs) == 2
    curve = columns.task == "regression" and len(columns.inputs) == len(columns.targets) == 1
    if not (plane or curve) or dataset.count > MOST_DRAWN or len(columns.classes) > MOST_KINDS:
        return None
    x, y = dataset.inputs[:, 0], dataset.inputs[:, 1] if plane else dataset.targets[:, 0]
    axes = _drawn_axis(x), _drawn_axis(y)
    if plane and alike(*axes):
        axes = (max(axes, key=lambda axis: axis.high),) * 2
    return Sheet(written_out(dataset, dataset.title), axes)


def _drawn_axis(values: Array) -> Axis:
    """From -1 to 1 where that is enough, else with some room to draw in."""
    half = float(np.abs(values).max())
    frames = (1.0, *(frame for frame in FRAMES if frame == FRAMES[0] or frame > 1.2 * half))
    frame = next((frame for frame in frames if frame >= half), None)
    return plane_axis(values) if frame is None else Axis(-frame, frame)


def _round(value: float, axis: Axis) -> float:
    """To the power of ten of about a thousandth of the axis; never beyond its ends."""
    digits = math.floor(math.log10((axis.high - axis.low) / _FINE))
    return float(min(axis.high, max(axis.low, round(value, -digits))))
