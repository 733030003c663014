"""Bars of E and C'(W), layer beside layer, on a logarithmic axis."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from bpviz.engine.network import Layer, Network
from bpviz.explain.flow import Flow, ratio
from bpviz.explain.number import compact, full, number
from bpviz.explain.symbol import Names, Symbol
from bpviz.qt.fonts import number_font, ui_font
from bpviz.qt.palette import blend
from bpviz.qt.plots.axis import Axis
from bpviz.qt.plots.gradients.layer_figure import FOOT, TICK, LayerFigure
from bpviz.qt.plots.page import PlotPage
from bpviz.qt.symbol_text import draw_symbol, symbol_width

_HEAD = 19.0          # the legend
_NUMBER = 14.0        # the numbers over the bars
_PER_TICK = 24.0
_WIDEST_COLUMN, _WIDEST_BAR = 180.0, 40.0
_BETWEEN = 0.24       # of a column are left free
_APART = 5.0          # pixels from one number to the next
_NUMBER_SIZE = TICK - 1
_TINT = 0.32          # of the colour, within a bar of C'(W)
_SYMBOL, _SWATCH = 14.0, 10.0
_LEAST_BAR = 0.25     # decades, so that the smallest bar is seen
_LENGTHS = (7, 6, 5)  # characters of a number over its bar, as there is room
_ABOUT = ("root mean square over the batch", "RMS over the batch", "")


class Bars(LayerFigure):
    """Shows a Flow: for each layer one bar of its error, full, and one of its weights' gradient, outlined."""

    def __init__(self, page: PlotPage) -> None:
        super().__init__(page, "Size of errors and gradients by layer")
        self._flow: Flow = ()
        self._axis = Axis(-1.0, 0.0, log=True)

    @property
    def flow(self) -> Flow:
        return self._flow

    @property
    def axis(self) -> Axis:
        return self._axis

    def show_flow(self, flow: Flow) -> None:
        self._flow = flow
        self._axis = size_axis(flow)
        said = (f"{self.names.layer_name(k)}: {number(layer.error)}, {number(layer.gradient)}"
                for k, layer in enumerate(flow))
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def columns(self) -> tuple[QRectF, ...]:
        left, count = self._left(), len(self._flow)
        if not count:
            return ()
        room = max(10.0, self.width() - left - 4)
        wide = min(_WIDEST_COLUMN, room / count)
        start = left + (room - wide * count) / 2
        return tuple(QRectF(start + k * wide, _HEAD, wide, self.height() - _HEAD) for k in range(count))

    def tip(self, layer: int) -> str:
        sizes, names = self._flow[layer], self.names
        lines = [f"{names.layer_name(layer)}, root mean square over the batch:",
                 f"{names.error(layer).plain}  {full(sizes.error)}",
                 f"{names.gradient(layer).plain}  {full(sizes.gradient)}"]
        share = ratio(self._flow, layer)
        if layer < len(self._flow) - 1 and not math.isnan(share):
            lines.append(f"{number(share)} of the error of the output layer")
        return "\n".join(lines)

    # -- LayerFigure -------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        self.paint_light(painter)
        area = QRectF(self._left(), _HEAD + _NUMBER, self.width() - self._left() - 4, 0)
        area.setBottom(self.height() - FOOT)
        self._paint_grid(painter, area)
        self._paint_legend(painter)
        for k, column in enumerate(self.columns()):
            self._paint_bar(painter, area, column, self._flow[k].error, outlined=False)
            self._paint_bar(painter, area, column, self._flow[k].gradient, outlined=True)
        self.paint_names(painter, self._left())

    # -- within ------------------------------------------------------------------------------------

    def _left(self) -> float:
        metrics = QFontMetricsF(number_font(TICK))
        texts = [text for _, text in self._ticks()]
        return max(34.0, *(metrics.horizontalAdvance(text) for text in texts)) + 10

    def _ticks(self) -> tuple[tuple[float, str], ...]:
        room = self.height() - _HEAD - _NUMBER - FOOT
        return self._axis.ticks(max(2, int(room / _PER_TICK)))

    def _paint_grid(self, painter: QPainter, area: QRectF) -> None:
        palette, side = self.page.theme.palette, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(number_font(TICK))
        for value, text in self._ticks():
            top = round(area.bottom() - area.height() * self._axis.share(value)) + 0.5
            painter.setPen(QPen(QColor(palette.grid), 1))
            painter.drawLine(QPointF(area.left(), top), QPointF(area.right(), top))
            if top < area.bottom() - 4:  # below stands what the columns are
                painter.setPen(QColor(palette.ink_faint))
                painter.drawText(QRectF(0, top - 8, area.left() - 8, 16), side, text)
        painter.setPen(QPen(QColor(palette.line), 1))
        foot = round(area.bottom()) + 0.5
        painter.drawLine(QPointF(area.left(), foot), QPointF(area.right(), foot))

    def _paint_bar(
        self, painter: QPainter, area: QRectF, column: QRectF, value: float, outlined: bool
    ) -> None:
        """Nothing has no height, but its number; so has what is out of range."""
        left, wide = _slot(column, outlined)
        top = area.bottom()
        if value > 0 and math.isfinite(value):
            top = area.bottom() - area.height() * self._axis.share(value)
            self._dress(painter, outlined)
            pen = 0.5 if outlined else 0.0  # a line is half inside, half outside
            painter.drawRect(QRectF(left + pen, top + pen, wide - 2 * pen, area.bottom() - top - pen))
        text, box = number_place(column, QPointF(left + wide / 2, top), value, outlined)
        painter.setFont(number_font(_NUMBER_SIZE))
        painter.setPen(QColor(self.page.theme.palette.ink_soft))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)

    def _dress(self, painter: QPainter, outlined: bool) -> None:
        palette = self.page.theme.palette
        if outlined:
            painter.setPen(QPen(QColor(palette.error_positive), 1))
            painter.setBrush(blend(palette.panel, palette.error_positive, _TINT))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.error_positive))

    def _paint_legend(self, painter: QPainter) -> None:
        """A sample and the name of each kind of bar, and what is measured, as far as there is room."""
        palette = self.page.theme.palette
        error, gradient = whole_symbols(self.names)
        x = self._left()
        for symbol, words, outlined in ((error, "layer error", False), (gradient, "gradient", True)):
            self._dress(painter, outlined)
            painter.drawRect(QRectF(x + 0.5, 4.5, _SWATCH - 1, _SWATCH - 1))
            x += _SWATCH + 5
            draw_symbol(painter, x, 13.5, symbol, _SYMBOL, palette.ink)
            x += symbol_width(symbol, _SYMBOL) + 5
            painter.setFont(ui_font(TICK))
            painter.setPen(QColor(palette.ink_soft))
            painter.drawText(QPointF(x, 13.0), words)
            x += QFontMetricsF(ui_font(TICK)).horizontalAdvance(words) + 14
        metrics = QFontMetricsF(ui_font(TICK))
        about = next(text for text in _ABOUT if x + metrics.horizontalAdvance(text) <= self.width() - 4)
        painter.setPen(QColor(palette.ink_faint))
        painter.drawText(QPointF(x, 13.0), about)


