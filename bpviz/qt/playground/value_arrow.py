"""The arrow that carries one function's value to the next."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.explain.number import compact, number
from bpviz.explain.symbol import Run, Symbol
from bpviz.qt.fonts import number_font
from bpviz.qt.palette import value_ink
from bpviz.qt.playground.state import State
from bpviz.qt.symbol_text import draw_symbol, symbol_width
from bpviz.qt.theme import Theme

_WIDTH = 54
_SYMBOL_SIZE = 17
_NUMBER_SIZE = 13
_HEAD = 6.0
_LETTERS = ("x", "C", "B", "f")


class ValueArrow(QWidget):
    """Paints a value's letter, its number, and an arrow to the right. The first carries x, the last f."""

    def __init__(self, state: State, theme: Theme, place: int) -> None:
        super().__init__()
        self._state = state
        self._theme = theme
        self._place = place
        self.setFixedWidth(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        state.changed.connect(self._follow)
        theme.changed.connect(self.update)
        self._follow()

    @property
    def value(self) -> float:
        stages = self._state.chain.stages
        return stages[0].input if self._place == 0 else stages[self._place - 1].value

    @property
    def text(self) -> str:
        """Shortened where it would not stand over the arrow."""
        text = number(self.value)
        fits = QFontMetricsF(number_font(_NUMBER_SIZE, 600)).horizontalAdvance(text) <= _WIDTH - 6
        return text if fits else compact(self.value, 6)

    def _follow(self) -> None:
        said = f"{_LETTERS[self._place]} = {number(self.value)}"
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    # -- Qt ----------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, middle = self._theme.palette, self.height() / 2 + 14
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        symbol, ink = Symbol((Run(_LETTERS[self._place], "italic"),)), value_ink(palette, self.value)
        left = (_WIDTH - symbol_width(symbol, _SYMBOL_SIZE)) / 2
        draw_symbol(painter, left, middle - 28, symbol, _SYMBOL_SIZE, palette.ink)
        font, text = number_font(_NUMBER_SIZE, 600), self.text
        painter.setFont(font)
        painter.setPen(QColor(ink))
        left = (_WIDTH - QFontMetricsF(font).horizontalAdvance(text)) / 2
        painter.drawText(QPointF(left, middle - 10), text)
        end = QPointF(_WIDTH - 6, middle)
        painter.setPen(QPen(QColor(ink), 2.0))
        painter.drawLine(QPointF(6, middle), end - QPointF(_HEAD, 0))
        painter.setBrush(QColor(ink))
        wings = (QPointF(-_HEAD, -_HEAD * 0.7), QPointF(-_HEAD, _HEAD * 0.7))
        painter.setPen(QPen(QColor(ink), 1.0))
        painter.drawPolygon(QPolygonF([end, *(end + wing for wing in wings)]))
        painter.end()
