"""Where the network stands: columns of nodes in a picture of a given size, tall layers folded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bpviz.engine.arrays import Array, frozen
from bpviz.engine.network import Network
from bpviz.explain.address import INPUT, Node

UNFOLDED = 16        # up to so many units a layer is never folded
_ENDS = (6, 5)       # of a folded layer: its first and its last units
SEVERAL = 8          # up to so many units a layer every number is written
_RADIUS = 42.0       # of a node with all the room it wants
_GAP = 215.0         # between columns with all the room they want
_SMALL = 5.0
_CHAIN = 95.0        # a smaller column gap leaves numbers no room beside their symbols

# Nodes that show a heat map: a square, and their numbers right of it.
_MAP_RADIUS = 31.0   # half the square's side, with all the room it wants
_CARD_SHARE = 0.25   # half the whole node of the gap between columns, at most
_LEAST_CARD = 11.0   # a smaller map rather has no numbers beside it,
_GOOD_CARD = 24.0    # and a larger one gives them what they need
_CARD = 50.0         # half of the widest node
_WORDS = (28.0, 34.0, 72.0)  # room for numbers: the least that is of use, what they need, the most
_TWO_LINES = 9.5     # radius from which Z and the activation stand one above the other
_CORNER = (2.0, 0.14)        # radius of its corners, in pixels and radii
_LEAST_MAP = 17.0    # a smaller radius takes the line of bias and error for itself

# Room kept for what is written, in pixels.
_ABOVE = 46.0        # a lone node's error
_EDGE = 12.0
_BELOW = 40.0        # captions
_NOTE = 20.0         # what a picture with many units says it leaves out
_LINE = 12.0         # one line of numbers
_CARD_LINE = 14.0    # the same below a rectangle, whose corners give no room
_BARE = 2.0          # between nodes without such a line
_AIR = 37.0          # an error above and a bias below each node
_RIGHT = 116.0       # targets and cost
RING = (0.1, 2.4)    # a ring reaches so many radii and so many pixels beyond its node


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
    """A node is a stadium: half_width to either side, radius up and down; a circle when both are equal.

    Where nodes show maps it is a rectangle: a square of twice the radius, and `beside` it what is written.
    """

    width: float
    height: float
    radius: float
    half_width: float
    columns: tuple[Column, ...]  # the inputs first
    detailed: bool               # few enough units for every number to be written
    unfolded: bool               # a layer that would be folded is drawn whole
    roomy: bool                  # errors stand above nodes and biases below, not both on one line
    lined: bool = True           # biases and errors are written, if anything is
    mapped: bool = False

    def column(self, layer: int) -> Column:
        return self.columns[layer + 1]

    def position(self, node: Node) -> tuple[float, float] | None:
        """The centre of a node, or None where it is folded away."""
        x, y = self.columns[node.layer + 1].where[node.unit]
        return None if np.isnan(x) else (float(x), float(y))

    @property
    def reach(self) -> float:
        """From a node's centre to the outer rim of its ring, upwards."""
        return self.radius * (1 + RING[0]) + RING[1]

    @property
    def corner(self) -> float:
        """How round nodes are."""
        pixels, share = _CORNER
        return min(self.radius, pixels + share * self.radius) if self.mapped else self.radius

    @property
    def beside(self) -> float:
        """The width that is left right of a node's map; nothing without maps, or where columns are narrow."""
        return 2 * (self.half_width - self.radius) if self.mapped else 0.0

    @property
    def chain(self) -> bool:
        """Whether columns stand so close that numbers and symbols are apart."""
        return self.columns[1].x - self.columns[0].x < _CHAIN

    @property
    def folded(self) -> int:
        """How many units are not drawn."""
        return sum(column.hidden for column in self.columns)


def natural_scale(width: float, height: float) -> float:
    """How much larger everything is drawn where there is room to spare, or smaller where there is little.

    Text grows and shrinks with it; 1 between 580 x 310 and 700 x 390 pixels.
    """
    roomy = min(2.5, width / 700.0, height / 390.0)
    tight = max(0.6, min(1.0, width / 580.0, height / 310.0))
    return roomy if roomy > 1.0 else tight


def place(
    network: Network,
    width: float,
    height: float,
    *,
    image_shape: tuple[int, int] | None = None,
    unfolded: frozenset[int] = frozenset(),
    zoom: float = 1.0,
    mapped: bool = False,
) -> Layout:
    """The layout of a network in a picture of width x height; zoom lets nodes grow beyond their usual size.

    image_shape draws the inputs as an image of so many rows and columns. unfolded names the layers that
    are drawn whole however tall they are. mapped gives nodes room for heat maps.
    """
    sizes = network.sizes
    grid = image_shape if image_shape is not None and image_shape[0] * image_shape[1] == sizes[0] else None
    shown = [_shown(units, layer in unfolded) for layer, units in enumerate(sizes, start=INPUT)]
    slots = [len(s) + (len(s) < n) for s, n in zip(shown, sizes, strict=True)]
    rows = max(slots[1:] if grid else slots)
    detailed = max(sizes) <= SEVERAL
    unfolded_here = any(units > UNFOLDED and k - 1 in unfolded for k, units in enumerate(sizes))
    gap, left = _across(width, len(sizes), (_CARD if mapped else _RADIUS) * zoom, zoom)
    nodes = _cards if mapped else _stadiums
    radius, half_width, roomy, lined = nodes(height, gap, rows, detailed, zoom)
    below = _BELOW + (_NOTE if not detailed else _LINE if lined else 0.0)
    above = _EDGE + (_LINE if lined and gap < _CHAIN else 0.0)  # in a chain errors always stand above
    band = (_ABOVE if roomy else above, height - below)
    columns = []
    for k, units in enumerate(sizes):
        x = left + k * gap
        if k == 0 and grid:
            columns.append(_image(x, band, grid, gap))
        else:
            columns.append(_column(k - 1, x, band, units, shown[k], radius))
    drawn = (detailed, unfolded_here, roomy, lined, mapped)
    return Layout(width, height, radius, half_width, tuple(columns), *drawn)


