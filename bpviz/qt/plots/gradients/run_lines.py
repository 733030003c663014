"""What is drawn in the chart over the run: a line a layer with its name at its end, and the playhead."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF

from bpviz.engine.arrays import Array
from bpviz.explain.number import count
from bpviz.qt.fonts import number_font, ui_font
from bpviz.qt.palette import Palette, blend
from bpviz.qt.plots.axis import Axis, run_axis
from bpviz.qt.plots.chart import Chart
from bpviz.qt.plots.cost.picture import spread

_LABEL = 11
_LINE = 14.0         # pixels from one name to the next
_FLAGGED_FROM = 70.0  # pixels: in a lower chart the playhead's words would cover the lines
_FAINTEST = 0.4      # of the colour: the first layer
_WIDTH = 1.5
_AWAY = 7.0          # pixels from the end of a line to its name
_MOST_FREE = 0.4     # of the width may be left to the names


class RunLines:
    """Belongs to a chart. The first layer is the faintest, the output the strongest."""

    def __init__(self, chart: Chart) -> None:
        self._chart = chart
        self._palette: Palette | None = None
        self._curves: list[pg.PlotCurveItem] = []
        self._names: list[pg.TextItem] = []
        self._playhead = pg.InfiniteLine(angle=90)
        self._flag = pg.TextItem(anchor=(0, 0))
        self._mark = pg.ScatterPlotItem(size=8)
        self._steps: Array = np.empty(0)
        self._placed: Array = np.empty((0, 0))
        for height, item in enumerate((self._playhead, self._flag, self._mark), 1):
            item.setZValue(height)  # over all lines
            chart.plot.addItem(item, ignoreBounds=True)
        _set_text(self._flag, number_font(_LABEL, 500))
        chart.dressed(self._dress)

    def show(
        self, steps: Array, placed: Array, axis: Axis, layers: list[str], playhead: int, reached: int
    ) -> None:
        """placed: the sizes as drawn on the axis, (layers, steps)."""
        self._steps, self._placed = steps, placed
        self._have(len(layers))
        for curve, line in zip(self._curves, placed, strict=True):
            curve.setData(steps, line, connect="finite")
        metrics = QFontMetricsF(ui_font(_LABEL))
        wide = max(map(metrics.horizontalAdvance, layers)) + 2 * _AWAY + 8
        free = min(_MOST_FREE, wide / max(1.0, self._chart.box.width()))
        right = run_axis(reached).high / (1 - free)
        top = axis.high + self._place_playhead(playhead, axis, after=playhead < 0.7 * right)
        self._chart.show_range((0.0, right), (axis.low, top))
        high = self._chart.box.height()
        across = right / max(1.0, self._chart.box.width())
        self._place_names(layers, axis, reached + _AWAY * across, (top - axis.low) / max(1.0, high))

    @property
    def named(self) -> dict[str, QRectF]:
        """Where the names of the lines stand, in the units of the axes."""
        shown = [item for item in self._names if item.isVisible()]
        return {item.toPlainText(): item.mapRectToParent(item.boundingRect()) for item in shown}

    def mark(self, near: tuple[int, int] | None) -> None:
        """A dot on the line of a layer, at the step of an index."""
        if near is None or near[0] >= self._placed.shape[0] or near[1] >= self._placed.shape[1]:
            self._mark.setData([], [])
        else:
            self._mark.setData([self._steps[near[1]]], [self._placed[near]])

    # -- within ------------------------------------------------------------------------------------

    def _have(self, layers: int) -> None:
        if layers == len(self._curves):
            return
        for item in (*self._curves, *self._names):
            self._chart.plot.removeItem(item)
        self._curves = [pg.PlotCurveItem() for _ in range(layers)]
        self._names = [pg.TextItem(anchor=(0, 0.5)) for _ in range(layers)]
        for item in (*self._curves, *self._names):
            self._chart.plot.addItem(item, ignoreBounds=True)
        for curve, name in zip(self._curves, self._names, strict=True):
            curve.setSegmentedLineMode("on")  # half the time of one long line
            _set_text(name, ui_font(_LABEL))
        self._colour()

    def _place_names(self, layers: list[str], axis: Axis, left: float, per_pixel: float) -> None:
        """At the ends of the lines, apart from each other; where they are too many, some. per_pixel: how far
        a pixel goes upwards."""
        ends = [float(line[-1]) if line.size and np.isfinite(line[-1]) else axis.low for line in self._placed]
        room = max(1, int((axis.high - axis.low) / per_pixel / _LINE))
        shown = _some(len(layers), room)
        places = spread([ends[k] for k in shown], _LINE * per_pixel, axis.low + _LINE / 2 * per_pixel,
                        axis.high - _LINE / 2 * per_pixel)
        at = dict(zip(shown, places, strict=True))
        for k, (item, name) in enumerate(zip(self._names, layers, strict=True)):
            item.setVisible(k in at)
            if k in at:
                item.setText(name)
                item.setPos(left, at[k])

    def _place_playhead(self, playhead: int, axis: Axis, after: bool) -> float:
        """Where it stands, and what it says above all lines; returns the height that takes."""
        high = float(self._chart.box.height())
        self._playhead.setValue(playhead)
        self._flag.setVisible(high >= _FLAGGED_FROM)
        self._flag.setText(f"step {count(playhead)}")
        if high < _FLAGGED_FROM:
            return 0.0
        above = (axis.high - axis.low) * _LINE / (high - _LINE)
        self._flag.setAnchor((-0.08, 0) if after else (1.08, 0))
        self._flag.setPos(playhead, axis.high + above)
        return above

    def _dress(self, palette: Palette) -> None:
        self._palette = palette
        self._playhead.setPen(self._chart.pen(palette.accent, 1.5))
        self._flag.setColor(QColor(palette.accent))
        self._flag.fill = pg.mkBrush(palette.panel)  # no line runs through the words
        self._mark.setPen(self._chart.pen(palette.panel, 1.5))
        self._mark.setBrush(QColor(palette.error_positive))
        self._colour()

    def _colour(self) -> None:
        palette, last = self._palette, len(self._curves) - 1
        if palette is None:
            return
        for k, (curve, name) in enumerate(zip(self._curves, self._names, strict=True)):
            share = 1.0 if not last else _FAINTEST + (1 - _FAINTEST) * k / last
            pen = self._chart.pen(blend(palette.panel, palette.error_positive, share), _WIDTH)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # pieces that overlap would show as dots
            curve.setPen(pen)
            name.setColor(QColor(palette.error_positive_ink if k == last else palette.ink_soft))
            name.fill = pg.mkBrush(palette.panel)


def _set_text(item: pg.TextItem, font: QFont) -> None:
    """Without the margin that a text item has, its ground covers nothing beside it."""
    item.setFont(font)
    item.textItem.document().setDocumentMargin(0.0)


def _some(layers: int, room: int) -> list[int]:
    """Which layers are named where only so many can be: evenly, the first and the last among them."""
    if layers <= room:
        return list(range(layers))
    if room == 1:
        return [layers - 1]
    return sorted({round(k * (layers - 1) / (room - 1)) for k in range(room)})
