"""How a surface of costs looks: its colours, its scale of heights, its lines of equal cost."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import contourpy
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from bpviz.engine.arrays import Array
from bpviz.explain.cost_surface import Surface, Window
from bpviz.qt.palette import Palette, blend, contrast, mixed
from bpviz.qt.plots.axis import Axis
from bpviz.qt.shades import Shades, shaded

MOST_LINES = 9
_STEPS = 256
_LOG_FROM = 20.0        # the highest cost over the lowest, from which equal ratios are equally far apart
_DECADES = 1e-4         # of the highest cost; what is lower looks as if it were this
_PIXELS = (480, 160)    # of the picture: between the places of the grid it is interpolated
_APART, _CLEAR = 46.0, 22.0   # pixels between the middles of numbers, and from what they are not to cover
_TRIED = 60             # places on a line, at most about, that are tried for its number
_LINE = 0.28            # of the way from the ground's colour to ink or paper


@lru_cache(maxsize=8)
def cost_shades(palette: Palette) -> Shades:
    """The lowest is dark, the highest light, in both themes."""
    stops = _STOPS[palette.dark]
    places = np.linspace(0.0, len(stops) - 1, _STEPS)
    colours = []
    for place in places:
        k = min(int(place), len(stops) - 2)
        low, high = (mixed(palette.accent, ground, share) for ground, share in stops[k : k + 2])
        colours.append(tuple(bytes.fromhex(mixed(low, high, place - k)[1:])))
    return np.array(colours, dtype=np.uint8)


# By whether the theme is dark: what the accent is mixed with, and how much of that.
_STOPS: dict[bool, tuple[tuple[str, float], ...]] = {
    False: (("#0b1230", 0.62), ("#ffffff", 0.22), ("#ffffff", 0.66), ("#ffffff", 0.94)),
    True: (("#05070d", 0.92), ("#0b1230", 0.72), ("#0b1230", 0.50), ("#0b1230", 0.28)),
}


def height_axis(surface: Surface) -> Axis | None:
    """The scale of its heights, logarithmic where they span much; None where no cost is finite."""
    low, high = surface.low, surface.high
    if math.isnan(low):
        return None
    if high <= low:
        return Axis(low, low + max(abs(low), 1.0) * 1e-6)
    if low >= 0 and high > _LOG_FROM * low:
        return Axis(math.log10(max(low, _DECADES * high)), math.log10(high), log=True)
    return Axis(low, high)


def shade_at(palette: Palette, axis: Axis, cost: float) -> QColor:
    """The colour of one cost."""
    place = round(min(1.0, max(0.0, axis.share(cost))) * (_STEPS - 1))
    return QColor(*(int(channel) for channel in cost_shades(palette)[place]))


def line_at(palette: Palette, axis: Axis, cost: float) -> QColor:
    """The colour of a line of equal cost: darker than light ground and lighter than dark ground."""
    ground = shade_at(palette, axis, cost).name()
    pull = "#ffffff" if contrast(ground, "#ffffff") > contrast(ground, "#000000") else "#000000"
    return blend(ground, pull, _LINE)


def picture_of(surface: Surface, axis: Axis, palette: Palette) -> NDArray[np.uint8]:
    """Colours (rows, columns, 3), the lowest row first; what is no finite cost is as light as the highest."""
    with np.errstate(invalid="ignore"):
        heights = np.nan_to_num(axis.place(surface.costs), nan=axis.high)
    columns, rows = _PIXELS
    return shaded(_finer(_finer(heights, rows).T, columns).T, axis.low, axis.high, cost_shades(palette))


@dataclass(frozen=True, slots=True, eq=False)
class Contour:
    """Where the cost is `level`: one or more lines of points (n, 2)."""

    level: float
    text: str
    lines: tuple[Array, ...]

    def joined(self) -> tuple[Array, NDArray[np.bool_]]:
        """All points, and for each whether a line leads on to the next."""
        leads = [np.arange(len(line)) < len(line) - 1 for line in self.lines]
        return np.concatenate(self.lines), np.concatenate(leads)


def contours(surface: Surface, axis: Axis) -> tuple[Contour, ...]:
    """Lines of equal cost at round numbers, evenly over the scale."""
    heights = np.ma.masked_invalid(axis.place(surface.costs))
    made = contourpy.contour_generator(surface.x, surface.y, heights, line_type=contourpy.LineType.Separate)
    found = []
    for level, text in axis.ticks(MOST_LINES):
        height = float(axis.place(np.asarray(level)))
        if axis.low < height < axis.high:
            lines = tuple(line for line in made.lines(height) if isinstance(line, np.ndarray))
            found.append(Contour(level, text, lines))
    return tuple(contour for contour in found if contour.lines)


def label_places(
    drawn: Sequence[Contour], scale: tuple[float, float], inside: Window, kept: Array
) -> list[tuple[Contour, float, float]]:
    """Where a number stands on a line: at most one on each, clear of each other and of what is kept (n, 2).

    scale: pixels for a unit of x and of y. inside: where numbers may be.
    """
    found: list[tuple[Contour, float, float]] = []
    taken = np.column_stack([kept * scale, np.full(len(kept), _CLEAR)])
    for contour in drawn:
        points = max(contour.lines, key=len)
        x, y = points.T
        points = points[(inside.left < x) & (x < inside.right) & (inside.bottom < y) & (y < inside.top)]
        points = points[:: 1 + len(points) // _TRIED]
        free = _free(points * scale, taken)
        if free.size:
            at = points[free[free.size // 2]]
            taken = np.vstack([taken, [*(at * scale), _APART]])
            found.append((contour, float(at[0]), float(at[1])))
    return found


def _free(points: Array, taken: Array) -> NDArray[np.intp]:
    """The points (n, 2) as far as taken (m, 3) says from each of its places; a number is wider than high."""
    across = points[:, None, 0] - taken[None, :, 0]
    up = 2 * (points[:, None, 1] - taken[None, :, 1])
    return np.flatnonzero((np.hypot(across, up) > taken[:, 2]).all(axis=1))


def _finer(values: Array, rows: int) -> Array:
    """So many rows, between those there are."""
    places = (np.arange(rows) + 0.5) / rows * (len(values) - 1)
    below = places.astype(np.intp)
    share = (places - below)[:, None]
    finer: Array = values[below] * (1 - share) + values[np.minimum(below + 1, len(values) - 1)] * share
    return finer
