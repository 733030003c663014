"""Where the network stands: columns of nodes in a picture of a given size, tall layers folded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bpviz.engine.arrays import Array, frozen
from bpviz.engine.network import Network
from bpviz.explain.address import INPUT, Node

UNFOLDED = 16        # up to so many units a layer is never folded
_ENDS = (6, 5)       # of a folded layer: its first and its last units
_RADIUS = 42.0       # of a node with all the room it wants
_TOP, _BOTTOM = 46.0, 62.0
_SEVERAL = 8         # up to so many units a layer every number is written


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One layer, or the inputs. `where` holds the centre of each unit, (units, 2); NaN where it is folded."""

    layer: int
    x: float
    where: Array
    shown: tuple[int, ...]
    hidden: int
    gap: tuple[float, float] | None  # where the ellipsis of a folded layer stands
    cell: float = 0.0                # side of a pixel when the column is an image

    @property
    def is_image(self) -> bool:
        return self.cell > 0


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """A node is a stadium: half_width to either side, radius up and down; a circle when both are equal."""

    width: float
    height: float
    radius: float
    half_width: float
    columns: tuple[Column, ...]  # the inputs first
    detailed: bool               # few enough units for every number to be written

    def column(self, layer: int) -> Column:
        return self.columns[layer + 1]

    def position(self, node: Node) -> tuple[float, float] | None:
        """The centre of a node, or None where it is folded away."""
        x, y = self.columns[node.layer + 1].where[node.unit]
        return None if np.isnan(x) else (float(x), float(y))

    @property
    def folded(self) -> int:
        """How many units are not drawn."""
        return sum(column.hidden for column in self.columns)


def place(
    network: Network,
    width: float,
    height: float,
    *,
    image_shape: tuple[int, int] | None = None,
    unfolded: frozenset[int] = frozenset(),
    zoom: float = 1.0,
) -> Layout:
    """The layout of a network in a picture of width x height; zoom lets nodes grow beyond their usual size.

    image_shape draws the inputs as an image of so many rows and columns. unfolded names the layers that
    are drawn whole however tall they are.
    """
    sizes = network.sizes
    grid = image_shape if image_shape is not None and image_shape[0] * image_shape[1] == sizes[0] else None
    shown = [_shown(units, layer in unfolded) for layer, units in enumerate(sizes, start=INPUT)]
    rows = max(len(s) + (len(s) < n) for k, (s, n) in enumerate(zip(shown, sizes, strict=True)) if k or not grid)
    gap = _column_gap(width, len(sizes))
    row_gap = (height - _TOP - _BOTTOM) / max(rows, 1)
    radius = max(5.0, min(_RADIUS * zoom, row_gap * _share(rows), gap * 0.36))
    half_width = max(radius, min(gap * 0.2, 36.0 * zoom))
    left = _left(gap, half_width)
    columns = []
    for k, units in enumerate(sizes):
        x = left + k * gap
        if k == 0 and grid:
            columns.append(_image(x, height, grid, gap, half_width))
        else:
            columns.append(_column(k - 1, x, height, units, shown[k], row_gap, radius))
    detailed = max(sizes[1:]) <= _SEVERAL and (sizes[0] <= _SEVERAL)
    return Layout(width, height, radius, half_width, tuple(columns), detailed)


def _shown(units: int, whole: bool) -> tuple[int, ...]:
    if whole or units <= UNFOLDED:
        return tuple(range(units))
    first, last = _ENDS
    return (*range(first), *range(units - last, units))


def _share(rows: int) -> float:
    """How much of a row a radius takes: more where rows are few, less where text stands between them."""
    return 0.34 if rows > 2 else 0.28


def _column_gap(width: float, count: int) -> float:
    """Between neighbouring columns; at the right there is room for the targets and the cost."""
    return width / (count - 1 + 1.1) if count <= 4 else (width - 118.0) / (count - 1 + 0.35)


def _left(gap: float, half_width: float) -> float:
    return max(half_width + 14.0, gap * 0.36)


def _column(
    layer: int, x: float, height: float, units: int, shown: tuple[int, ...], row_gap: float, radius: float
) -> Column:
    where = np.full((units, 2), np.nan)
    hidden = units - len(shown)
    slots = len(shown) + (hidden > 0)
    middle = (_TOP + height - _BOTTOM) / 2
    step = min(row_gap, radius * 3.6 + 26.0) if slots > 1 else row_gap
    ys = middle + (np.arange(slots) - (slots - 1) / 2) * step
    gap = None
    if hidden:
        gap = (x, float(ys[_ENDS[0]]))
        ys = np.delete(ys, _ENDS[0])
    where[list(shown), 0] = x
    where[list(shown), 1] = ys
    return Column(layer, x, frozen(where), shown, hidden, gap)


def _image(x: float, height: float, shape: tuple[int, int], gap: float, half_width: float) -> Column:
    """The inputs as pixels, row by row as in the data."""
    rows, across = shape
    middle = (_TOP + height - _BOTTOM) / 2
    cell = min(gap * 0.72 / across, (height - _TOP - _BOTTOM) / rows, 26.0)
    centre = max(x, cell * across / 2 + 16.0)
    r, c = np.divmod(np.arange(rows * across), across)
    where = np.stack([centre + (c - (across - 1) / 2) * cell, middle + (r - (rows - 1) / 2) * cell], axis=1)
    return Column(INPUT, centre, frozen(where), tuple(range(rows * across)), 0, None, float(cell))
