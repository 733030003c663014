"""Shows the weights that lead into each unit of the first layer as an image."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)

from bpviz.explain.address import Address, Edge, Node
from bpviz.explain.weight_images import WeightImages
from bpviz.qt.fonts import number_font
from bpviz.qt.plots.prediction.images_layout import LABEL, Tiles, tiles_in
from bpviz.qt.plots.prediction.walked_area import WalkedArea
from bpviz.qt.shades import image_of, value_shades
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_SIZE = 10


class ImagesGrid(WalkedArea):
    """A ring is around the unit in focus, and around the pixel whose weight is.

    Hovering lights a weight wherever it is shown, a click selects the unit; so do the arrow keys.
    """

    resized = Signal()

    def __init__(self, spotlight: Spotlight, theme: Theme) -> None:
        super().__init__()
        self._spotlight, self._theme = spotlight, theme
        self._images: WeightImages | None = None
        self._labels: tuple[str, ...] = ()
        self._strip: QImage | None = None  # all images below each other
        self._over = False                 # whether what is hovered is hovered here
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Weights into each unit of the first layer, as images")
        spotlight.changed.connect(self.viewport().update)
        theme.changed.connect(self._repaint)

    @property
    def images(self) -> WeightImages | None:
        return self._images

    @property
    def tiles(self) -> Tiles:
        assert self._images is not None
        return tiles_in(self._images.units, self._images.shape, self.viewport().width(), self.height())

    def show_images(self, images: WeightImages, labels: tuple[str, ...]) -> None:
        """labels: what each unit is called above its image."""
        self._images, self._labels = images, labels
        self._repaint()
        self._scroll()

    def address_at(self, point: QPointF) -> Address | None:
        """The weight under a place of the viewport; its unit where that is a label."""
        if self._images is None:
            return None
        tiles, content = self.tiles, point + QPointF(0.0, self.verticalScrollBar().value())
        unit = tiles.unit_at(content)
        if unit is None:
            return None
        inside = content - tiles.box(unit).topLeft()
        rows, columns = self._images.shape
        row, column = math.floor(inside.y() / tiles.height * rows), int(inside.x() / tiles.width * columns)
        if not (0 <= row < rows and 0 <= column < columns):
            return Node(0, unit)
        return Edge(0, self._images.source(row, column), unit)

    # -- within ----------------------------------------------------------------------------------------

    def _repaint(self) -> None:
        if self._images is not None:
            shades = value_shades(self._theme.palette)
            rows, columns = self._images.shape
            all_rows = self._images.pixels.reshape(self._images.units * rows, columns)
            self._strip = image_of(all_rows, -self._images.largest, self._images.largest, shades)
        self.viewport().update()

    def _scroll(self) -> None:
        if self._images is not None:
            tiles, bar = self.tiles, self.verticalScrollBar()
            bar.setRange(0, max(0, math.ceil(tiles.full_height - self.viewport().height())))
            bar.setPageStep(self.viewport().height())
            bar.setSingleStep(int(tiles.height / 2))

    def _hover(self, address: Address | None) -> None:
        if address is not None or self._over:
            self._over = address is not None
            self._spotlight.hover(address)

    def walk(self, across: int, down: int) -> None:
        """Select the unit beside the selected one."""
        focus, tiles = self._spotlight.selected, self.tiles
        unit = tiles.beside(_unit_of(focus), across, down)
        self._spotlight.select(Node(0, unit))
        box, bar = tiles.box(unit), self.verticalScrollBar()
        bar.setValue(int(min(max(bar.value(), box.bottom() - self.viewport().height()), box.top() - LABEL)))

    def _paint_unit(self, painter: QPainter, unit: int, box: QRectF) -> None:
        assert self._images is not None and self._strip is not None
        rows, columns = self._images.shape
        painter.setPen(QColor(self._theme.palette.ink_soft))
        label = box.adjusted(0, -LABEL, 20, 0)
        painter.drawText(label, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self._labels[unit])
        painter.drawImage(box, self._strip, QRectF(0, unit * rows, columns, rows))

    def _paint_focus(self, painter: QPainter, address: Address | None, tiles: Tiles, width: float) -> None:
        """A ring around a unit, and around a pixel of it."""
        unit = _unit_of(address)
        if unit is None or self._images is None:
            return
        box = tiles.box(unit)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.palette.accent), width))
        painter.drawRect(box.adjusted(-1, -1, 1, 1))
        if isinstance(address, Edge):
            rows, columns = self._images.shape
            row, column = self._images.place(address.source)
            wide, tall = tiles.width / columns, tiles.height / rows
            painter.setPen(QPen(QColor(self._theme.palette.ink), 1.5))
            painter.drawRect(QRectF(box.left() + column * wide, box.top() + row * tall, wide, tall))

    # -- Qt --------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._theme.palette.panel))
        if self._images is not None:
            tiles, top = self.tiles, self.verticalScrollBar().value()
            painter.translate(0, -top)
            painter.setFont(number_font(_SIZE, 500))
            for unit in range(tiles.units):
                box = tiles.box(unit)
                if box.bottom() >= top and box.top() - LABEL <= top + self.viewport().height():
                    self._paint_unit(painter, unit, box)
            self._paint_focus(painter, self._spotlight.selected, tiles, 2.0)
            if self._spotlight.hovered is not None:
                self._paint_focus(painter, self._spotlight.hovered, tiles, 1.0)
            if self.hasFocus() and _unit_of(self._spotlight.selected) is None:
                self._paint_focus(painter, Node(0, 0), tiles, 1.0)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scroll()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.address_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        unit = _unit_of(self.address_at(event.position()))
        if event.button() == Qt.MouseButton.LeftButton and unit is not None:
            self._spotlight.select(Node(0, unit))


def _unit_of(address: Address | None) -> int | None:
    """The unit of the first layer that a unit or a weight belongs to."""
    if address is None or address.layer != 0:
        return None
    return address.target if isinstance(address, Edge) else address.unit
