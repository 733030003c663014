"""What is drawn between the axes of the plane: the surface, its lines, the examples. Holds no number."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

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
    LARGEST,
    Mark,
    batch_mark,
    boundary_stroke,
    contour_stroke,
    draw_with,
    dress,
    focus_mark,
    scatter,
    wrong_mark,
)
from bpviz.qt.theme import Theme

_LABEL = 11
Label = tuple[tuple[float, float], str]  # where, and what


class PlaneItems:
    """Puts its items into a chart; they are empty until they are shown something."""

    def __init__(self, chart: Chart, theme: Theme) -> None:
        self._chart, self._theme = chart, theme
        self._strong = True
        self._marks: list[Mark] = []
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

    def show_lines(self, lines: Lines, labels: Sequence[Label], strong: bool) -> None:
        """With a number on some of them. strong: they are a boundary."""
        self._lines.setData(lines.x, lines.y)
        self._strong = strong
        while len(self._labels) < len(labels):
            made = pg.TextItem(anchor=(0.5, 0.5))
            made.setFont(number_font(_LABEL))
            made.textItem.document().setDocumentMargin(1)
            made.setZValue(2)
            self._chart.plot.addItem(made, ignoreBounds=True)
            self._labels.append(made)
        for item, label in zip_longest(self._labels, labels):
            item.setVisible(label is not None)
            if label is not None:
                item.setText(label[1])
                item.setPos(*label[0])
        self._dress_lines(self._theme.palette)

    def show_points(self, groups: Sequence[tuple[Array, Array, Mark]]) -> None:
        """x, y and look of each group; those shown before are gone."""
        while len(self._points) < len(groups):
            made = scatter(3)
            self._chart.plot.addItem(made, ignoreBounds=True)
            self._points.append(made)
        self._marks = [mark for _, _, mark in groups]
        for item, group in zip_longest(self._points, groups):
            item.setVisible(group is not None)
            if group is not None:
                item.setData(group[0], group[1])
                dress(self._chart, item, group[2])
        self._dress_wrong(self._theme.palette)

    def colour_points(self, group: int, fills: Sequence[str]) -> None:
        """Another fill for each point of a group."""
        self._points[group].setBrush([QBrush(QColor(fill)) for fill in fills])

    def show_wrong(self, held_out: bool, x: Array, y: Array) -> None:
        """Cross out examples of one set."""
        self._wrong[held_out].setData(x, y)

    def show_batch(self, x: Array, y: Array) -> None:
        self._batch.setData(x, y)

    def show_focus(self, place: tuple[float, float] | None) -> None:
        self._focus.setData(*(([], []) if place is None else ([place[0]], [place[1]])))

    # -- within ----------------------------------------------------------------------------------------

    def _dress(self, palette: Palette) -> None:
        """The points keep their colours until they are shown anew."""
        for item, mark in zip(self._points, self._marks, strict=False):
            dress(self._chart, item, mark)
        dress(self._chart, self._batch, batch_mark(palette))
        dress(self._chart, self._focus, focus_mark(palette))
        self._dress_wrong(palette)
        self._dress_lines(palette)

    def _dress_wrong(self, palette: Palette) -> None:
        size = min((mark.size for mark in self._marks), default=LARGEST)
        for held_out, item in zip((False, True), self._wrong, strict=True):
            dress(self._chart, item, wrong_mark(palette, held_out, size))

    def _dress_lines(self, palette: Palette) -> None:
        stroke = boundary_stroke(palette) if self._strong else contour_stroke(palette)
        draw_with(self._chart, self._lines, stroke)
        for label in self._labels:
            label.fill = QBrush(QColor(palette.panel))
            label.setColor(QColor(palette.ink_soft))