def _shown(units: int, whole: bool) -> tuple[int, ...]:
    if whole or units <= UNFOLDED:
        return tuple(range(units))
    first, last = _ENDS
    return (*range(first), *range(units - last, units))


def _across(width: float, count: int, widest: float, zoom: float) -> tuple[float, float]:
    """The gap between columns and where the first stands; targets and cost stand right of the last."""
    rough = width / count
    half = min(widest, rough * 0.3)
    left = half + 14.0 if rough > _CHAIN else 54.0
    gap = min((width - left - half - _RIGHT) / (count - 1), _GAP * zoom)
    spare = width - left - half - _RIGHT - gap * (count - 1)
    return gap, left + spare * 0.54


_Nodes = tuple[float, float, bool, bool]  # radius, half width, roomy, lined


def _stadiums(height: float, gap: float, rows: int, detailed: bool, zoom: float) -> _Nodes:
    radius, roomy = _radius(height, rows, detailed, _LINE if detailed else _BARE, _RADIUS * zoom)
    radius = min(radius, gap * 0.36)
    return radius, max(radius, min(gap * 0.2, 36.0 * zoom)), roomy, detailed


def _cards(height: float, gap: float, rows: int, detailed: bool, zoom: float) -> _Nodes:
    """Rather a larger map than a line below it."""
    largest = _MAP_RADIUS * zoom
    radius, roomy = _radius(height, rows, detailed, _CARD_LINE, largest)
    lined = detailed and (roomy or radius >= _LEAST_MAP)
    if not lined:
        radius, roomy = _radius(height, rows, detailed, _BARE, largest)
    least, needed, most = _WORDS
    widest = gap * _CARD_SHARE
    if radius < _TWO_LINES or widest < _LEAST_CARD + least / 2:
        radius = min(radius, widest)
        return radius, radius, roomy, lined
    room = needed if widest - needed / 2 >= _GOOD_CARD else least
    radius = min(radius, widest - room / 2)
    return radius, min(radius + min(max(needed, 1.2 * radius), most) / 2, widest), roomy, lined


def _radius(height: float, rows: int, detailed: bool, line: float, largest: float) -> tuple[float, bool]:
    """How large a node can be, and whether there is room above and below each for its numbers."""
    share, rim = 2 * (1 + RING[0]), 2 * RING[1]
    roomy = ((height - _ABOVE - _BELOW - _LINE + _AIR) / rows - _AIR - rim) / share
    pitch = (height - _EDGE - _BELOW - (0.0 if detailed else _NOTE)) / rows
    tight = min(largest, (pitch - line - rim) / share)
    if detailed and min(largest, roomy) >= max(22.0, 0.75 * tight):
        return min(largest, roomy), True
    # Where not even rings stand apart, nodes still do.
    return max(min(_SMALL, pitch * 0.42), tight), False


def _column(
    layer: int, x: float, band: tuple[float, float], units: int, shown: tuple[int, ...], radius: float
) -> Column:
    where = np.full((units, 2), np.nan)
    hidden = units - len(shown)
    slots = len(shown) + (hidden > 0)
    reach = radius * (1 + RING[0]) + RING[1]
    top, bottom = band[0] + reach, band[1] - reach
    step = min((bottom - top) / max(slots - 1, 1), 2 * reach + 58.0)
    ys = (top + bottom) / 2 + (np.arange(slots) - (slots - 1) / 2) * step
    gap = None
    if hidden:
        gap = (x, float(ys[_ENDS[0]]))
        ys = np.delete(ys, _ENDS[0])
    where[list(shown), 0] = x
    where[list(shown), 1] = ys
    return Column(layer, x, frozen(where), shown, hidden, gap)


def _image(x: float, band: tuple[float, float], shape: tuple[int, int], gap: float) -> Column:
    """The inputs as pixels, row by row as in the data."""
    rows, across = shape
    cell = min(gap * 0.66 / across, (band[1] - band[0]) / rows, 26.0)
    centre = max(x, cell * across / 2 + 16.0)
    r, c = np.divmod(np.arange(rows * across), across)
    ys = (band[0] + band[1]) / 2 + (r - (rows - 1) / 2) * cell
    where = np.stack([centre + (c - (across - 1) / 2) * cell, ys], axis=1)
    return Column(INPUT, centre, frozen(where), tuple(range(rows * across)), 0, None, float(cell))
