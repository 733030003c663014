"""Where the images of units stand: as large as lets all be seen, in rows that wrap to the room."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

LABEL = 13.0              # above each image: whose it is
GAP = 8.0
_LEAST, _MOST = 30.0, 120.0  # the height of an image


@dataclass(frozen=True, slots=True)
class Tiles:
    """units images of this size, so many to a line."""

    units: int
    columns: int
    width: float
    height: float

    @property
    def full_height(self) -> float:
        """Of all lines, seen or not."""
        return math.ceil(self.units / self.columns) * (self.height + LABEL + GAP) - GAP

    def box(self, unit: int) -> QRectF:
        """The image of a unit, under its label; the first label is at 0."""
        line, column = divmod(unit, self.columns)
        left = 1.0 + column * (self.width + GAP)
        return QRectF(left, line * (self.height + LABEL + GAP) + LABEL, self.width, self.height)

    def unit_at(self, point: QPointF) -> int | None:
        """Whose image, or label, is there."""
        column = math.floor((point.x() - 1.0) / (self.width + GAP))
        line = math.floor(point.y() / (self.height + LABEL + GAP))
        unit = line * self.columns + column
        if not (0 <= column < self.columns and 0 <= unit < self.units):
            return None
        return unit if self.box(unit).adjusted(0, -LABEL, 0, 0).contains(point) else None

    def beside(self, unit: int | None, across: int, down: int) -> int:
        """The next unit in a direction, or the same where there is none; the first from nowhere."""
        if unit is None:
            return 0
        to = unit + across + down * self.columns
        return to if 0 <= to < self.units else unit


def tiles_in(units: int, shape: tuple[int, int], width: float, height: float) -> Tiles:
    """The largest whole multiples of a pixel with which all fit; below the least they are scrolled."""
    rows, columns = shape
    best = None
    for scale in range(max(1, int(_MOST // rows)), 0, -1):
        tall, wide = float(rows * scale), float(columns * scale)
        abreast = max(1, int((width - 2.0 + GAP) // (wide + GAP)))
        best = Tiles(units, min(units, abreast), wide, tall)
        if best.full_height <= height or rows * (scale - 1) < _LEAST:
            break
    assert best is not None
    return best
