"""One preset in the gallery: its picture, its title, its one line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from bpviz.document.preset import Preset
from bpviz.qt.fonts import BODY, SMALL, ui_font
from bpviz.qt.palette import Palette
from bpviz.qt.theme import Theme

PICTURE = QSize(264, 140)
_PAD = 14
_WORDS = 92
_RADIUS = 8
_MARK = "open now"
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class PresetCard(QAbstractButton):
    """A button of its own looks. Until its picture is made, its place is left empty."""

    arrow_pressed = Signal(int)  # a Qt.Key

    def __init__(self, preset: Preset, current: bool, theme: Theme) -> None:
        super().__init__()
        self.preset = preset
        self.current = current
        self._theme = theme
        self._picture: QImage | None = None
        self.setText(preset.title)
        self.setAccessibleDescription(preset.description)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def pictured(self) -> bool:
        return self._picture is not None

    def show_picture(self, picture: QImage | None) -> None:
        self._picture = picture
        self.update()

    # -- within ----------------------------------------------------------------------------------------

    def _paint_ground(self, painter: QPainter, palette: Palette, shape: QPainterPath) -> None:
        painter.fillPath(shape, QColor(palette.panel))
        painter.save()
        painter.setClipPath(shape)
        place = QRect(0, 0, self.width(), PICTURE.height())
        painter.fillRect(place, QColor(palette.canvas))
        if self._picture is not None:
            painter.drawImage(place, self._picture)
        painter.restore()

    def _paint_border(self, painter: QPainter, palette: Palette, shape: QPainterPath) -> None:
        lit = self.hasFocus() or self.underMouse()
        colour = palette.accent if lit else palette.accent if self.current else palette.panel_border
        painter.setPen(QPen(QColor(colour), 2 if self.hasFocus() else 1))
        painter.drawPath(shape)
        painter.setPen(QColor(palette.panel_border))
        painter.drawLine(QPointF(1, PICTURE.height()), QPointF(self.width() - 1, PICTURE.height()))

    def _paint_words(self, painter: QPainter, palette: Palette) -> None:
        inner = QRect(_PAD, PICTURE.height() + 11, self.width() - 2 * _PAD, 20)
        painter.setFont(ui_font(BODY, 600))
        painter.setPen(QColor(palette.ink))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.preset.title)
        if self.current:
            painter.setFont(ui_font(SMALL, 500))
            painter.setPen(QColor(palette.accent))
            painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _MARK)
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(palette.ink_soft))
        under = QRect(_PAD, inner.bottom() + 3, inner.width(), self.height() - inner.bottom() - 6)
        painter.drawText(under, int(_WRAPPED), self.preset.description)

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(PICTURE.width(), PICTURE.height() + _WORDS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
        )
        palette = self._theme.palette
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        self._paint_ground(painter, palette, shape)
        self._paint_border(painter, palette, shape)
        self._paint_words(painter, palette)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            self.arrow_pressed.emit(int(event.key()))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
