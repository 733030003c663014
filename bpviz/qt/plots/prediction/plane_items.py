"""What is drawn between the axes of the plane: the surface, its lines, the examples. Holds no number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QPainter

from bpviz.engine.arrays import Array
from bpviz.explain.surface import Surface
from bpviz.qt.fonts import number_font
from bpviz.qt.palette import Palette
from bpviz.qt.plots.chart import Chart
from bpviz.qt.plots.prediction.contours import Lines
from bpviz.qt.plots.prediction.marks import (
    Mark,
    Stroke,
    batch_mark,
    dress,
    focus_mark,
    scatter,
    wrong_mark,
)

_LABEL = 11
Label = tuple[tuple[float, float], str]  # where, and what


class PlaneItems:
    """Puts its items into a chart; they are empty until they are shown something."""

    def __init__(self, chart: Chart) -> None:
        self._chart = chart
        chart.view.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._image = pg.ImageItem()
        self._image.setZValue(-0.5)  # over the grid
        self._lines = pg.PlotCurveItem(connect="finite")
        self._lines.setZValue(1)
        self._wrong, self._batch, self._focus = (scatter(4), scatter(4)), scatter(5), scatter(6)
        self._points: list[pg.ScatterPlotItem] = []
        self._labels: list[pg.TextItem] = []
        for item in (self._image, self._lines, *self._wrong, self._batch, self._focus):
            chart.plot.addItem(item, ignoreBounds=True)
        chart.dressed(self._dress)

    def show_surface(self, surface: Surface, colours: NDArray[np.uint8]) -> None:
        """Colours (rows, columns, 3), the first row at the bottom, each around its place."""
        self._image.setImage(colours, autoLevels=False)
        wide, high = surface.cell
        left, bottom = surface.plane.left - wide / 2, surface.plane.bottom - high / 2
        rows, columns, _ = colours.shape
        self._image.setRect(QRectF(left, bottom, columns * wide, rows * high))

    def show_lines(self, lines: Lines, stroke: Stroke, labels: Sequence[Label], palette: Palette) -> None:
        """With a number on some of them."""
        self._lines.setPen(stroke.pen)
        self._lines.setData(lines.x, lines.y)
        while len(self._labels) < len(labels):
            made = pg.TextItem(anchor=(0.5, 0.5))
            made.setFont(number_font(_LABEL))
            made.textItem.document().setDocumentMargin(1)
            made.setZValue(2)
            self._chart.plot.addItem(made, ignoreBounds=True)
            self._labels.append(made)
        for k, item in enumerate(self._labels):
            item.setVisible(k < len(labels))
            if k < len(labels):
                (x, y), text = labels[k]
                item.fill = QBrush(QColor(palette.panel))
                item.setText(text, QColor(palette.ink_soft))
                item.setPos(x, y)

    def show_points(self, groups: Sequence[tuple[Array, Array, Mark]]) -> None:
        """x, y and look of each group; those shown before are gone."""
        while len(self._points) < len(groups):
            made = scatter(3)
            self._chart.plot.addItem(made, ignoreBounds=True)
            self._points.append(made)
        for k, item in enumerate(self._points):
            item.setVisible(k < len(groups))
            if k < len(groups):
                x, y, mark = groups[k]
                item.setData(x, y)
                dress(item, mark)

    def colour_points(self, group: int, fills: Sequence[str]) -> None:
        """Another fill for each point of a group."""
        self._points[group].setBrush([QBrush(QColor(fill)) for fill in fills])

    def show_wrong(self, held_out: bool, x: Array, y: Array) -> None:
        """Cross out examples of one set."""
        self._wrong[held_out].setData(x, y)

    def crowd(self, points: int, palette: Palette) -> None:
        """So many points are shown in all."""
        for held_out, item in enumerate(self._wrong):
            dress(item, wrong_mark(palette, bool(held_out), points))

    def show_batch(self, x: Array, y: Array) -> None:
        self._batch.setData(x, y)

    def show_focus(self, place: tuple[float, float] | None) -> None:
        self._focus.setData(*(([], []) if place is None else ([place[0]], [place[1]])))

    def _dress(self, palette: Palette) -> None:
        dress(self._batch, batch_mark(palette))
        dress(self._focus, focus_mark(palette))
