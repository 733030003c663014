"""The weights into the first layer as images, beside the image that they look at."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bpviz.engine.arrays import Array
from bpviz.explain.address import Address, Edge, Node
from bpviz.explain.number import number
from bpviz.explain.symbol import Names
from bpviz.explain.table import Table
from bpviz.explain.weight_images import WeightImages, weight_images
from bpviz.qt.canvas.legend import paint_scale
from bpviz.qt.palette import Palette
from bpviz.qt.plots.page import PlotPage
from bpviz.qt.plots.prediction.images_grid import ImagesGrid
from bpviz.qt.plots.prediction.images_ink import ink_image
from bpviz.qt.plots.prediction.said import Said
from bpviz.qt.plots.view import PlotView
from bpviz.qt.theme import Theme

_SIDE = 96     # of the example's image
_SCALE = QSize(164, 16)
_HINT = "Point at a pixel for its weight, click to select its unit."


class WeightsView(PlotView):
    """Before the update, as the network is at the present step. Blue pixels lift a unit where the example has
    ink, orange ones lower it."""

    def __init__(self, page: PlotPage) -> None:
        super().__init__(page)
        self.grid = ImagesGrid(page.spotlight, page.theme)
        self.example = ExamplePixels(page.theme)
        self.scale = ValueScale(page.theme)
        self.said = Said()
        self._lay_out()
        page.spotlight.changed.connect(self._point)
        page.naming.changed.connect(page.wait)

    def refresh(self) -> None:
        images = self._images()
        if images is not None:
            self.grid.show_images(images, self._labels())
            self.scale.show_largest(images.largest)
            self._point()

    def table(self) -> Table | None:
        images = self._images()
        return None if images is None else images.table()

    # -- within ----------------------------------------------------------------------------------------

    def _images(self) -> WeightImages | None:
        shape = self.page.session.dataset.image_shape
        return None if shape is None else weight_images(self.page.session.trainer.parameters[0].w, shape)

    def _labels(self) -> tuple[str, ...]:
        """Numbers; names of classes where the first layer is the last one."""
        session = self.page.session
        classes = session.dataset.class_names
        if session.network.depth == 1 and len(classes) == session.network.outputs:
            return classes
        return tuple(str(k + 1) for k in range(session.network.layers[0].units))

    def _point(self) -> None:
        """The spotlight is elsewhere: another example beside the weights, another weight in words."""
        images, shape = self.grid.images, self.page.session.dataset.image_shape
        if images is None or shape != images.shape:
            return
        record, row = self.page.session.record, self.page.spotlight.example
        pixels = record.inputs.mean(axis=0) if row is None else record.inputs[row]
        focus = self.page.spotlight.focus
        source = focus.source if isinstance(focus, Edge) and focus.layer == 0 else None
        self.example.show_pixels(pixels.reshape(images.shape), source)
        self.said.say(self._words(focus, images, pixels))

    def _words(self, focus: Address | None, images: WeightImages, pixels: Array) -> str:
        names: Names = self.page.naming.names
        layer, row = self.page.session.record.layers[0], self.page.spotlight.example
        if isinstance(focus, Edge) and focus.layer == 0:
            y, x = images.place(focus.source)
            weight, pixel = float(layer.w[focus.source, focus.target]), float(pixels[focus.source])
            told = f"weight {number(weight)} · pixel {number(pixel)} at row {y + 1}, column {x + 1}"
            return f"{names.node_name(Node(0, focus.target))} · {told}"
        if isinstance(focus, Node) and focus.layer == 0:
            z, a = (each.mean(axis=0) if row is None else each[row] for each in (layer.z, layer.a))
            of = " on average" if row is None else ""
            told = f"sum {number(float(z[focus.unit]))}, activation {number(float(a[focus.unit]))}"
            return f"{names.node_name(focus)} · {told} for this image{of}"
        return _HINT

    def _lay_out(self) -> None:
        head, row, side = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.said, 1)
        head.addWidget(self.scale)
        side.addWidget(self.example)
        side.addStretch(1)
        row.setSpacing(16)
        row.addLayout(side)
        row.addWidget(self.grid, 1)
        self.column.setSpacing(3)
        self.column.addLayout(head)
        self.column.addLayout(row, 1)


class ExamplePixels(QWidget):
    """The image that the weights look at, with a ring around one pixel."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pixels: Array | None = None
        self._source: int | None = None
        self.setFixedSize(_SIDE, _SIDE)
        self.setAccessibleName("Image of the example")
        self.setToolTip("The example that the network shows; PgUp and PgDown show others of this step.")
        theme.changed.connect(self.update)

    def show_pixels(self, pixels: Array, source: int | None) -> None:
        self._pixels, self._source = pixels, source
        self.update()

    # -- Qt --------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._pixels is None:
            return
        palette: Palette = self._theme.palette
        painter = QPainter(self)
        rows, columns = self._pixels.shape
        side = min(self.width() / columns, self.height() / rows)
        painter.drawImage(QRectF(0, 0, columns * side, rows * side), ink_image(self._pixels, palette))
        if self._source is not None:
            y, x = divmod(self._source, columns)
            painter.setPen(QPen(QColor(palette.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(QPointF(x * side, y * side), QPointF((x + 1) * side, (y + 1) * side)))
        painter.end()


class ValueScale(QWidget):
    """The colours of values with the largest weight, for all images."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._largest = theme, math.nan
        self.setFixedSize(_SCALE)
        self.setAccessibleName("Colour scale of the weights")
        theme.changed.connect(self.update)

    def show_largest(self, largest: float) -> None:
        self._largest = largest
        self.setAccessibleDescription(f"Weights from −{number(largest)} to {number(largest)}.")
        self.update()

    # -- Qt --------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_scale(painter, self._theme.palette, 0.0, self.height() / 2, "values", self._largest)
        painter.end()
