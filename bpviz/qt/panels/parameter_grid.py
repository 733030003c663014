"""Where every weight and bias stands in the table of parameters: pure places, no numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from PySide6.QtCore import QRect

from bpviz.engine.network import Network
from bpviz.explain.address import Address, Edge, Node
from bpviz.explain.symbol import Names, Symbol

MOST_LISTED = 8     # units or inputs of a layer up to which every number is listed
LINE = 19
_HEAD = 38          # for the symbols at the beginning of a line
_ROOMY = 280        # pixels from which on numbers may be longer
_COLUMNS = {6: 47, 7: 53}  # characters of a number to the narrowest column that holds them
_BETWEEN_BLOCKS = 5
_BETWEEN_LAYERS = 13


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of one weight (an Edge) or one bias (a Node)."""

    box: QRect
    address: Address


@dataclass(frozen=True, slots=True)
class Heading:
    """A symbol with a small index (or size) behind it; on the right of its box, or on the left."""

    box: QRect
    symbol: Symbol
    index: str
    right: bool


@dataclass(frozen=True, slots=True)
class Range:
    """Where a layer too large to list says from where to where its weights, or its biases, go."""

    box: QRect
    layer: int
    of_bias: bool


@dataclass(slots=True)
class Grid:
    """All places, and how tall they are together."""

    cells: list[Cell] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    ranges: list[Range] = field(default_factory=list)
    height: int = 0
    digits: int = 6     # characters for which a column has room


@lru_cache(maxsize=32)
def grid(network: Network, width: int) -> Grid:
    """The table of a network's parameters within so many pixels. Rows are inputs, columns units."""
    made = Grid(digits=7 if width >= _ROOMY else 6)
    maker = _Maker(network, Names(network), width, made)
    for k in range(network.depth):
        inputs, units = network.sizes[k], network.sizes[k + 1]
        if inputs > MOST_LISTED or units > MOST_LISTED:
            maker.large(k)
        elif inputs == 1 and units == 1:
            maker.single(k)
        else:
            maker.table(k)
    made.height = maker.y
    return made


def neighbour(made: Grid, address: Address | None, step: tuple[int, int]) -> Address | None:
    """The nearest number in a direction, (1, 0) to the right and (0, 1) down; from nowhere the first one."""
    at = next((cell.box.center() for cell in made.cells if cell.address == address), None)
    if at is None:
        return made.cells[0].address if made.cells else None
    ahead: list[tuple[int, int]] = []
    for k, cell in enumerate(made.cells):
        away = cell.box.center() - at
        along, aside = away.x() * step[0] + away.y() * step[1], away.x() * step[1] + away.y() * step[0]
        if along > 0 and (step[1] or abs(aside) < LINE):
            ahead.append((along + 4 * abs(aside), k))
    return made.cells[min(ahead)[1]].address if ahead else address


@dataclass(slots=True)
class _Maker:
    network: Network
    names: Names
    width: int
    made: Grid
    y: int = 0
    before: str = ""

    def single(self, k: int) -> None:
        """A lone weight and its bias share a line; such lines stand close."""
        self._part("single")
        biased = any(layer.bias for layer in self.network.layers)
        half = self.width // 2
        self._heading(0, _HEAD, self.names.weight(k), "")
        self._cell(_HEAD, (half - 8 if biased else self.width) - _HEAD, Edge(k, 0, 0))
        if self.network.layers[k].bias:
            self._heading(half + 8, _HEAD, self.names.bias(k), "")
            self._cell(half + 8 + _HEAD, self.width - half - 8 - _HEAD, Node(k, 0))
        self.y += LINE + 3

    def table(self, k: int) -> None:
        """Rows of weights under their units, biases last; units that find no room begin a new block."""
        self._part("table")
        units = self.network.sizes[k + 1]
        narrowest = _COLUMNS[self.made.digits]
        fitting = max(1, (self.width - _HEAD) // narrowest)
        blocks = -(-units // fitting)
        each = -(-units // blocks)
        column = min((self.width - _HEAD) // each, 2 * narrowest)
        for first in range(0, units, each):
            if first:
                self.y += _BETWEEN_BLOCKS
            self._block(k, range(first, min(first + each, units)), column)

    def large(self, k: int) -> None:
        """Size and range, for layers with too many numbers to list."""
        self._part("large")
        inputs, units = self.network.sizes[k], self.network.sizes[k + 1]
        size = f"{inputs} × {units}"
        self._heading(0, self.width // 2 - 8, self.names.weight(k), size)
        self._range(k, False)
        if self.network.layers[k].bias:
            self._heading(0, self.width // 2 - 8, self.names.bias(k), f"{units}")
            self._range(k, True)

    def _block(self, k: int, units: range, column: int) -> None:
        inputs = self.network.sizes[k]
        self._heading(0, _HEAD, self.names.weight(k), "")
        for place, unit in enumerate(units):
            index = str(unit + 1) if self.network.sizes[k + 1] > 1 else ""
            self._heading(_HEAD + place * column, column, self.names.activation(k), index, right=True)
        self.y += LINE
        for source in range(inputs):
            self._heading(0, _HEAD, self.names.activation(k - 1), str(source + 1) if inputs > 1 else "")
            for place, unit in enumerate(units):
                self._cell(_HEAD + place * column, column, Edge(k, source, unit))
            self.y += LINE
        if self.network.layers[k].bias:
            self._heading(0, _HEAD, self.names.bias(k), "")
            for place, unit in enumerate(units):
                self._cell(_HEAD + place * column, column, Node(k, unit))
            self.y += LINE

    def _part(self, kind: str) -> None:
        if self.before and not self.before == kind == "single":
            self.y += _BETWEEN_LAYERS
        self.before = kind

    def _heading(self, x: int, width: int, symbol: Symbol, index: str, right: bool = False) -> None:
        self.made.headings.append(Heading(QRect(x, self.y, width, LINE), symbol, index, right))

    def _cell(self, x: int, width: int, address: Address) -> None:
        self.made.cells.append(Cell(QRect(x, self.y, width, LINE), address))

    def _range(self, k: int, of_bias: bool) -> None:
        half = self.width // 2 - 8
        self.made.ranges.append(Range(QRect(half, self.y, self.width - half, LINE), k, of_bias))
        self.y += LINE + 2
