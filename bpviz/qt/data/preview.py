"""Shows what of a data set is drawn, or a sentence where there is nothing to draw."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.engine.arrays import Array
from bpviz.qt.data.field import Field, paint_field, paint_legend
from bpviz.qt.data.marker import class_colour, stamp, stamp_at
from bpviz.qt.data.picture import Histogram, Images, Picture, Points
from bpviz.qt.fonts import SMALL, ui_font
from bpviz.qt.palette import Palette, blend
from bpviz.qt.theme import Theme

_NOTE = 20.0  # height of the words under the picture
_GAP = 10.0
_LABEL = 16.0


class Preview(QWidget):
    """Paints a Picture. Holds no number of its own."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture: Picture | None = None
        self._words = ""
        self.setMinimumSize(240, 110)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Preview")
        theme.changed.connect(self.update)

    @property
    def picture(self) -> Picture | None:
        return self._picture

    def show_picture(self, picture: Picture) -> None:
        self._picture, self._words = picture, ""
        self.setAccessibleDescription(_described(picture))
        self.update()

    def show_words(self, words: str) -> None:
        """Instead of a picture, why there is none."""
        self._picture, self._words = None, words
        self.setAccessibleDescription(words)
        self.update()

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(520, 340)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        room, palette = QRectF(self.rect()), self._theme.palette
        if self._picture is None:
            painter.setPen(QColor(palette.ink_faint))
            around = room.adjusted(24, 0, -24, 0)
            painter.drawText(around, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
        else:
            _paint(painter, room, self._picture, palette, self.devicePixelRatioF())
        painter.end()


def _paint(painter: QPainter, room: QRectF, picture: Picture, palette: Palette, density: float) -> None:
    under = _NOTE if picture.note else 0.0
    above = room.adjusted(0, 0, 0, -under)
    if isinstance(picture, Points):
        _paint_points(painter, above, picture, palette, density)
    elif isinstance(picture, Histogram):
        _paint_bars(painter, above, picture, palette)
    else:
        _paint_images(painter, above, picture, palette)
    painter.setFont(ui_font(SMALL))
    painter.setPen(QColor(palette.ink_faint))
    note = QRectF(room.left(), room.bottom() - under, room.width(), under)
    painter.drawText(note, Qt.AlignmentFlag.AlignCenter, picture.note)


def _paint_points(
    painter: QPainter, room: QRectF, points: Points, palette: Palette, density: float
) -> None:
    field = Field.within(room, points.axes, points.square)
    paint_field(painter, field, points.names, palette)
    known = len(points.classes)
    stamps = [stamp(palette, kind, known, density) for kind in range(max(known, 1))]
    painter.save()
    painter.setClipRect(field.rect.adjusted(-6, -6, 6, 6))
    for x, y, kind in zip(points.x.tolist(), points.y.tolist(), points.kinds.tolist(), strict=True):
        stamp_at(painter, field.left(x), field.top(y), stamps[kind])
    painter.restore()
    paint_legend(painter, field, points.classes, palette)


def _paint_bars(painter: QPainter, room: QRectF, histogram: Histogram, palette: Palette) -> None:
    field = Field.within(room, histogram.axes, False)
    paint_field(painter, field, histogram.names, palette)
    feet = np.zeros(histogram.heights.shape[1])
    painter.setPen(Qt.PenStyle.NoPen)
    for kind, heights in enumerate(histogram.heights):
        painter.setBrush(QColor(class_colour(palette, kind, len(histogram.classes))))
        for k in np.flatnonzero(heights).tolist():
            left, right = field.left(float(histogram.edges[k])), field.left(float(histogram.edges[k + 1]))
            top, bottom = field.top(float(feet[k] + heights[k])), field.top(float(feet[k]))
            painter.drawRect(QRectF(left + 1, top, right - left - 2, bottom - top))
        feet += heights
    paint_legend(painter, field, histogram.classes, palette)


def _paint_images(painter: QPainter, room: QRectF, images: Images, palette: Palette) -> None:
    across = max(1, round((len(images.pixels) * room.width() / max(room.height(), 1.0)) ** 0.5))
    down = -(-len(images.pixels) // across)
    side = min(room.width() / across, room.height() / down) - _GAP
    label = _LABEL if images.labels else 0.0
    left = room.center().x() - across * (side + _GAP) / 2 + _GAP / 2
    low, high = float(images.pixels.min()), float(images.pixels.max())
    painter.setFont(ui_font(SMALL))
    painter.setPen(QColor(palette.ink_soft))
    metrics = QFontMetricsF(ui_font(SMALL))
    for k, pixels in enumerate(images.pixels):
        box = QRectF(left + k % across * (side + _GAP), room.top() + k // across * (side + _GAP), side, side)
        inside = box.adjusted(label / 2, 0, -label / 2, -label)
        painter.drawImage(inside, _image((pixels - low) / ((high - low) or 1.0), palette))
        if label:
            text = metrics.elidedText(images.labels[k], Qt.TextElideMode.ElideRight, side + _GAP - 2)
            painter.drawText(QRectF(box.left(), inside.bottom(), side, label),
                             Qt.AlignmentFlag.AlignCenter, text)


def _image(shares: Array, palette: Palette) -> QImage:
    """Pixels from 0 to 1 as the ground's colour to its ink."""
    rows, columns = shares.shape
    image = QImage(columns, rows, QImage.Format.Format_RGB32)
    for y in range(rows):
        for x in range(columns):
            image.setPixelColor(x, y, blend(palette.field, palette.ink, float(shares[y, x])))
    return image


def _described(picture: Picture) -> str:
    if isinstance(picture, Images):
        return picture.note or "images"
    what = "points" if isinstance(picture, Points) else "a histogram"
    classes = f", classes {', '.join(picture.classes)}" if picture.classes else ""
    return f"{what}: {picture.names[0]} and {picture.names[1]}{classes}. {picture.note}".strip()
