"""Stands beside a prediction plot: what its marks mean, how many are wrong, what is under the mouse."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.qt.fonts import SMALL, number_font
from bpviz.qt.plots.prediction.marks import Mark, Stroke, paint_mark
from bpviz.qt.shades import Shades
from bpviz.qt.theme import Theme

_LINE = 17.0     # the height of a row
_MARK = 22.0     # the room for its mark
_BAR = 9.0
_GAP = 4.0
_LEAST, _MOST, _SHARE = 148, 210, 0.27  # of the width that there is


@dataclass(frozen=True, slots=True)
class Row:
    """A line of text behind a mark. ink: a colour of its own, as a hex string; strong is semi-bold; short:
    what is said instead where there is too little room."""

    text: str
    mark: Mark | Stroke | None = None
    ink: str = ""
    strong: bool = False
    short: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Bar:
    """A scale of colours, with a word at either end, each behind its mark."""

    shades: Shades
    low: str
    high: str
    marks: tuple[Mark | None, Mark | None] = (None, None)


@dataclass(frozen=True, slots=True, eq=False)
class Key:
    """From the top: the scale and the rows, the least important last. They give way to `under`, what is
    under the mouse."""

    bar: Bar | None = None
    rows: tuple[Row, ...] = ()
    under: tuple[Row, ...] = ()

    @property
    def words(self) -> str:
        ends = () if self.bar is None else (f"from {self.bar.low} to {self.bar.high}",)
        return "; ".join((*ends, *(row.text for row in (*self.rows, *self.under))))


class Aside(QWidget):
    """Paints a Key. Rows for which there is no room are left out, the last of them first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._key = Key()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self.setAccessibleName("What the plot shows")

    @property
    def key(self) -> Key:
        return self._key

    def show_key(self, key: Key) -> None:
        """All but what is under the mouse, which stays."""
        self._show(replace(key, under=self._key.under))

    def show_under(self, rows: tuple[Row, ...]) -> None:
        """What is under the mouse, or nothing."""
        if rows or self._key.under:
            self._show(replace(self._key, under=rows))

    def fit_beside(self, whole: int) -> None:
        """Take a share of so many pixels."""
        self.setFixedWidth(min(_MOST, max(_LEAST, round(_SHARE * whole))))

    def _show(self, key: Key) -> None:
        self._key = key
        if self.accessibleDescription() != key.words:
            self.setAccessibleDescription(key.words)
        self.update()

    # -- painting --------------------------------------------------------------------------------------

    def _paint_bar(self, painter: QPainter, bar: Bar, top: float) -> float:
        """Returns where it ends."""
        colours = np.ascontiguousarray(bar.shades[np.newaxis])
        image = QImage(colours.data, len(bar.shades), 1, QImage.Format.Format_RGB888)
        painter.drawImage(QRectF(0, top, self.width(), _BAR), image)
        words = QRectF(0, top + _BAR + 2, self.width(), _LINE)
        for word, mark, align in zip((bar.low, bar.high), bar.marks, (_LEFT, _RIGHT), strict=True):
            box, inset = QRectF(words), 0.0
            if mark is not None:
                x = 7.0 if align == _LEFT else self.width() - 7.0
                paint_mark(painter, QPointF(x, words.center().y()), mark)
                inset = 17.0
            box.setWidth(words.width() / 2 - inset)
            if align == _LEFT:
                box.translate(inset, 0)
            else:
                box.translate(words.width() / 2, 0)
            _write(painter, box, word, self._theme.palette.ink_soft, align, number_font(SMALL))
        return words.bottom() + _GAP

    def _paint_row(self, painter: QPainter, row: Row, top: float) -> None:
        box = QRectF(0, top, self.width(), _LINE)
        if row.mark is not None:
            paint_mark(painter, QPointF(8, box.center().y()), row.mark)
            box.setLeft(_MARK)
        font = number_font(SMALL, 600 if row.strong else 400)
        fits = not row.short or QFontMetricsF(font).horizontalAdvance(row.text) <= box.width()
        text, ink = row.text if fits else row.short, row.ink or self._theme.palette.ink_soft
        _write(painter, box, text, ink, _LEFT, font)

    # -- Qt ----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(_LEAST, 100)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        key, top = self._key, 2.0
        bottom = self.height() - _LINE * len(key.under) - (_GAP if key.under else 0)
        if key.bar is not None:
            top = self._paint_bar(painter, key.bar, top)
        for row in key.rows:
            if top + _LINE > bottom + 2:
                break
            self._paint_row(painter, row, top)
            top += _LINE
        for k, row in enumerate(key.under):
            self._paint_row(painter, row, self.height() - _LINE * (len(key.under) - k))
        painter.end()


def _write(
    painter: QPainter, box: QRectF, text: str, ink: str, align: Qt.AlignmentFlag, font: QFont
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(ink))
    fitting = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter, fitting)


_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
