"""Paints one entry of the memo as a chip: its symbol, and in a word what the present phase does with it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from bpviz.explain.memo import Entry, State
from bpviz.explain.number import UNKNOWN, count
from bpviz.explain.symbol import Symbol
from bpviz.qt.fonts import number_font
from bpviz.qt.palette import Palette
from bpviz.qt.symbol_text import draw_symbol, symbol_width

_WORD_SIZE = 10
_RADIUS = 5.0
_INSET = 4.0        # of symbol and word from a low chip's edges and from each other
_TALL = 30          # from this height on a chip has two lines
_RING = 2.0         # width of the outline while the eye is on it
_BASELINE_TALL = 17.0
_BASELINE_LOW = 15.5


def paint_chip(
    painter: QPainter, palette: Palette, box: QRectF, entry: Entry, symbol: Symbol, size: int, lit: bool
) -> None:
    """size: of the symbol. lit: the eye is on it, here or elsewhere."""
    _paint_ground(painter, palette, box, entry.state, lit)
    width = symbol_width(symbol, size)
    tall = box.height() >= _TALL
    word = word_for(entry, box.width() - _INSET if tall else box.width() - width - 3 * _INSET, tall)
    ink = _ink(palette, entry.state)
    centred = tall or not word
    left = box.center().x() - width / 2 if centred else box.left() + _INSET
    draw_symbol(painter, left, box.top() + (_BASELINE_TALL if tall else _BASELINE_LOW), symbol, size, ink)
    painter.setFont(_font(entry.state))
    painter.setPen(QColor(ink))
    if tall:
        below = QRectF(box.left(), box.top() + 21, box.width(), 14)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, word)
    else:
        beside = box.adjusted(0, 0, -_INSET, 0)
        painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word)


def word_for(entry: Entry, room: float, tall: bool) -> str:
    """The longest of its words that fits, or none."""
    metrics = QFontMetricsF(_font(entry.state))
    return next((word for word in _words(entry, tall) if metrics.horizontalAdvance(word) <= room), "")


def _words(entry: Entry, tall: bool) -> tuple[str, ...]:
    """In a low chip signs and numbers do; the panel says what they mean."""
    match entry.state:
        case State.COMPUTED:
            return ("now", "•")
        case State.LOOKED_UP:
            phases = entry.ago or 0
            n = count(phases)
            full = f"{n} phase ago" if phases == 1 else f"{n} phases ago"
            return (full, f"{n} ago", n) if tall else (n,)
        case State.KNOWN:
            return ("known", "✓") if tall else ("✓",)
        case State.UNKNOWN:
            return (UNKNOWN,)


def _paint_ground(painter: QPainter, palette: Palette, box: QRectF, state: State, lit: bool) -> None:
    fill, line, width, style = _dress(palette, state)
    if lit:
        line, width, style = palette.ink, _RING, Qt.PenStyle.SolidLine
    painter.setBrush(QColor(fill))
    painter.setPen(QPen(QColor(line), width, style))
    inset = max(0.5, width / 2)
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)


def _dress(palette: Palette, state: State) -> tuple[str, str, float, Qt.PenStyle]:
    """Ground, outline, its width and style."""
    match state:
        case State.COMPUTED:
            return palette.accent, palette.accent, 1.0, Qt.PenStyle.SolidLine
        case State.LOOKED_UP:
            return palette.accent_soft, palette.accent, 1.5, Qt.PenStyle.SolidLine
        case State.KNOWN:
            return palette.field, palette.panel_border, 1.0, Qt.PenStyle.SolidLine
        case State.UNKNOWN:
            return palette.panel, palette.line, 1.0, Qt.PenStyle.DotLine


def _ink(palette: Palette, state: State) -> str:
    match state:
        case State.COMPUTED:
            return palette.accent_ink
        case State.LOOKED_UP:
            return palette.ink
        case State.KNOWN:
            return palette.ink_soft
        case State.UNKNOWN:
            return palette.ink_faint


def _font(state: State) -> QFont:
    return number_font(_WORD_SIZE, 600 if state in (State.COMPUTED, State.LOOKED_UP) else 400)
