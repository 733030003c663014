"""The same picture with general-purpose scenes: items of QGraphicsScene, and pyqtgraph's GraphItem.

Items stay, and are told only what has changed; those of one kind lie in one plane. Colours are opaque, as
ours are. The items get finished colours, places and texts, where our painter begins with the numbers. Scenes
are rendered into an image: a view on screen paints the same, and its own work would be added.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import zip_longest

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
)

from bpviz.qt.fonts import math_font, number_font
from tests.benchmarks.recorded import Box, Dot, Line, Picture, Shape, Text

EDGES, DOTS, SHAPES, GRID, BOXES, TEXTS = range(6)  # planes, the lowest first
_DOCUMENT_MARGIN = 4.0  # around the text of pyqtgraph's TextItem
_CHANNELS = ("red", "green", "blue", "alpha")

Show = Callable[[Picture], None]

# A frame asks for the same few: whoever writes such a program soon keeps them.
_colour = lru_cache(maxsize=4096)(QColor)


@lru_cache(maxsize=4096)
def _brush(name: str) -> QBrush:
    return QBrush(QColor(name))


@lru_cache(maxsize=4096)
def _pen(name: str, width: float) -> QPen:
    pen = QPen(QColor(name), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


@lru_cache(maxsize=64)
def _font(mathematical: bool, size: int, weight: int, italic: bool) -> tuple[QFont, float]:
    """A font and its ascent: items are placed by the top of their text."""
    font = math_font(size, italic) if mathematical else number_font(size, weight)
    return font, QFontMetricsF(font).ascent()


class Pool:
    """Items of one kind: as many as a frame needs are shown, and each is told what is new."""

    def __init__(self, scene: QGraphicsScene, plane: int) -> None:
        self._scene, self._plane = scene, plane
        self._items: list[QGraphicsItem] = []
        self._shown: list[object] = []

    def show(self, wanted: Sequence[object]) -> None:
        while len(self._items) < len(wanted):
            item = self.made()
            item.setZValue(self._plane)
            self._scene.addItem(item)
            self._items.append(item)
            self._shown.append(None)
        for k, (new, old) in enumerate(zip_longest(wanted, self._shown)):
            if new is None and old is not None:
                self._items[k].setVisible(False)
            elif new is not None and new != old:
                if old is None:
                    self._items[k].setVisible(True)
                self.tell(self._items[k], new)
            self._shown[k] = new

    def made(self) -> QGraphicsItem:
        raise NotImplementedError

    def tell(self, item: QGraphicsItem, what: object) -> None:
        raise NotImplementedError


class LinePool(Pool):
    def made(self) -> QGraphicsItem:
        return QGraphicsLineItem()

    def tell(self, item: QGraphicsLineItem, what: Line) -> None:
        item.setLine(*what.ends)
        item.setPen(_pen(what.colour, what.width))


class DotPool(Pool):
    def made(self) -> QGraphicsItem:
        item = QGraphicsEllipseItem()
        item.setPen(Qt.PenStyle.NoPen)
        return item

    def tell(self, item: QGraphicsEllipseItem, what: Dot) -> None:
        (x, y), r = what.place, what.radius
        item.setRect(x - r, y - r, 2 * r, 2 * r)
        item.setBrush(_brush(what.colour))


class ShapePool(Pool):
    def made(self) -> QGraphicsItem:
        item = QGraphicsPathItem()
        item.setPen(Qt.PenStyle.NoPen)
        item.outline = None
        return item

    def tell(self, item: QGraphicsPathItem, what: Shape) -> None:
        if item.outline is not what.outline:
            item.outline = what.outline
            item.setPath(what.outline)
        item.setBrush(_brush(what.colour))


class BoxPool(ShapePool):
    def tell(self, item: QGraphicsPathItem, what: Box) -> None:
        path = QPainterPath()
        path.addRoundedRect(what.place, what.corner, what.corner)
        item.setPath(path)
        item.setBrush(_brush(what.colour))


class TextPool(Pool):
    def made(self) -> QGraphicsItem:
        return QGraphicsSimpleTextItem()

    def tell(self, item: QGraphicsSimpleTextItem, what: Text) -> None:
        font, ascent = _font(*what.font)
        item.setFont(font)
        item.setText(what.text)
        item.setBrush(_brush(what.colour))
        item.setPos(what.place[0], what.place[1] - ascent)


class GraphTextPool(Pool):
    def made(self) -> QGraphicsItem:
        return pg.TextItem()

    def tell(self, item: pg.TextItem, what: Text) -> None:
        font, ascent = _font(*what.font)
        if item.textItem.font() != font:
            item.setFont(font)
        item.setText(what.text)
        item.setColor(_colour(what.colour))
        item.setPos(what.place[0] - _DOCUMENT_MARGIN, what.place[1] - ascent - _DOCUMENT_MARGIN)


class PixelImage:
    """Inputs that are an image: one pixmap, enlarged, and over it the gaps between pixels."""

    def __init__(self, scene: QGraphicsScene, ground: str) -> None:
        self._item, self._gaps = QGraphicsPixmapItem(), QGraphicsPathItem()
        self._gaps.setPen(QPen(QColor(ground), 1.0))
        for item, plane in ((self._item, SHAPES), (self._gaps, GRID)):
            item.setZValue(plane)
            scene.addItem(item)

    def show(self, pixels: Sequence[Box]) -> None:
        if not pixels:
            return
        ordered = sorted(pixels, key=lambda box: (box.place.top(), box.place.left()))
        across = sum(box.place.top() == ordered[0].place.top() for box in ordered)
        side = ordered[0].place.width() + 1.0
        rgb = np.array([_colour(box.colour).rgb() for box in ordered], dtype=np.uint32)
        image = QImage(rgb, across, len(ordered) // across, 4 * across, QImage.Format.Format_RGB32)
        if self._gaps.path().isEmpty():
            first = ordered[0].place
            self._place(QRectF(first.x() - 0.5, first.y() - 0.5, across * side, side * image.height()), side)
        self._item.setPixmap(QPixmap.fromImage(image))

    def _place(self, area: QRectF, side: float) -> None:
        self._item.setPos(area.topLeft())
        self._item.setScale(side)
        path = QPainterPath()
        for x in np.arange(area.left(), area.right() + side / 2, side).tolist():
            path.moveTo(x, area.top())
            path.lineTo(x, area.bottom())
        for y in np.arange(area.top(), area.bottom() + side / 2, side).tolist():
            path.moveTo(area.left(), y)
            path.lineTo(area.right(), y)
        self._gaps.setPath(path)


def graphics_scene(ground: str) -> tuple[QGraphicsScene, Show]:
    """One item a primitive."""
    scene = QGraphicsScene()
    scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)  # everything is seen anyway
    lines, dots, shapes = LinePool(scene, EDGES), DotPool(scene, DOTS), ShapePool(scene, SHAPES)
    boxes, texts, pixels = BoxPool(scene, BOXES), TextPool(scene, TEXTS), PixelImage(scene, ground)

    def show(picture: Picture) -> None:
        lines.show(picture.lines)
        dots.show(picture.dots)
        shapes.show(picture.shapes)
        pixels.show(picture.pixels)
        boxes.show(picture.boxes)
        texts.show(picture.texts)

    return scene, show


def edge_items() -> tuple[QGraphicsScene, Show]:
    """The edges alone."""
    scene = QGraphicsScene()
    scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
    lines = LinePool(scene, EDGES)
    return scene, lambda picture: lines.show(picture.lines)


def graph_item(ground: str, scale: float) -> tuple[QGraphicsScene, Show]:
    """GraphItem with a pen an edge; scatter plots for nodes and pulses; a TextItem a piece of text."""
    scene = pg.GraphicsScene()
    scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
    tell_edges = _graph_edges(scene, scale)
    dots, shapes = pg.ScatterPlotItem(pxMode=False), pg.ScatterPlotItem(pxMode=False)
    for item, plane in ((dots, DOTS), (shapes, SHAPES)):
        item.setZValue(plane)
        scene.addItem(item)
    boxes, texts, pixels = BoxPool(scene, BOXES), GraphTextPool(scene, TEXTS), PixelImage(scene, ground)

    def show(picture: Picture) -> None:
        tell_edges(picture)
        _tell_dots(dots, picture.dots)
        _tell_shapes(shapes, picture.shapes)
        pixels.show(picture.pixels)
        boxes.show(picture.boxes)
        texts.show(picture.texts)
        scene.prepareForPaint()

    return scene, show


def graph_edges(scale: float) -> tuple[QGraphicsScene, Show]:
    """The edges alone."""
    scene = pg.GraphicsScene()
    return scene, _graph_edges(scene, scale)


def _graph_edges(scene: QGraphicsScene, scale: float) -> Show:
    """Its own scatter plot is not told of the ends of edges: it would draw nothing there, slowly."""
    pg.setConfigOptions(antialias=True)
    item = pg.GraphItem()
    item.scatter.setVisible(False)
    item.setZValue(EDGES)
    scene.addItem(item)

    def show(picture: Picture) -> None:
        count = len(picture.lines)
        pens = np.zeros(count, dtype=[*((channel, np.ubyte) for channel in _CHANNELS), ("width", float)])
        colours = np.array([_colour(line.colour).getRgb() for line in picture.lines]).reshape(count, 4)
        for channel, values in zip(_CHANNELS, colours.T, strict=True):
            pens[channel] = values
        pens["width"] = [line.width * scale for line in picture.lines]  # its pens are cosmetic
        item.pos = np.array([line.ends for line in picture.lines]).reshape(-1, 2)
        item.adjacency = np.arange(2 * count).reshape(count, 2)
        item.setPen(pens)

    return show


def _tell_dots(item: pg.ScatterPlotItem, dots: Sequence[Dot]) -> None:
    item.setData(
        pos=np.array([dot.place for dot in dots]).reshape(-1, 2), size=[2 * dot.radius for dot in dots],
        brush=[_brush(dot.colour) for dot in dots], pen=None, symbol="o",
    )


def _tell_shapes(item: pg.ScatterPlotItem, shapes: Sequence[Shape]) -> None:
    centres = [shape.outline.boundingRect().center() for shape in shapes]
    item.setData(
        pos=np.array([(at.x(), at.y()) for at in centres]).reshape(-1, 2), size=1.0,
        brush=[_brush(shape.colour) for shape in shapes], pen=None,
        symbol=[shape.outline.translated(-at) for shape, at in zip(shapes, centres, strict=True)],
    )
