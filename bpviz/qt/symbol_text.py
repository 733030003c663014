"""Draws a Symbol as mathematics: slanted letters, upright digits and signs, small lowered subscripts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from bpviz.explain.symbol import Symbol
from bpviz.qt.fonts import math_font
from bpviz.qt.lettering import Glyphs, glyphs, write_glyphs
from bpviz.qt.palette import shared_colour

_SUB_SIZE = 0.72    # of the symbol's size
_SUB_DROP = 0.20    # of the symbol's size, below its baseline
_SUB_GAP = 0.03     # after a subscript
_CLEAR = 0.06       # between a slanted letter's tip and what stands upright beside it
_PRIME_TUCK = 0.06  # STIX keeps its prime, which stands high, further off than a letter's slope asks for
_PRIMES = str.maketrans("'", "′")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A few letters of one font, where they go relative to the start of the baseline."""

    text: str
    letters: Glyphs
    x: float
    drop: float
    size: float
    italic: bool


@dataclass(frozen=True, slots=True, eq=False)
class SetSymbol:
    """A symbol that has been set: its pieces, its width with every overhang, its reach up and down."""

    pieces: tuple[_Piece, ...]
    width: float
    ascent: float
    descent: float


def draw_symbol(
    painter: QPainter, x: float, baseline: float, symbol: Symbol, size: float, colour: QColor | str
) -> float:
    """Draw the symbol with its ink starting at x; returns its width. Size is in logical pixels."""
    return draw_set(painter, x, baseline, set_symbol(symbol, size), colour)


def draw_set(
    painter: QPainter, x: float, baseline: float, made: SetSymbol, colour: QColor | str
) -> float:
    """The same for a symbol that has been set: many units share one."""
    painter.setPen(shared_colour(colour) if isinstance(colour, str) else colour)
    for piece in made.pieces:
        write_glyphs(painter, x + piece.x, baseline + piece.drop, piece.letters)
    return made.width


def set_symbol(symbol: Symbol, size: float) -> SetSymbol:
    """The symbol set in a size that is rounded to whole pixels, as fonts are."""
    return _set(symbol, round(size))


def symbol_width(symbol: Symbol, size: float) -> float:
    """How much room the symbol takes on its line, overhangs included."""
    return _set(symbol, round(size)).width


def symbol_reach(symbol: Symbol, size: float) -> tuple[float, float]:
    """How far its ink goes above and below the baseline."""
    made = _set(symbol, round(size))
    return made.ascent, made.descent


@lru_cache(maxsize=4096)
def _set(symbol: Symbol, size: int) -> SetSymbol:
    """Set the symbol from left to right.

    As in TeX, a subscript tucks under the tip of a slanted letter, whereas anything on the line itself
    keeps clear of it; the same holds for a slanted subscript and what follows.
    """
    pieces: list[_Piece] = []
    x = tip = ascent = descent = widest = 0.0
    lowered = False
    for text, style in _split(symbol):
        sub, italic = style.startswith("sub"), style.endswith("italic")
        piece_size = max(1, round(size * _SUB_SIZE)) if sub else size
        drop = size * _SUB_DROP if sub else 0.0
        ink, advance = _measure(text, piece_size, italic)
        letters = glyphs(text, math_font(piece_size, italic))
        if pieces and (lowered or not sub):
            x = max(x, tip + size * (_SUB_GAP if italic else _CLEAR) - ink.left())
            if text.startswith("′"):
                x -= size * _PRIME_TUCK
        else:
            x += max(0.0, -ink.left())  # a tail to the left, as of j and f
        pieces.append(_Piece(text, letters, x, drop, piece_size, italic))
        tip = x + ink.right()
        widest = max(widest, tip)
        x += advance + (size * _SUB_GAP if sub else 0.0)
        ascent, descent = max(ascent, -ink.top() - drop), max(descent, ink.bottom() + drop)
        lowered = sub
    return SetSymbol(tuple(pieces), max(x, widest), ascent, descent)


def _split(symbol: Symbol) -> list[tuple[str, str]]:
    """The runs as (text, style), with digits and signs upright even within slanted and lowered runs."""
    parts: list[tuple[str, str]] = []
    for run in symbol.runs:
        for letter in run.text.translate(_PRIMES):
            slanted = run.style != "upright" and letter.isalpha()
            style = ("sub " if run.style == "sub" else "") + ("italic" if slanted else "upright")
            if parts and parts[-1][1] == style:
                parts[-1] = (parts[-1][0] + letter, style)
            else:
                parts.append((letter, style))
    return parts


@lru_cache(maxsize=4096)
def _measure(text: str, size: int, italic: bool) -> tuple[QRectF, float]:
    """Where its ink is, and how far it carries the line on."""
    metrics = QFontMetricsF(math_font(size, italic))
    return metrics.tightBoundingRect(text), metrics.horizontalAdvance(text)
