"""What the strip of pulls shows at one moment, where it stands in pixels, and how it is painted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from bpviz.engine.arrays import Array
from bpviz.explain.number import count, number
from bpviz.explain.symbol import Symbol
from bpviz.qt.batch.figure import TICK, dashed
from bpviz.qt.fonts import BODY, SMALL, number_font, ui_font
from bpviz.qt.palette import Palette, blend, error_ink
from bpviz.qt.plots.axis import Axis
from bpviz.qt.symbol_text import draw_symbol, symbol_width

_TOP, _BOTTOM = 32, 30   # for the average above the bars, the example below them
_WIDEST_BAR = 26.0
_BAR = 0.72              # of an example's share of the width
_PAD = 0.08              # of the span, above and below the bars
_SYMBOL = 15
_MARK = 5.0
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, eq=False)
class PullPicture:
    """values and average are shown only when told. chosen: the example looked at; lit: the gradient is."""

    values: Array
    average: float
    symbol: Symbol
    told: bool
    chosen: int | None
    hovered: int | None
    lit: bool
    plot: QRectF
    axis: Axis
    ticks: tuple[tuple[float, str], ...]

    @property
    def average_text(self) -> str:
        return number(self.average if self.told else None)

    @property
    def example_text(self) -> str:
        """What stands under the bars: the pointed at example, or the one looked at."""
        batch = self.values.size
        example = self.hovered if self.hovered is not None else self.chosen
        if example is None:
            return f"Mean of {count(batch)}: click a bar for one example"
        value = number(float(self.values[example]) if self.told else None)
        if batch == 1:
            return f"The only example: {value}"
        return f"Example {count(example + 1)} of {count(batch)}: {value}"

    def example_at(self, x: float) -> int | None:
        """The example whose bar stands at x."""
        if not self.plot.left() <= x <= self.plot.right():
            return None
        batch = int(self.values.size)
        return min(batch - 1, int((x - self.plot.left()) / self.plot.width() * batch))

    def slot(self, example: int) -> QRectF:
        """The example's share of the picture, from top to bottom."""
        width = self.plot.width() / self.values.size
        return QRectF(self.plot.left() + example * width, self.plot.top(), width, self.plot.height())

    def top_of(self, value: float) -> float:
        return self.plot.bottom() - self.plot.height() * self.axis.share(value)

    def paint(self, painter: QPainter, palette: Palette, width: float) -> None:
        self._paint_marks(painter, palette)
        self._paint_grid(painter, palette)
        self._paint_heading(painter, palette, width)
        if self.told:
            self._paint_bars(painter, palette)
            self._paint_average(painter, palette)
        painter.setFont(number_font(SMALL))
        painter.setPen(QColor(palette.ink_soft))
        foot = QRectF(self.plot.left(), self.plot.bottom() + 9, self.plot.width(), 18)
        painter.drawText(foot, _LEFT, self.example_text)

    # -- within ------------------------------------------------------------------------------------

    def _paint_grid(self, painter: QPainter, palette: Palette) -> None:
        painter.setFont(number_font(TICK))
        for value, text in self.ticks:
            top = round(self.top_of(value)) + 0.5
            painter.setPen(QColor(palette.line if value == 0 else palette.grid))
            painter.drawLine(QPointF(self.plot.left(), top), QPointF(self.plot.right(), top))
            painter.setPen(QColor(palette.ink_faint))
            painter.drawText(QRectF(0, top - 8, self.plot.left() - 8, 16), _RIGHT, text)

    def _paint_bars(self, painter: QPainter, palette: Palette) -> None:
        zero = self.top_of(0.0)
        width = min(_WIDEST_BAR, max(1.0, self.slot(0).width() * _BAR))
        painter.setPen(Qt.PenStyle.NoPen)
        for example, value in enumerate(self.values.tolist()):
            left = self.slot(example).center().x() - width / 2
            if not np.isfinite(value) or value == 0:
                painter.setBrush(QColor(palette.ink_faint))
                painter.drawRect(QRectF(left, zero - 1, width, 2))
                continue
            painter.setBrush(QColor(palette.error_positive if value > 0 else palette.error_negative))
            painter.drawRect(QRectF(left, zero, width, self.top_of(value) - zero).normalized())

    def _paint_marks(self, painter: QPainter, palette: Palette) -> None:
        """The example looked at stands on the accent, above a small arrow; the hovered one on grey."""
        painter.setPen(Qt.PenStyle.NoPen)
        if self.hovered is not None and self.hovered != self.chosen:
            painter.fillRect(self._band(self.hovered), blend(palette.panel, palette.ink, 0.07))
        if self.chosen is None:
            return
        band = self._band(self.chosen)
        painter.fillRect(band, QColor(palette.accent_soft))
        painter.setBrush(QColor(palette.accent))
        x, y = band.center().x(), self.plot.bottom() + 2
        feet = [QPointF(x - _MARK, y + _MARK), QPointF(x + _MARK, y + _MARK)]
        painter.drawPolygon(QPolygonF([QPointF(x, y), *feet]))

    def _band(self, example: int) -> QRectF:
        slot = self.slot(example)
        width = max(3.0, min(slot.width(), _WIDEST_BAR / _BAR))
        return QRectF(slot.center().x() - width / 2, slot.top(), width, slot.height())

    def _paint_average(self, painter: QPainter, palette: Palette) -> None:
        if np.isfinite(self.average):
            top = self.top_of(self.average)
            for pen in (QPen(QColor(palette.panel), 2.6), dashed(palette.ink)):
                painter.setPen(pen)
                painter.drawLine(QPointF(self.plot.left(), top), QPointF(self.plot.right(), top))

    def _paint_heading(self, painter: QPainter, palette: Palette, width: float) -> None:
        """The line's sample, its name where there is room for it, its symbol and its number."""
        painter.setPen(dashed(palette.ink))
        painter.drawLine(QPointF(3, 13), QPointF(21, 13))
        x, word = 28.0, "average" if self.values.size > 1 else "its pull"
        named = QFontMetricsF(ui_font(SMALL)).horizontalAdvance(word) + 8
        digits = QFontMetricsF(number_font(BODY, 600)).horizontalAdvance(self.average_text)
        if x + named + symbol_width(self.symbol, _SYMBOL) + 20 + digits <= width:
            painter.setFont(ui_font(SMALL))
            painter.setPen(QColor(palette.ink_soft))
            painter.drawText(QPointF(x, 17), word)
            x += named
        ink = palette.accent if self.lit else palette.ink
        x += draw_symbol(painter, x, 18, self.symbol, _SYMBOL, ink)
        painter.setFont(number_font(BODY))
        painter.drawText(QPointF(x + 6, 17), "=")
        painter.setFont(number_font(BODY, 600))
        painter.setPen(QColor(error_ink(palette, self.average) if self.told else palette.ink_faint))
        painter.drawText(QPointF(x + 20, 17), self.average_text)


def plot_of(width: float, height: float, ticks: tuple[tuple[float, str], ...]) -> QRectF:
    """Where the bars stand: right of the ticks, between heading and foot."""
    metrics = QFontMetricsF(number_font(TICK))
    left = max(28.0, *(metrics.horizontalAdvance(text) for _, text in ticks)) + 11
    return QRectF(left, _TOP, max(10.0, width - left - 2), height - _TOP - _BOTTOM)


def pull_axis(values: Array) -> tuple[Axis, tuple[tuple[float, str], ...]]:
    """The axis that holds zero and every bar, and its ticks; of no bars at all, zero alone."""
    finite = values[np.isfinite(values)]
    low, high = float(finite.min(initial=0.0)), float(finite.max(initial=0.0))
    if high - low < 1e-300:
        return Axis(-1.0, 1.0), ((0.0, "0"),)
    pad = _PAD * (high - low)
    axis = Axis(low - pad if low < 0 else 0.0, high + pad if high > 0 else 0.0)
    return axis, axis.ticks(4)