def size_axis(flow: Flow) -> Axis:
    """Half powers of ten around all sizes: bars that grow a little do not move the axis."""
    sizes = np.array([size for layer in flow for size in (layer.error, layer.gradient)])
    sizes = np.log10(sizes[np.isfinite(sizes) & (sizes > 0)])
    if not sizes.size:
        return Axis(-1.0, 0.0, log=True)
    low = math.floor(2 * (float(sizes.min()) - _LEAST_BAR)) / 2
    high = math.ceil(2 * float(sizes.max())) / 2
    return Axis(low, max(high, low + 1), log=True)


def number_place(column: QRectF, at: QPointF, value: float, second: bool) -> tuple[str, QRectF]:
    """The number over a bar, whose top ends there: with as many digits as there is room for, within its half
    of the column, which leaves a gap to the other number."""
    left = column.center().x() + _APART / 2 if second else column.left()
    right = column.right() if second else column.center().x() - _APART / 2
    metrics = QFontMetricsF(number_font(_NUMBER_SIZE))
    texts = [compact(value, length) for length in _LENGTHS]
    text = next((text for text in texts if metrics.horizontalAdvance(text) <= right - left - 1), "")
    room = metrics.horizontalAdvance(text)
    x = min(max(at.x() - room / 2, left), right - room)
    return text, QRectF(x, at.y() - _NUMBER, room + 1, _NUMBER)


def whole_symbols(names: Names) -> tuple[Symbol, Symbol]:
    """E and C'(W) of no layer in particular, in the notation of these names: as one layer alone has them."""
    alone = Names(Network(1, (Layer(1),)), notation=names.notation)
    return alone.error(0), alone.gradient(0)


def _slot(column: QRectF, second: bool) -> tuple[float, float]:
    """Left edge and width of the first or second bar."""
    wide = min(_WIDEST_BAR, column.width() * (1 - _BETWEEN) / 2)
    gap = min(2.0, wide * 0.1)
    middle = column.center().x()
    return (middle + gap / 2 if second else middle - wide, wide - gap / 2)
