"""Paints what stands before the curve of a slice: tangent, present point, the step and where it leads."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from bpviz.explain.cost_slice import Reading
from bpviz.explain.number import number
from bpviz.explain.symbol import Symbol, upright
from bpviz.qt.fonts import BODY, SMALL, number_font, ui_font
from bpviz.qt.palette import Palette
from bpviz.qt.plots.chart import Chart
from bpviz.qt.plots.landscape.slice_glyphs import (
    Glyph,
    paint_arrow,
    paint_mark,
    tangent_pen,
)
from bpviz.qt.plots.landscape.slice_scene import SliceScene
from bpviz.qt.symbol_text import draw_symbol, symbol_width
from bpviz.qt.theme import Theme

_FAR = 1e5            # pixels: what would be drawn beyond is cut first
_ABOVE_FLOOR = 7.0    # of the arrow
_TEXT, _SYMBOL = 11, 13
_PAD, _GAP, _APART = 6.0, 4.0, 12.0
_BOX = 22.0
_CLEAR = 12.0         # between what is pointed at and its numbers


class SliceMarks(QWidget):
    """Lies over a chart and lets the mouse through; the chart says where things are."""

    def __init__(self, chart: Chart, theme: Theme) -> None:
        super().__init__(chart)
        self._chart, self._theme = chart, theme
        self._scene: SliceScene | None = None
        self._words = ""
        self._reading: Reading | None = None
        self._cost = upright("C")
        self.held = False   # the point is being dragged, or can be
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        chart.box.sigRangeChanged.connect(self.follow)
        chart.box.sigResized.connect(self.follow)
        chart.resized.connect(self.follow)

    def follow(self, *_: object) -> None:
        """The chart shows another range, or has another size."""
        if self.geometry() != self._chart.view.geometry():
            self.setGeometry(self._chart.view.geometry())
        self.update()

    def show_scene(self, scene: SliceScene | None, cost: Symbol, words: str = "") -> None:
        """words: why there is nothing to be seen, or how far it is."""
        self._scene, self._cost, self._words = scene, cost, words
        self.update()

    def show_reading(self, reading: Reading | None) -> None:
        if reading != self._reading:
            self._reading = reading
            self.update()

    def hold(self, held: bool) -> None:
        if held != self.held:
            self.held = held
            self.update()

    @property
    def reading(self) -> Reading | None:
        """What is read where the mouse is."""
        return self._reading

    @property
    def point(self) -> QPointF | None:
        """Where the present weight is on the curve, in pixels; None while it is not to be seen."""
        if self._scene is None:
            return None
        at = self._at(self._scene.seen.at, self._scene.seen.cost)
        return at if self.area.contains(at) else None

    @property
    def area(self) -> QRectF:
        """Where the axes span, in pixels."""
        view = self._chart.view
        return QRectF(view.viewportTransform().mapRect(self._chart.box.sceneBoundingRect()))

    # -- within --------------------------------------------------------------------------------------

    def _at(self, weight: float, cost: float) -> QPointF:
        """In pixels; what is far outside stays within what can be painted."""
        (left, right), (low, high) = self._chart.box.viewRange()
        area = self.area
        x = area.left() + (weight - left) / (right - left) * area.width()
        y = area.bottom() - (cost - low) / (high - low) * area.height()
        return QPointF(min(_FAR, max(-_FAR, x)), min(_FAR, max(-_FAR, y)))

    def _paint_scene(self, painter: QPainter, scene: SliceScene, area: QRectF) -> None:
        seen, palette = scene.seen, self._theme.palette
        rising = seen.slope >= 0
        painter.setClipRect(area.adjusted(-1, -4, 1, 0))
        here = self._at(seen.at, seen.cost)
        if seen.lowest is not None:
            paint_mark(painter, Glyph.LOWEST, self._at(*seen.lowest), palette, rising)
        self._paint_guide(painter, here.x(), here.y(), area)
        if scene.told:
            self._paint_tangent(painter, scene)
        if scene.moved and math.isfinite(seen.after):
            self._paint_step(painter, scene, area)
        if self.held:
            painter.setPen(QPen(QColor(palette.accent), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(here, 9.0, 9.0)
        paint_mark(painter, Glyph.POINT, here, palette, rising)

    def _paint_tangent(self, painter: QPainter, scene: SliceScene) -> None:
        seen = scene.seen
        painter.setPen(tangent_pen(self._theme.palette, seen.slope >= 0))
        (left, right), (low, high) = self._chart.box.viewRange()
        steepest = max(abs(seen.slope), 1e-300)
        reach = min(max(right - seen.at, seen.at - left), 4.0 * (high - low) / steepest)
        ends = (seen.at - reach, seen.at + reach)
        painter.drawLine(*(self._at(w, seen.tangent(w)) for w in ends))

    def _paint_step(self, painter: QPainter, scene: SliceScene, area: QRectF) -> None:
        """Along the axis from w to w after; above its end what the tangent promised and what came."""
        seen, palette = scene.seen, self._theme.palette
        promised = self._at(seen.after, seen.tangent(seen.after))
        came = self._at(seen.after, seen.cost_after if math.isfinite(seen.cost_after) else math.inf)
        start = self._at(seen.at, seen.cost)
        self._paint_guide(painter, came.x(), min(came.y(), promised.y()), area)
        floor = area.bottom() - _ABOVE_FLOOR
        paint_arrow(painter, QPointF(start.x(), floor), QPointF(came.x(), floor), palette)
        paint_mark(painter, Glyph.CAME, came, palette, seen.slope >= 0)
        paint_mark(painter, Glyph.PROMISED, promised, palette, seen.slope >= 0, 0.85)

    def _paint_guide(self, painter: QPainter, x: float, top: float, area: QRectF) -> None:
        painter.setPen(QPen(QColor(self._theme.palette.line), 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, top), QPointF(x, area.bottom()))

    def _paint_reading(self, painter: QPainter, scene: SliceScene, reading: Reading, area: QRectF) -> None:
        """A ring on the curve, and its numbers in a line of their own, above it or below."""
        palette = self._theme.palette
        at = self._at(reading.weight, reading.cost)
        if not area.adjusted(-1, -1, 1, 1).contains(at):
            return
        self._paint_guide(painter, at.x(), at.y(), area)
        painter.setPen(QPen(QColor(palette.ink_soft), 1.5))
        painter.setBrush(QColor(palette.panel))
        painter.drawEllipse(at, 4.0, 4.0)
        pairs = [(scene.weight, number(reading.weight)), (self._cost, number(reading.cost))]
        if scene.told:
            pairs.append((upright("slope"), number(reading.slope)))
        box = self._box(at, _pairs_width(pairs), area)
        painter.setPen(QPen(QColor(palette.panel_border), 1.0))
        painter.drawRoundedRect(box, 5, 5)
        _paint_pairs(painter, box, pairs, palette)

    def _box(self, at: QPointF, inner: float, area: QRectF) -> QRectF:
        wide = inner + 2 * _PAD
        left = min(max(at.x() - wide / 2, area.left() + 2), area.right() - wide)
        above = at.y() - _CLEAR - _BOX
        top = above if above >= area.top() - 6 else min(at.y() + _CLEAR, area.bottom() - _BOX)
        return QRectF(left, top, wide, _BOX)

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(ui_font(BODY if area.width() > 500 else SMALL))
        painter.setPen(QColor(self._theme.palette.ink_soft))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(area.adjusted(8, 0, -8, 0), flags, self._words)

    # -- Qt ------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.area
        if self._words:
            self._paint_words(painter, area)
        elif self._scene is not None:
            self._paint_scene(painter, self._scene, area)
            painter.setClipping(False)
            if self._reading is not None and not self.held:
                self._paint_reading(painter, self._scene, self._reading, area)
        painter.end()


Pairs = list[tuple[Symbol, str]]


def _pairs_width(pairs: Pairs) -> float:
    metrics = QFontMetricsF(number_font(_TEXT, 600))
    symbols = sum(symbol_width(symbol, _SYMBOL) + _GAP for symbol, _ in pairs)
    return symbols + sum(metrics.horizontalAdvance(text) for _, text in pairs) + _APART * (len(pairs) - 1)


def _paint_pairs(painter: QPainter, box: QRectF, pairs: Pairs, palette: Palette) -> None:
    metrics = QFontMetricsF(number_font(_TEXT, 600))
    painter.setFont(number_font(_TEXT, 600))
    x, baseline = box.left() + _PAD, box.center().y() + 4.0
    for symbol, text in pairs:
        x += draw_symbol(painter, x, baseline, symbol, _SYMBOL, palette.ink_soft) + _GAP
        painter.setPen(QColor(palette.ink))
        painter.drawText(QPointF(x, baseline), text)
        x += metrics.horizontalAdvance(text) + _APART
