"""A label that is mathematics."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.explain.symbol import Symbol
from bpviz.qt.symbol_text import draw_symbol, symbol_width
from bpviz.qt.theme import Theme


class SymbolLabel(QWidget):
    """Paints one symbol, as wide as it is."""

    def __init__(self, theme: Theme, symbol: Symbol, size: int) -> None:
        super().__init__()
        self._theme = theme
        self._size = size
        self._symbol = symbol
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(symbol.plain)
        theme.changed.connect(self.update)

    def show_symbol(self, symbol: Symbol) -> None:
        if symbol != self._symbol:
            self._symbol = symbol
            self.setAccessibleName(symbol.plain)
            self.updateGeometry()
            self.update()

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(math.ceil(symbol_width(self._symbol, self._size)) + 2, round(1.4 * self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_symbol(painter, 0.0, self._size * 1.05, self._symbol, self._size, self._theme.palette.ink)
        painter.end()
