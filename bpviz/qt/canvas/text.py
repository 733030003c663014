"""Numbers and symbols on the canvas: how large, how wide, and drawn around a point."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from bpviz.explain.number import compact, number
from bpviz.explain.symbol import Symbol
from bpviz.qt.fonts import number_font
from bpviz.qt.lettering import write
from bpviz.qt.symbol_text import draw_symbol, symbol_width

_DIGIT, _POINT = 0.64, 0.3  # widths of Inter's tabular digits and its point, in sizes
_GAP = 0.35                 # between a symbol and its number, in sizes


# Shared, and so not to be changed: copying a font takes longer than setting it.
_number_font = lru_cache(maxsize=256)(number_font)


def number_width(text: str, size: float) -> float:
    return _width(text) * size


@lru_cache(maxsize=8192)
def _width(text: str) -> float:
    return sum(_POINT if letter in ".,·" else _DIGIT for letter in text)


@lru_cache(maxsize=8192)
def fitting(x: float, room: float, size: float) -> str:
    """The number in as many digits as the room allows."""
    text = number(x)
    if number_width(text, size) <= room:
        return text
    for width in (6, 5, 4):
        text = compact(x, width)
        if number_width(text, size) <= room:
            break
    return text


def centred(
    painter: QPainter, x: float, y: float, text: str, size: float, colour: QColor | str, weight: int = 500
) -> None:
    left, baseline = _around(text, size, weight)
    painter.setFont(_number_font(size, weight))
    painter.setPen(QColor(colour))
    write(painter, QPointF(x + left, y + baseline), text)


@lru_cache(maxsize=8192)
def _around(text: str, size: float, weight: int) -> tuple[float, float]:
    """Where the text begins so that it stands around a point."""
    metrics = QFontMetricsF(_number_font(size, weight))
    return -metrics.horizontalAdvance(text) / 2, (metrics.ascent() - metrics.descent()) / 2


def labelled_width(symbol: Symbol, text: str, size: float) -> float:
    return symbol_width(symbol, size * 1.15) + _GAP * size + number_width(text, size)


def labelled(
    painter: QPainter,
    x: float,
    baseline: float,
    symbol: Symbol,
    text: str,
    size: float,
    inks: tuple[QColor | str, QColor | str],
    weight: int = 600,
) -> float:
    """A symbol and its number, left-aligned at x; returns the width."""
    wide = draw_symbol(painter, x, baseline, symbol, size * 1.15, inks[0]) + _GAP * size
    painter.setFont(_number_font(size, weight))
    painter.setPen(QColor(inks[1]))
    write(painter, QPointF(x + wide, baseline), text)
    return wide + number_width(text, size)


def labelled_centred(
    painter: QPainter,
    x: float,
    baseline: float,
    symbol: Symbol,
    text: str,
    size: float,
    inks: tuple[QColor | str, QColor | str],
    weight: int = 600,
) -> None:
    labelled(painter, x - labelled_width(symbol, text, size) / 2, baseline, symbol, text, size, inks, weight)
