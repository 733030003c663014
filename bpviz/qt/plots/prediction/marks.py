"""How examples look in the prediction plots, drawn in a plot and in its key alike."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pyqtgraph as pg
from pyqtgraph.graphicsItems.ScatterPlotItem import drawSymbol
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from bpviz.qt.data.marker import class_colour
from bpviz.qt.palette import Palette, ink_on, mixed
from bpviz.qt.plots.chart import Chart

_SHAPES = ("o", "s", "t1", "d", "star", "p", "h")  # of the classes, as pyqtgraph calls them
_DASHES = [3.0, 2.0]
_LARGEST_IN_KEY = 13.0
LARGEST, _SMALLEST = 9.0, 4.0  # pixels
_FILLED = 0.55  # of the distance between points, if they were spread evenly


@dataclass(frozen=True, slots=True)
class Mark:
    """A symbol of pyqtgraph's; size and width in pixels, colours as hex strings; no fill is open."""

    symbol: str
    size: float
    fill: str
    rim: str
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line."""

    colour: str
    width: float = 2.0
    dashed: bool = False


def data_mark(palette: Palette, held_out: bool, size: float = LARGEST) -> Mark:
    """Examples of which only the place counts: filled are learned from, hollow are not."""
    ink = mixed(palette.panel, palette.ink, 0.6)
    if held_out:
        return Mark("o", size - 1, palette.panel, ink, 1.3)
    return Mark("o", size, ink, palette.panel, 1.0)


def class_mark(palette: Palette, kind: int, classes: int, held_out: bool, size: float = LARGEST) -> Mark:
    """A shape and a colour for each class; filled are learned from, hollow are not."""
    colour = class_colour(palette, kind, classes)
    shape = _SHAPES[kind % len(_SHAPES)]
    size += 0.2 * size if shape in ("t1", "star") else 0.0
    if held_out:
        return Mark(shape, size - 1, palette.panel, colour, 1.6)
    return Mark(shape, size, colour, palette.panel, 1.0)


def wrong_mark(palette: Palette, held_out: bool, size: float = LARGEST) -> Mark:
    """Laid over an example that is taken for another class."""
    ink = palette.ink if held_out else ink_on(palette, palette.value_negative).name()
    return Mark("x", size - 1, ink, ink, 0.5)


def batch_mark(palette: Palette) -> Mark:
    """Around the examples that the present step learns from."""
    return Mark("o", 14.0, "", palette.accent, 1.0)


def focus_mark(palette: Palette) -> Mark:
    """Around the example that is shown."""
    return Mark("o", 17.0, "", palette.accent, 2.5)


def boundary_stroke(palette: Palette) -> Stroke:
    """Between classes."""
    return Stroke(palette.ink, 1.8)


def contour_stroke(palette: Palette) -> Stroke:
    """Where an output has one value."""
    return Stroke(mixed(palette.panel, palette.ink, 0.6), 1.0)


def fitting_size(points: int, width: float, height: float) -> float:
    """How large so many points may be for most to be seen beside each other, in half pixels."""
    apart = math.sqrt(max(1.0, width * height) / max(1, points))
    return min(LARGEST, max(_SMALLEST, round(2 * _FILLED * apart) / 2))


def scatter(z: float) -> pg.ScatterPlotItem:
    """Points to be dressed in a mark. A click on one is the chart's, to which pyqtgraph would not pass it on:
    hence disabled, which changes nothing in its look."""
    item = pg.ScatterPlotItem()
    item.setZValue(z)
    item.setEnabled(False)
    return item


def dress(chart: Chart, item: pg.ScatterPlotItem, mark: Mark) -> None:
    item.setSymbol(mark.symbol)
    item.setSize(mark.size)
    item.setPen(chart.pen(mark.rim, mark.width))
    item.setBrush(QColor(mark.fill) if mark.fill else None)


def draw_with(chart: Chart, item: pg.PlotCurveItem, stroke: Stroke) -> None:
    pen = chart.pen(stroke.colour, stroke.width)
    if stroke.dashed:
        pen.setDashPattern(_DASHES)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    item.setPen(pen)


def paint_mark(painter: QPainter, at: QPointF, mark: Mark | Stroke) -> None:
    """With its middle there; a line is a short one, a large symbol a smaller one."""
    if isinstance(mark, Stroke):
        pen = QPen(QColor(mark.colour), mark.width)
        if mark.dashed:
            pen.setDashPattern(_DASHES)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(at - QPointF(8, 0), at + QPointF(8, 0))
        return
    size = min(mark.size, _LARGEST_IN_KEY)
    painter.save()
    painter.translate(at)
    brush = QColor(mark.fill) if mark.fill else QColor(Qt.GlobalColor.transparent)
    drawSymbol(painter, mark.symbol, size, QPen(QColor(mark.rim), mark.width / size), brush)
    painter.restore()
