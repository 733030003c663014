"""The numbers of a slice above its picture, each behind the mark that it belongs to: legend and caption."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.explain.symbol import Symbol
from bpviz.qt.fonts import number_font, ui_font
from bpviz.qt.palette import Palette
from bpviz.qt.plots.landscape.slice_glyphs import glyph_width, paint_sample
from bpviz.qt.plots.landscape.slice_scene import Entry
from bpviz.qt.subscripts import rich
from bpviz.qt.symbol_text import draw_symbol, symbol_width
from bpviz.qt.theme import Theme

LINE = 19             # height of a line
_TEXT, _SYMBOL = 11, 13
_GAP, _APART = 4.0, 16.0


class SliceStrip(QWidget):
    """Entries from left to right, as many as there is room for; all of them in the tooltip."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._entries: tuple[Entry, ...] = ()
        self._rising = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(60)
        self.show_lines(1)

    def show_lines(self, lines: int) -> None:
        """So many lines high."""
        if self.height() != lines * LINE or self.maximumHeight() != lines * LINE:
            self.setFixedHeight(lines * LINE)

    def show_entries(self, entries: tuple[Entry, ...], rising: bool, words: str) -> None:
        """words: all of it, for those who point here or cannot see it."""
        if (entries, rising) != (self._entries, self._rising):
            self._entries, self._rising = entries, rising
            self.update()
        self.setToolTip(f"<p>{rich(words)}</p>" if words else "")
        self.setAccessibleName(words)

    def width_of(self, entry: Entry) -> float:
        """In pixels."""
        wide = glyph_width(entry.glyph) if entry.glyph else 0.0
        wide += sum(_word_width(word) + _GAP for word in entry.words)
        if entry.text:
            return wide + QFontMetricsF(number_font(_TEXT, 600)).horizontalAdvance(entry.text)
        return wide - _GAP

    def placed(self) -> list[tuple[Entry, QPointF]]:
        """What there is room for, each with the start of its line's middle."""
        found, x, y = [], 0.0, LINE / 2
        for entry in self._entries:
            wide = self.width_of(entry)
            if x and x + wide > self.width():
                x, y = 0.0, y + LINE
            if y > self.height() or x + wide > self.width():
                break
            found.append((entry, QPointF(x, y)))
            x += wide + _APART
        return found

    # -- Qt ------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(300, self.maximumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for entry, at in self.placed():
            _paint(painter, entry, at, self._theme.palette, self._rising)
        painter.end()


def _word_width(word: Symbol | str) -> float:
    if isinstance(word, Symbol):
        return symbol_width(word, _SYMBOL)
    return QFontMetricsF(ui_font(_TEXT)).horizontalAdvance(word)


def _paint(painter: QPainter, entry: Entry, at: QPointF, palette: Palette, rising: bool) -> None:
    x, baseline = at.x(), at.y() + 4.0
    if entry.glyph:
        paint_sample(painter, entry.glyph, at, palette, rising)
        x += glyph_width(entry.glyph)
    for word in entry.words:
        if isinstance(word, Symbol):
            draw_symbol(painter, x, baseline, word, _SYMBOL, palette.ink_soft)
        else:
            painter.setFont(ui_font(_TEXT))
            painter.setPen(QColor(palette.ink_soft))
            painter.drawText(QPointF(x, baseline), word)
        x += _word_width(word) + _GAP
    painter.setFont(number_font(_TEXT, 600))
    painter.setPen(QColor(entry.ink))
    painter.drawText(QPointF(x, baseline), entry.text)
