"""An example that is an image, as an image."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.engine.arrays import Array
from bpviz.qt.hand.brush import Brush
from bpviz.qt.palette import blend
from bpviz.qt.theme import Theme

_SIDE = 64


class ExampleImage(QWidget):
    """Paints the pixels it is given, smallest to largest as the panel's ground to its ink.

    The mouse paints on it, too, and its right button erases.
    """

    def __init__(self, theme: Theme, brush: Brush) -> None:
        super().__init__()
        self._theme = theme
        self._brush = brush
        self._pixels: Array | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Image of the example")
        self.setToolTip("Paint on it with the mouse; the right button erases.")
        self.setCursor(Qt.CursorShape.CrossCursor)
        theme.changed.connect(self.update)

    def show_pixels(self, pixels: Array) -> None:
        self._pixels = pixels
        self.update()

    def pixel_at(self, at: QPointF) -> int | None:
        """Which pixel is there, row by row."""
        if self._pixels is None:
            return None
        rows, columns = self._pixels.shape
        side = min(self.width() / columns, self.height() / rows)
        x, y = int(at.x() // side), int(at.y() // side)
        return y * columns + x if 0 <= x < columns and 0 <= y < rows else None

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        pixel = self.pixel_at(event.position())
        if pixel is not None and event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._brush.begin(pixel, erase=event.button() == Qt.MouseButton.RightButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pixel = self.pixel_at(event.position())
        if pixel is not None:
            self._brush.touch(pixel)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._brush.end()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._pixels is None:
            return
        palette = self._theme.palette
        rows, columns = self._pixels.shape
        image = QImage(columns, rows, QImage.Format.Format_RGB32)
        low, high = float(self._pixels.min()), float(self._pixels.max())
        for y in range(rows):
            for x in range(columns):
                share = (float(self._pixels[y, x]) - low) / ((high - low) or 1.0)
                image.setPixelColor(x, y, blend(palette.field, palette.ink, share))
        painter = QPainter(self)
        side = min(self.width() / columns, self.height() / rows)
        painter.drawImage(self.rect(), image.scaled(
            int(columns * side), int(rows * side), Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.FastTransformation))
        painter.end()
