"""Numbers and symbols on the canvas: how large, how wide, and drawn around a point."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from bpviz.explain.number import compact, number
from bpviz.explain.symbol import Symbol
from bpviz.qt.fonts import number_font
from bpviz.qt.lettering import Glyphs, glyphs, write_glyphs
from bpviz.qt.palette import shared_colour
from bpviz.qt.symbol_text import SetSymbol, draw_set, set_symbol

_DIGIT, _POINT = 0.64, 0.3  # widths of Inter's tabular digits and its point, in sizes
_GAP = 0.35                 # between a symbol and its number, in sizes
_SYMBOL = 1.15              # size of a symbol beside a number, in the number's size


@dataclass(frozen=True, slots=True, eq=False)
class SetText:
    """A text that has been set, and where it begins so that it stands around a point."""

    letters: Glyphs
    left: float
    baseline: float


def set_text(text: str, font: QFont) -> SetText:
    metrics = QFontMetricsF(font)
    left, baseline = -metrics.horizontalAdvance(text) / 2, (metrics.ascent() - metrics.descent()) / 2
    return SetText(glyphs(text, font), left, baseline)


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
    painter: QPainter, x: float, y: float, text: str, size: float, ink: str, weight: int = 500
) -> None:
    made = _set_number(text, round(size), weight)
    painter.setPen(shared_colour(ink))
    write_glyphs(painter, x + made.left, y + made.baseline, made.letters)


def written(
    painter: QPainter, x: float, baseline: float, text: str, size: float, ink: str, weight: int = 400
) -> None:
    """A number, or words with numbers, from x on."""
    painter.setPen(shared_colour(ink))
    write_glyphs(painter, x, baseline, _set_number(text, round(size), weight).letters)


@lru_cache(maxsize=8192)
def _set_number(text: str, size: int, weight: int) -> SetText:
    return set_text(text, number_font(size, weight))


def symbol_beside(symbol: Symbol, size: float) -> SetSymbol:
    """A symbol as it stands before a number of this size."""
    return set_symbol(symbol, size * _SYMBOL)


def labelled_width(symbol: SetSymbol, text: str, size: float) -> float:
    return symbol.width + _GAP * size + number_width(text, size)


def labelled(
    painter: QPainter,
    x: float,
    baseline: float,
    symbol: SetSymbol,
    text: str,
    size: float,
    inks: tuple[str, str],
    weight: int = 600,
) -> float:
    """A symbol and its number, left-aligned at x; returns the width."""
    wide = draw_set(painter, x, baseline, symbol, inks[0]) + _GAP * size
    written(painter, x + wide, baseline, text, size, inks[1], weight)
    return wide + number_width(text, size)
