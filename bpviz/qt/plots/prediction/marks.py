"""How examples look in the prediction plots, drawn in a plot and in its key alike."""

from __future__ import annotations

from dataclasses import dataclass

import pyqtgraph as pg
from pyqtgraph.graphicsItems.ScatterPlotItem import drawSymbol
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from bpviz.qt.data.marker import class_colour
from bpviz.qt.palette import Palette, mixed

_SHAPES = ("o", "s", "t1", "d", "star", "p", "h")  # of the classes, as pyqtgraph calls them
_POINT = 9.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A symbol of pyqtgraph's; size and width in pixels, colours as hex strings; no fill is open."""

    symbol: str
    size: float
    fill: str
    rim: str
    width: float = 1.0

    @property
    def pen(self) -> QPen:
        pen = QPen(QColor(self.rim), self.width)
        pen.setCosmetic(True)  # symbols are drawn in a scale of their own
        return pen


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line."""

    colour: str
    width: float = 2.0
    dashed: bool = False

    @property
    def pen(self) -> QPen:
        pen = QPen(QColor(self.colour), self.width)
        pen.setCosmetic(True)  # in a plot as well
        if self.dashed:
            pen.setDashPattern([3.0, 2.0])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen


def data_mark(palette: Palette, held_out: bool) -> Mark:
    """Examples of which only the place counts: filled are learned from, hollow are not."""
    ink = mixed(palette.panel, palette.ink, 0.6)
    fill, rim = (palette.panel, ink) if held_out else (ink, palette.panel)
    return Mark("o", _POINT - 2, fill, rim, 1.3 if held_out else 1.0)


def class_mark(palette: Palette, kind: int, classes: int, held_out: bool) -> Mark:
    """A shape and a colour for each class; filled are learned from, hollow are not."""
    colour = class_colour(palette, kind, classes)
    shape = _SHAPES[kind % len(_SHAPES)]
    size = _POINT + (2 if shape in ("t1", "star") else 0)
    if held_out:
        return Mark(shape, size - 1, palette.panel, colour, 1.8)
    return Mark(shape, size, colour, palette.panel, 1.2)


def wrong_mark(palette: Palette) -> Mark:
    """Laid over an example that is taken for another class."""
    return Mark("x", 8.0, palette.ink, palette.panel, 0.8)


def batch_mark(palette: Palette) -> Mark:
    """Around the examples that the present step learns from."""
    return Mark("o", 14.0, "", palette.accent, 1.0)


def focus_mark(palette: Palette) -> Mark:
    """Around the example that is shown."""
    return Mark("o", 17.0, "", palette.accent, 2.5)


def scatter(z: float) -> pg.ScatterPlotItem:
    """Points to be dressed in a mark. A click on one is the chart's, to which pyqtgraph would not pass it on:
    hence disabled, which changes nothing in its look."""
    item = pg.ScatterPlotItem()
    item.setZValue(z)
    item.setEnabled(False)
    return item


def dress(item: pg.ScatterPlotItem, mark: Mark) -> None:
    item.setSymbol(mark.symbol)
    item.setSize(mark.size)
    item.setPen(mark.pen)
    item.setBrush(QColor(mark.fill) if mark.fill else None)


def paint_mark(painter: QPainter, at: QPointF, mark: Mark | Stroke) -> None:
    """With its middle there; a line is a short one."""
    if isinstance(mark, Stroke):
        painter.setPen(mark.pen)
        painter.drawLine(at - QPointF(8, 0), at + QPointF(8, 0))
        return
    painter.save()
    painter.translate(at)
    brush = QColor(mark.fill) if mark.fill else QColor(Qt.GlobalColor.transparent)
    drawSymbol(painter, mark.symbol, min(mark.size, 13.0), mark.pen, brush)
    painter.restore()
