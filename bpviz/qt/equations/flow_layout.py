"""Where the symbols of an equation stand, with their numbers below, in lines of a given width."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from bpviz.explain.equation.token import Token
from bpviz.qt.fonts import SMALL, number_font
from bpviz.qt.typeset import typeset

SYMBOL_SIZE = 19.0
_PAD = 5.0        # of a factor's box, to either side
_SIGN_PAD = 3.0
_LEAST_ASCENT = 14.0
_LEAST_DESCENT = 5.0
_NUMBER_LINE = 17.0
_BOX_ABOVE = 4.0  # of a factor's box, over its symbol
_BETWEEN = 7.0    # lines of one equation
_INDENT = 12.0    # of all lines but the first
_USUAL = "0.000"  # room for a number is kept before it is told, so that its coming moves little


@dataclass(frozen=True, slots=True)
class Placed:
    """A token and its box; its symbol and its number each stand in the middle of it."""

    token: Token
    box: QRectF
    baseline: float
    number_baseline: float


@dataclass(frozen=True, slots=True)
class Flow:
    """All tokens of an equation with their places, and how tall they are together."""

    placed: tuple[Placed, ...] = ()
    height: float = 0.0
    width: float = 0.0


@lru_cache(maxsize=1024)
def flow(tokens: tuple[Token, ...], width: float, size: float = SYMBOL_SIZE) -> Flow:
    """Fill lines with pieces that stay together; a sign of operation begins its line."""
    lines: list[list[Token]] = [[]]
    taken = 0.0
    for piece in _pieces(tokens):
        wide = sum(_width(token, size) for token in piece)
        if lines[-1] and taken + wide > width:
            lines.append([])
            taken = _INDENT
        lines[-1] += piece
        taken += wide
    placed: list[Placed] = []
    y = widest = 0.0
    for i, line in enumerate(lines):
        y += _BETWEEN if i else 0.0
        y, right = _place(placed, line, _INDENT if i else 0.0, y, size)
        widest = max(widest, right)
    return Flow(tuple(placed), y, widest)


def _pieces(tokens: tuple[Token, ...]) -> list[list[Token]]:
    """What must stay on one line: a sign with what follows it, brackets with what they hold on to."""
    pieces: list[list[Token]] = []
    for token in tokens:
        begins = token.sign and not token.opens and not token.closes
        before = pieces[-1][-1] if pieces else None
        held = before is not None and before.sign and (before.opens or not before.closes)
        if pieces and (token.closes or (held and not begins)):
            pieces[-1].append(token)
        else:
            pieces.append([token])
    return pieces


def _place(placed: list[Placed], line: list[Token], x: float, y: float, size: float) -> tuple[float, float]:
    """Add a line at y; returns where it ends, downwards and to the right."""
    outlines = [typeset(token.latex) for token in line]
    ascent = max(_LEAST_ASCENT, max((outline.ascent for outline in outlines), default=0.0) * size)
    descent = max(_LEAST_DESCENT, max((outline.descent for outline in outlines), default=0.0) * size)
    numbered = any(token.below for token in line)
    baseline = y + _BOX_ABOVE + ascent
    bottom = baseline + descent + (_NUMBER_LINE if numbered else 0.0) + 2.0
    for token in line:
        wide = _width(token, size)
        box = QRectF(x, y, wide, bottom - y)
        placed.append(Placed(token, box, baseline, baseline + descent + 13.0))
        x += wide
    return bottom, x


def _width(token: Token, size: float) -> float:
    wide = max(typeset(token.latex).width * size, number_width(token))
    if token.part is not None and token.below:
        wide = max(wide, _measured(_USUAL, True))
    return wide + 2 * (_SIGN_PAD if token.sign else _PAD)


def number_width(token: Token) -> float:
    return _measured(token.below, not token.sign)


@lru_cache(maxsize=8192)
def _measured(text: str, strong: bool) -> float:
    return QFontMetricsF(number_font(SMALL, 600 if strong else 400)).horizontalAdvance(text)
