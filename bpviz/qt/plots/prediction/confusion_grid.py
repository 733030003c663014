"""Where the parts of a confusion matrix stand: its cells, the names around them, recall and precision."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

HEAD = 16.0           # the height of the names above, and of precision below
SHARE_WIDTH = 46.0    # of recall, behind the rows
LEAST_HEIGHT = 13.0
_MOST_HEIGHT, _MOST_WIDTH = 26.0, 92.0
_SHORT = 44.0         # of a name above its column, at least
BEFORE = 10.0        # between a name at the left and its row
_TIGHT, _LOOSE = 2.0, 12.0  # around what stands in a cell, at least and where there is room

Place = tuple[int, int]  # row and column; the number of classes instead means recall, or precision


@dataclass(frozen=True, slots=True)
class Sizes:
    """What has to find room: so many classes, their names, the widest count."""

    classes: int
    name: float
    count: float

    @property
    def least(self) -> float:
        """The narrowest matrix that can be read, without recall."""
        return self.name + self.classes * max(self.count + _TIGHT, min(_SHORT, self.name - BEFORE))

    @property
    def natural(self) -> float:
        """With recall and all names."""
        width = min(_MOST_WIDTH, max(self.name, self.count + _LOOSE, 24.0))
        return self.name + self.classes * width + SHARE_WIDTH


@dataclass(frozen=True, slots=True)
class Grid:
    """name: the width of the names at the left. recall and precision: whether these are shown."""

    classes: int
    name: float
    width: float
    height: float
    recall: bool
    precision: bool

    @property
    def full_width(self) -> float:
        return self.name + self.classes * self.width + SHARE_WIDTH * self.recall

    @property
    def full_height(self) -> float:
        return HEAD + self.classes * self.height + HEAD * self.precision

    def box(self, place: Place) -> QRectF:
        """Of a cell, or of a recall or precision; the content's left and top are 0."""
        row, column = place
        width = self.width if column < self.classes else SHARE_WIDTH
        height = self.height if row < self.classes else HEAD
        return QRectF(self.name + column * self.width, HEAD + row * self.height, width, height)

    def name_box(self, row: int) -> QRectF:
        return QRectF(0.0, HEAD + row * self.height, self.name, self.height)

    def head_box(self, column: int) -> QRectF:
        return QRectF(self.name + column * self.width, 0.0, self.width, HEAD)

    def place_at(self, point: QPointF) -> Place | None:
        """What is there; a name stands for all of its row or column."""
        row = self._index(point.y() - HEAD, self.height, self.precision, HEAD)
        column = self._index(point.x() - self.name, self.width, self.recall, SHARE_WIDTH)
        if row is None or column is None or (row < 0 and column < 0):
            return None
        place = (self.classes if row < 0 else row, self.classes if column < 0 else column)
        return None if place == (self.classes, self.classes) else place

    def _index(self, along: float, size: float, share: bool, last: float) -> int | None:
        if along < 0:
            return -1
        index = int(along // size)
        if index < self.classes:
            return index
        return self.classes if share and along < self.classes * size + last else None


def grid_in(sizes: Sizes, width: float, height: float) -> Grid:
    """The grid that suits a room; where it is larger than that, it is scrolled."""
    recall = width >= sizes.least + SHARE_WIDTH
    across = (width - sizes.name - SHARE_WIDTH * recall) / sizes.classes
    down = (height - HEAD) / sizes.classes
    precision = recall and down - HEAD / sizes.classes >= LEAST_HEIGHT
    down -= HEAD * precision / sizes.classes
    return Grid(
        sizes.classes, sizes.name, min(max(sizes.count + _TIGHT, across), _MOST_WIDTH),
        min(max(LEAST_HEIGHT, down), _MOST_HEIGHT), recall, precision,
    )
