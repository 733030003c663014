"""A plot of one curve, on which the input can be dragged."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.qt.playground.painter import paint_picture
from bpviz.qt.playground.picture import Field, Picture
from bpviz.qt.playground.x_keys import steps_of
from bpviz.qt.theme import Theme


class CurvePlot(QWidget):
    """Paints a picture. Where its input may be chosen, says which is wanted."""

    dragged = Signal(float)  # the input under the mouse
    stepped = Signal(int)    # by so many hundredths, from the keyboard

    def __init__(self, theme: Theme, picture: Picture) -> None:
        super().__init__()
        self._theme = theme
        self._picture = picture
        self._draggable = False
        self.setMinimumSize(130, 84)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    @property
    def picture(self) -> Picture:
        return self._picture

    @property
    def field(self) -> Field:
        return Field.within(QRectF(self.rect()), self._picture.curve)

    def show_picture(self, picture: Picture) -> None:
        if picture != self._picture:
            self._picture = picture
            self.update()

    def set_draggable(self, draggable: bool) -> None:
        self._draggable = draggable
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if draggable else Qt.FocusPolicy.NoFocus)
        if draggable:
            self.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            self.unsetCursor()

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(200, 150)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._draggable and event.button() == Qt.MouseButton.LeftButton:
            self.dragged.emit(self.field.value_at(event.position().x()))
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._draggable and event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(self.field.value_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = steps_of(event) if self._draggable else 0
        if steps:
            self.stepped.emit(steps)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_picture(painter, QRectF(self.rect()), self._picture, self._theme.palette)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.palette.accent), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.end()
