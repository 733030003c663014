"""What is drawn in one go: things of one shade, so that few pens and brushes are set."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainter
from shiboken6 import Shiboken

from bpviz.engine.arrays import Array

Shades = NDArray[np.intp]


class Groups:
    """Things in the order of their shades, the weakest first, of +-n the negative; `order`: their indices."""

    def __init__(self, shades: Shades) -> None:
        self.order = np.argsort(2 * np.abs(shades) + (shades > 0), kind="stable")
        self._sorted = shades[self.order]

    def __iter__(self) -> Iterator[tuple[int, slice]]:
        """Each shade that occurs, and where it is in that order."""
        inner = (np.flatnonzero(np.diff(self._sorted)) + 1).tolist()
        for start, end in pairwise((0, *inner, len(self._sorted))):
            if start < end:
                yield int(self._sorted[start]), slice(start, end)


def draw_lines(painter: QPainter, lines: Array) -> None:
    """Draw lines (n, 4) in the painter's pen, from the array's own memory.

    A QLineF is four doubles, as a row is. Making one object a line takes a third as long as drawing them.
    """
    rows = np.ascontiguousarray(lines, dtype=np.float64)
    if len(rows):
        first = Shiboken.wrapInstance(rows.__array_interface__["data"][0], QLineF)
        painter.drawLines(first, len(rows))  # type: ignore[call-overload]  # what mypy knows is an object
