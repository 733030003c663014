"""One example with all outputs: its image, and for each class how much the network takes it for that."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.explain.number import number
from bpviz.qt.fonts import SMALL, number_font, ui_font
from bpviz.qt.palette import mixed
from bpviz.qt.plots.prediction.example_model import Listing
from bpviz.qt.plots.prediction.images_ink import ink_image
from bpviz.qt.theme import Theme

WIDTH = 280
_IMAGE = 112.0
_LINE, _LOW = 16.0, 12.0    # the height of a class, and the least where they are many
_NAME, _NUMBER, _GAP = 90.0, 62.0, 8.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ExampleCard(QWidget):
    """Paints one example of a listing. The class that it is has a frame around its name."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._listing: Listing | None = None
        self._example = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("The chosen example")
        theme.changed.connect(self.update)

    @property
    def example(self) -> int | None:
        return None if self._listing is None else self._example

    def show_example(self, listing: Listing, example: int) -> None:
        self._listing, self._example = listing, example
        self.update()

    def lines(self) -> list[int]:
        """The classes that there is room for, in their order: all, or those with the largest outputs."""
        if self._listing is None:
            return []
        outputs = self._listing.found.outputs[self._example]
        most = max(1, int((self.height() - _LINE) // _LOW))
        return sorted(int(k) for k in np.argsort(-outputs, kind="stable")[:most])

    # -- Qt --------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 120)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._listing is None:
            return
        painter, palette, listing = QPainter(self), self._theme.palette, self._listing
        painter.setFont(ui_font(SMALL, 600))
        painter.setPen(QColor(palette.ink))
        title = f"Example {listing.columns[0].text(self._example)}"
        painter.drawText(QRectF(0, 0, self.width(), _LINE), _LEFT, title)
        left = 0.0
        if listing.images is not None:
            rows, columns = listing.images.shape[1:]
            scale = min(_IMAGE, self.height() - _LINE - 4) / max(rows, columns)
            place = QRectF(0, _LINE + 2, columns * scale, rows * scale)
            painter.drawImage(place, ink_image(listing.images[self._example], palette))
            left = place.right() + 12
        self._paint_outputs(painter, listing, left)
        painter.end()

    def _paint_outputs(self, painter: QPainter, listing: Listing, left: float) -> None:
        palette, found = self._theme.palette, listing.found
        outputs, wanted = found.outputs[self._example], int(found.wanted[self._example])
        lines, largest = self.lines(), int(outputs.argmax())
        metrics = QFontMetricsF(ui_font(SMALL, 600))
        name = min(_NAME, max(metrics.horizontalAdvance(listing.classes[k]) for k in lines) + _GAP)
        high = min(_LINE, (self.height() - _LINE) / len(lines))
        width = self.width() - left - name - _NUMBER - _GAP
        for at, k in enumerate(lines):
            box = QRectF(left, _LINE + 2 + at * high, name, high)
            output = float(outputs[k])
            strong = mixed(palette.panel, palette.value_positive, 1.0 if k == largest else 0.55)
            long = width * min(1.0, max(0.0, output))
            bar = QRectF(box.right() + _GAP / 2, box.top() + 3, max(1.0, long), high - 6)
            painter.fillRect(bar, QColor(strong))
            painter.setFont(ui_font(SMALL, 600 if k == wanted else 400))
            painter.setPen(QColor(palette.ink if k in (wanted, largest) else palette.ink_soft))
            elided = painter.fontMetrics().elidedText(
                listing.classes[k], Qt.TextElideMode.ElideRight, int(name - _GAP)
            )
            painter.drawText(box.adjusted(0, 0, -_GAP / 2, 0), _RIGHT, elided)
            painter.setFont(number_font(SMALL))
            painter.drawText(QRectF(self.width() - _NUMBER, box.top(), _NUMBER, high), _RIGHT, number(output))
            if k == wanted:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QColor(palette.ink))
                painter.drawRect(box.adjusted(0.5, 0.5, 0.5, -0.5))
