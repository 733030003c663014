"""How many multiplications the step has taken so far, reused and written out, as two bars."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.explain.complexity import Totals, amount
from bpviz.qt.fonts import SMALL, number_font, ui_font
from bpviz.qt.theme import Theme

_WORDS = (("layer errors reused", "reused"), ("every chain written out", "written out"))  # and shorter
_LINE, _BAR, _GAP = 18, 8, 8
_BEYOND = 40.0  # at this ratio the shorter bar could no longer be read off
_TIP = (
    "Counted for one example: the multiplications that lead to all weight and bias gradients. "
    "Slopes and C'(ŷ) are taken as given either way, and additions are not counted."
)


class WorkBars(QWidget):
    """Each bar's frame ends where the whole step will, its filling where the step is now."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.done = self.total = Totals(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(2 * (_LINE + _BAR) + _GAP)
        self.setToolTip(_TIP)

    @property
    def logarithmic(self) -> bool:
        return self.total.ratio > _BEYOND

    def show_work(self, done: Totals, total: Totals) -> None:
        if (done, total) != (self.done, self.total):
            self.done, self.total = done, total
            both = zip(_WORDS, (done.reused, done.written_out), strict=True)
            self.setAccessibleName(", ".join(f"{words[0]}: {amount(n)}" for words, n in both))
            self.update()

    def share(self, n: int) -> float:
        """How far a bar of n reaches, 1 for everything written out."""
        most = self.total.written_out
        return math.log1p(n) / math.log1p(most) if self.logarithmic else n / most

    def _paint_line(self, painter: QPainter, top: int, words: tuple[str, str], text: str) -> None:
        palette = self._theme.palette
        line = QRectF(0, top, self.width(), _LINE - 2)
        room = self.width() - QFontMetricsF(number_font(SMALL, 600)).horizontalAdvance(text) - _GAP
        fits = QFontMetricsF(ui_font(SMALL)).horizontalAdvance(words[0]) <= room
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(palette.ink_soft))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words[not fits])
        painter.setFont(number_font(SMALL, 600))
        painter.setPen(QColor(palette.ink))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_bar(self, painter: QPainter, top: int, done: int, total: int, strong: bool) -> None:
        palette = self._theme.palette
        whole = QRectF(0.5, top + _LINE + 0.5, self.share(total) * (self.width() - 1), _BAR - 1)
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.setBrush(QColor(palette.field))
        painter.drawRoundedRect(whole, 3, 3)
        if done:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.accent if strong else palette.ink_faint))
            filled = QRectF(0, top + _LINE, max(2.0, self.share(done) * self.width()), _BAR)
            painter.drawRoundedRect(filled, min(3.0, filled.width() / 2), 3)

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        done, total, below = self.done, self.total, _LINE + _BAR + _GAP
        self._paint_line(painter, 0, _WORDS[0], amount(done.reused))
        self._paint_bar(painter, 0, done.reused, total.reused, strong=True)
        self._paint_line(painter, below, _WORDS[1], amount(done.written_out))
        self._paint_bar(painter, below, done.written_out, total.written_out, strong=False)
        painter.end()
