"""One line of arithmetic, symbols and numbers, that wraps where it must."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.explain.pieces import Line, Piece
from bpviz.explain.symbol import Symbol
from bpviz.qt.fonts import SMALL, number_font
from bpviz.qt.panels.role_ink import role_ink
from bpviz.qt.symbol_text import draw_symbol, symbol_width
from bpviz.qt.theme import Theme

_SYMBOL_SIZE = 16
_LINE_HEIGHT = 23
_BASELINE = 16
_SPACE = 5.0


class FormulaLine(QWidget):
    """Paints the line it is given. Its height follows its width."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._line: Line = ()
        self._places: list[QPointF] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_line(self, line: Line) -> None:
        if line != self._line:
            self._line = line
            self.setAccessibleName(" ".join(_plain(piece) for piece in line))
            self._place()

    def _place(self) -> None:
        """Where each piece begins; a sign never begins a line alone at the end of the one before."""
        self._places = []
        x, y = 0.0, float(_BASELINE)
        for piece in self._line:
            width = _width(piece)
            if x > 0 and x + width > self.width():
                x, y = 0.0, y + _LINE_HEIGHT
            self._places.append(QPointF(x, y))
            x += width + _SPACE
        height = int(y - _BASELINE) + _LINE_HEIGHT
        if height != self.height():
            self.setFixedHeight(height)
        self.update()

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(160, _LINE_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        palette = self._theme.palette
        for piece, place in zip(self._line, self._places, strict=True):
            if isinstance(piece.content, Symbol):
                draw_symbol(painter, place.x(), place.y(), piece.content, _SYMBOL_SIZE, palette.ink)
                continue
            painter.setFont(_font(piece))
            ink = role_ink(palette, piece.role, piece.value) if piece.is_number else palette.ink_soft
            painter.setPen(QColor(ink))
            painter.drawText(place, piece.content)
        painter.end()


def _width(piece: Piece) -> float:
    if isinstance(piece.content, Symbol):
        return symbol_width(piece.content, _SYMBOL_SIZE)
    return QFontMetricsF(_font(piece)).horizontalAdvance(piece.content)


def _font(piece: Piece) -> QFont:
    return number_font(SMALL, 600 if piece.is_number else 400)


def _plain(piece: Piece) -> str:
    return piece.content.plain if isinstance(piece.content, Symbol) else piece.content
