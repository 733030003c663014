"""Where the chips of the memo stand: a row for each layer, the output on top, a column for each quantity."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from bpviz.engine.network import Network
from bpviz.explain.address import INPUT
from bpviz.explain.number import count
from bpviz.explain.part import Part, What
from bpviz.explain.symbol import Names
from bpviz.qt.fonts import SMALL, ui_font
from bpviz.qt.symbol_text import symbol_width

HEAD_SIZE = 10
COLUMNS = (What.WEIGHTED_INPUT, What.ACTIVATION, What.ERROR, What.GRADIENT)
_HEADS = ("weighted\ninput", "activation", "layer\nerror", "gradient")
_ROOMY = 250        # from this width on rows have names; below, their symbols name them
_MOST_TALL = 4      # up to so many layers a chip has two lines
_TALL, _LOW = 38, 23
_GAP_TALL, _GAP_LOW = 5, 3
_BETWEEN = 4        # between columns
_PAD = 4            # left and right of a symbol in its chip
_SIGN = 17          # of a low chip for the sign beside its symbol
_AFTER_LABEL = 6
_HEAD = 27


@dataclass(frozen=True, slots=True)
class Chip:
    """The place of one entry."""

    part: Part
    box: QRectF


@dataclass(frozen=True, slots=True)
class Words:
    """A row's name, or a column's heading."""

    text: str
    box: QRectF


@dataclass(frozen=True, slots=True)
class MemoGrid:
    """Everything in its place. tall: a chip's word stands under its symbol, otherwise beside it."""

    chips: tuple[Chip, ...]
    labels: tuple[Words, ...]
    heads: tuple[Words, ...]
    height: int
    tall: bool

    @property
    def symbol_size(self) -> int:
        return _symbol_size(self.tall)


@dataclass(frozen=True, slots=True)
class _Row:
    """The name of a row and what stands in its columns."""

    name: str
    parts: tuple[Part | None, ...]


def memo_grid(network: Network, names: Names, width: int) -> MemoGrid:
    """The cost stands above the output, the input below the first layer.

    So what is computed rises on the left, turns at the cost, and comes down on the right.
    """
    tall = network.depth <= _MOST_TALL
    rows = _rows(network, names, tall)
    left = _label_width(rows) if width >= _ROOMY else 0.0
    spans = _spans(rows, names, tall, left, width)
    heads = _heads(spans)
    high, gap = (_TALL, _GAP_TALL) if tall else (_LOW, _GAP_LOW)
    top = float(_HEAD if heads else 0)
    chips, labels = [], []
    for row in rows:
        if left:
            labels.append(Words(row.name, QRectF(0, top, left, high)))
        placed = zip(row.parts, spans, strict=True)
        chips += [Chip(part, QRectF(x, top, wide, high)) for part, (x, wide) in placed if part is not None]
        top += high + gap
    return MemoGrid(tuple(chips), tuple(labels), heads, round(top - gap) + 1, tall)


def _rows(network: Network, names: Names, tall: bool) -> tuple[_Row, ...]:
    last = network.depth - 1
    cost = _Row("cost", (None, Part(What.TARGET, last), Part(What.COST, last), None))
    given = _Row("input", (None, Part(What.ACTIVATION, INPUT), None, None))
    layers = [
        _Row(_name(network, names, k, tall), tuple(Part(what, k) for what in COLUMNS))
        for k in reversed(range(network.depth))
    ]
    return cost, *layers, given


def _name(network: Network, names: Names, layer: int, tall: bool) -> str:
    """In a deep network the hidden layers' numbers are enough."""
    if tall or layer == network.depth - 1:
        return names.layer_name(layer)
    return count(layer + 1)


def _label_width(rows: tuple[_Row, ...]) -> float:
    metrics = QFontMetricsF(ui_font(SMALL))
    return math.ceil(max(metrics.horizontalAdvance(row.name) for row in rows)) + _AFTER_LABEL


def _symbol_size(tall: bool) -> int:
    return 15 if tall else 13


def _spans(
    rows: tuple[_Row, ...], names: Names, tall: bool, left: float, width: int
) -> tuple[tuple[float, float], ...]:
    """(x, width) of each column: all alike, but for those whose widest symbol asks for more."""
    columns = zip(*(row.parts for row in rows), strict=True)
    symbols = [[names.of(part) for part in column if part is not None] for column in columns]
    size, room = _symbol_size(tall), width - 1 - left - _BETWEEN * (len(COLUMNS) - 1)
    needs = [2 * _PAD + max(symbol_width(symbol, size) for symbol in column) for column in symbols]
    if not tall and sum(needs) + _SIGN * len(needs) <= room:
        needs = [need + _SIGN for need in needs]
    alike = _level(needs, room)
    spans, x = [], left
    for need in needs:
        end = x + max(need, alike)
        spans.append((float(round(x)), float(round(end) - round(x))))  # on whole pixels edges are sharp
        x = end + _BETWEEN
    return tuple(spans)


def _level(needs: list[float], room: float) -> float:
    """The width to which the narrower columns are raised so that all of them fill the room."""
    for taken in range(len(needs)):
        largest = sorted(needs, reverse=True)[:taken]
        level = (room - sum(largest)) / (len(needs) - taken)
        if level >= max(sorted(needs)[: len(needs) - taken]):
            return level
    return 0.0


def _heads(spans: tuple[tuple[float, float], ...]) -> tuple[Words, ...]:
    """The columns' headings, where there is room for all of them."""
    metrics = QFontMetricsF(ui_font(HEAD_SIZE))
    for head, (_, wide) in zip(_HEADS, spans, strict=True):
        if max(metrics.horizontalAdvance(line) for line in head.split("\n")) > wide + _BETWEEN - 1:
            return ()
    return tuple(
        Words(head, QRectF(x - _BETWEEN, 0, wide + 2 * _BETWEEN, _HEAD - 3))
        for head, (x, wide) in zip(_HEADS, spans, strict=True)
    )
