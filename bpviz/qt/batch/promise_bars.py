"""Two bars from a common zero: the change of cost that was promised, and the one that came."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from bpviz.explain.number import full, signed
from bpviz.explain.promise import Promise
from bpviz.qt.batch.figure import Figure, dashed
from bpviz.qt.fonts import BODY, SMALL, number_font, ui_font
from bpviz.qt.palette import blend
from bpviz.qt.theme import Theme

_LINE = 26
_BAR = 12
_WORDS = ("promised", "came")


class PromiseBars(Figure):
    """Shows the promise it is given; dashes without one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 2 * _LINE + 2, "Change of cost, promised and come")
        self._kept: Promise | None = None

    @property
    def texts(self) -> tuple[str, str]:
        """The two numbers, promised and came."""
        kept = self._kept
        return (signed(None), signed(None)) if kept is None else (signed(kept.promised), signed(kept.came))

    def show_promise(self, kept: Promise | None) -> None:
        self._kept = kept
        told = zip(_WORDS, self.texts, strict=True)
        self.setAccessibleDescription("; ".join(f"{word} {text}" for word, text in told))
        self.update()

    # -- within ------------------------------------------------------------------------------------

    def _room(self) -> QRectF:
        """Where the bars are, between words and numbers."""
        left = QFontMetricsF(ui_font(SMALL)).horizontalAdvance(_WORDS[0]) + 10
        metrics = QFontMetricsF(number_font(BODY, 600))
        right = max(metrics.horizontalAdvance(text) for text in ("−0.00000", *self.texts)) + 8
        return QRectF(left, 0, max(10.0, self.width() - left - right), self.height())

    def _zero(self) -> tuple[float, float]:
        """Where zero stands, as a share of the room, and how much change the room spans."""
        both = (0.0, 0.0) if self._kept is None else (self._kept.promised, self._kept.came)
        finite = [value for value in both if math.isfinite(value)]
        low, high = min([0.0, *finite]), max([0.0, *finite])
        return (0.5, 1.0) if high == low else (-low / (high - low), high - low)

    def _paint_bar(self, painter: QPainter, middle: float, value: float, came: bool) -> None:
        room, palette = self._room(), self._theme.palette
        share, span = self._zero()
        zero = room.left() + share * room.width()
        end = zero + value / span * room.width()
        bar = QRectF(QPointF(zero, middle - _BAR / 2), QPointF(end, middle + _BAR / 2)).normalized()
        if came:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.accent))
            painter.drawRect(bar)
        else:
            painter.setPen(dashed(palette.ink_soft, 1.2))
            painter.setBrush(blend(palette.panel, palette.ink, 0.07))
            painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_zero(self, painter: QPainter) -> None:
        room, share = self._room(), self._zero()[0]
        x = round(room.left() + share * room.width()) + 0.5
        painter.setPen(QColor(self._theme.palette.line))
        painter.drawLine(QPointF(x, 2), QPointF(x, self.height() - 2))

    # -- Figure ------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        palette = self._theme.palette
        for row, (word, text) in enumerate(zip(_WORDS, self.texts, strict=True)):
            line = QRectF(0, row * _LINE + 1, self.width(), _LINE)
            painter.setFont(ui_font(SMALL))
            painter.setPen(QColor(palette.ink_soft))
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
            painter.setFont(number_font(BODY, 600))
            painter.setPen(QColor(palette.ink if self._kept is not None else palette.ink_faint))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
            if self._kept is not None:
                value = self._kept.came if row else self._kept.promised
                if math.isfinite(value):
                    self._paint_bar(painter, line.center().y(), value, came=bool(row))
        self._paint_zero(painter)

    def tip_at(self, point: QPointF) -> str:
        came = point.y() > _LINE
        value = None if self._kept is None else self._kept.came if came else self._kept.promised
        what = ("The same batch's cost after the update, minus before" if came
                else "Every gradient times the change of its weight or bias, summed")
        return f"{what}: {full(value)}"
