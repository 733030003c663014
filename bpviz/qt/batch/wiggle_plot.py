"""The cost around a weight: its curve, the two nudged points, the secant through them, and the tangent."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from bpviz.explain.number import full
from bpviz.explain.symbol import Run, Symbol, upright
from bpviz.explain.wiggle import Wiggle
from bpviz.qt.batch.figure import TICK, Figure, dashed, legend, solid
from bpviz.qt.fonts import number_font
from bpviz.qt.palette import Palette
from bpviz.qt.symbol_text import draw_symbol, symbol_width
from bpviz.qt.theme import Theme

_HEIGHT = 178
_TOP, _BOTTOM = 28, 26
_PAD = 0.10
_DOT = 3.5
_SYMBOL = 13


class WigglePlot(Figure):
    """Shows the wiggle it is given; the tangent only once backpropagation's slope is told."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _HEIGHT, "The cost around this weight")
        self._seen: Wiggle | None = None
        self._symbol: Symbol | None = None
        self._told = False

    def show_wiggle(self, seen: Wiggle | None, symbol: Symbol | None, told: bool) -> None:
        """None: training runs too fast to look."""
        self._seen, self._symbol, self._told = seen, symbol, told
        self.update()

    # -- within ------------------------------------------------------------------------------------

    def _plot(self) -> QRectF:
        return QRectF(18, _TOP, max(10.0, self.width() - 22), self.height() - _TOP - _BOTTOM)

    def _range(self, seen: Wiggle) -> tuple[float, float]:
        """Lowest and highest cost drawn: the curve's, and both ends of the lines within reason."""
        costs = seen.costs[np.isfinite(seen.costs)]
        low, high = float(costs.min()), float(costs.max())
        span = high - low or max(abs(high), 1.0) * 1e-12
        return low - _PAD * span, high + _PAD * span

    def _at(self, seen: Wiggle, plot: QRectF, offset: float, cost: float) -> QPointF:
        low, high = self._range(seen)
        reach = float(seen.offsets[-1])
        x = plot.center().x() + offset / reach * plot.width() / 2
        return QPointF(x, plot.bottom() - (cost - low) / (high - low) * plot.height())

    def _paint_frame(self, painter: QPainter, plot: QRectF, seen: Wiggle) -> None:
        """Zero nudge and both nudges as upright lines, named below; the weight's symbol at the right."""
        palette, middle = self._theme.palette, Qt.AlignmentFlag.AlignHCenter
        painter.setPen(QColor(palette.line))
        foot = plot.bottom() + 0.5
        painter.drawLine(QPointF(plot.left(), foot), QPointF(plot.right(), foot))
        painter.setFont(number_font(TICK))
        for offset, word in ((-seen.epsilon, "−ε"), (0.0, "0"), (seen.epsilon, "+ε")):
            x = self._at(seen, plot, offset, seen.cost).x()
            painter.setPen(QColor(palette.grid))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            painter.setPen(QColor(palette.ink_soft))
            painter.drawText(QRectF(x - 20, plot.bottom() + 6, 40, 16), middle, word)
        draw_symbol(painter, 2, plot.top() + 10, _COST, _SYMBOL, palette.ink_soft)
        if self._symbol is not None:
            nudge = upright("Δ") + self._symbol
            x = plot.right() - symbol_width(nudge, _SYMBOL)
            draw_symbol(painter, x, plot.bottom() + 17, nudge, _SYMBOL, palette.ink_soft)

    def _paint_line(
        self, painter: QPainter, plot: QRectF, seen: Wiggle, slope: float, through: float
    ) -> None:
        reach = float(seen.offsets[-1])
        ends = [self._at(seen, plot, x, through + slope * x) for x in (-reach, reach)]
        if all(math.isfinite(end.y()) and abs(end.y()) < 1e5 for end in ends):
            painter.drawLine(*ends)

    def _pens(self, palette: Palette, seen: Wiggle) -> tuple[QPen, QPen, QPen]:
        """Of the curve, the secant and the tangent."""
        tangent = palette.error_positive if seen.backprop >= 0 else palette.error_negative
        return solid(palette.ink_soft, 2.2), solid(palette.accent, 1.4), dashed(tangent, 1.8)

    def _paint_all(self, painter: QPainter, plot: QRectF, seen: Wiggle) -> None:
        palette = self._theme.palette
        curve, secant, tangent = self._pens(palette, seen)
        painter.save()
        painter.setClipRect(plot.adjusted(0, -4, 0, 0))
        painter.setPen(curve)
        samples = zip(seen.offsets.tolist(), seen.costs.tolist(), strict=True)
        points = [self._at(seen, plot, x, y) for x, y in samples if math.isfinite(y)]
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(secant)
        self._paint_line(painter, plot, seen, seen.slope, (seen.above + seen.below) / 2)
        if self._told:
            painter.setPen(tangent)
            self._paint_line(painter, plot, seen, seen.backprop, seen.cost)
        painter.restore()
        painter.setPen(QPen(QColor(palette.panel), 1.5))
        painter.setBrush(QColor(palette.accent))
        for offset, cost in ((-seen.epsilon, seen.below), (seen.epsilon, seen.above)):
            painter.drawEllipse(self._at(seen, plot, offset, cost), _DOT, _DOT)

    # -- Figure ------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        plot, seen = self._plot(), self._seen
        if seen is None:
            self.write_in_middle(painter, plot, "Waits while training runs at full speed.")
            return
        if not all(math.isfinite(x) for x in (seen.cost, seen.below, seen.above)):
            self.write_in_middle(painter, plot, "The numbers are beyond what can be drawn.")
            return
        self._paint_frame(painter, plot, seen)
        curve, secant, tangent = self._pens(self._theme.palette, seen)
        entries = (("cost", curve), ("secant", secant), ("tangent", tangent))
        legend(painter, self._theme, entries if self._told else entries[:2], plot.right(), 10)
        self._paint_all(painter, plot, seen)

    def tip_at(self, _point: QPointF) -> str:
        about = "The batch's cost while this one weight or bias is nudged and all others stay."
        return about if self._seen is None else f"{about} It stands at {full(self._seen.at)}."


_COST = Symbol((Run("C", "italic"),))
