"""Shows the cost curves, and says what was asked of them with mouse and keys. Holds no number of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from bpviz.qt.plots.cost.curves import paint_curves
from bpviz.qt.plots.cost.labels import paint_labels
from bpviz.qt.plots.cost.marks import paint_ground, paint_marks, paint_words
from bpviz.qt.plots.cost.picture import Picture
from bpviz.qt.plots.cost.reading import Reading
from bpviz.qt.plots.cost.readout import paint_readout
from bpviz.qt.theme import Theme

_ZOOM = 1.2            # by one notch of the wheel or one key
_NOTCH = 120
_KEY_STEP = 0.02       # of what is seen, for the reading line


class CostView(QWidget):
    """Shows a Picture, or words where there is nothing to show yet, and a reading over it."""

    sought = Signal(float)         # the x that was clicked or dragged to
    pressed = Signal()             # before the first of these
    pointed = Signal()             # the mouse is elsewhere, or gone: `pointer` says where
    zoomed = Signal(float, float)  # so many times closer, about an x
    panned = Signal(float)         # so far along x
    fitted = Signal()              # all of it again
    unpressed = Signal()           # what the last press did was not meant
    resized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture: Picture | None = None
        self._words: tuple[str, ...] = ()
        self._reading: Reading | None = None
        self._pointer: float | None = None   # in pixels
        self._panning: float | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        theme.changed.connect(self.update)

    @property
    def picture(self) -> Picture | None:
        return self._picture

    @property
    def words(self) -> tuple[str, ...]:
        """What is shown instead of a picture."""
        return self._words

    @property
    def reading(self) -> Reading | None:
        return self._reading

    @property
    def pointer(self) -> float | None:
        """The x that is to be read."""
        if self._picture is None or self._pointer is None:
            return None
        rect = self._picture.rect
        return self._picture.x_under(min(max(self._pointer, rect.left()), rect.right()))

    def show_picture(self, picture: Picture) -> None:
        self._picture, self._words = picture, ()
        self.update()

    def show_words(self, *lines: str) -> None:
        self._picture, self._words, self._reading = None, lines, None
        self.update()

    def show_reading(self, reading: Reading | None) -> None:
        if reading != self._reading:
            self._reading = reading
            self.update()

    def paint_on(self, painter: QPainter) -> None:
        """All but what only mouse and keys need."""
        palette = self._theme.palette
        if self._picture is None:
            paint_words(painter, QRectF(self.rect()), palette, self._words)
            return
        paint_ground(painter, self._picture, palette)
        for area in (self._picture, self._picture.strip):
            if area is not None:
                paint_curves(painter, area, palette)
                paint_labels(painter, area, palette)
        paint_marks(painter, self._picture, palette)

    # -- Qt ---------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(640, 160)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 80)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(palette.panel))
        self.paint_on(painter)
        if self._picture is not None and self._reading is not None:
            paint_readout(painter, self._picture, self._reading, palette, QRectF(self.rect()))
        if self.hasFocus():
            painter.setPen(QPen(QColor(palette.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.button() == Qt.MouseButton.MiddleButton or (
            shifted and event.button() == Qt.MouseButton.LeftButton
        ):
            self._panning = event.position().x()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()
            self._seek(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._panning is not None and self._picture is not None:
            moved = self._picture.x_under(self._panning) - self._picture.x_under(event.position().x())
            self._panning = event.position().x()
            self.panned.emit(moved)
        else:
            self._seek(event)
        self._point(event.position())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._panning is not None:
            self._panning = None
            self.setCursor(Qt.CursorShape.CrossCursor)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.unpressed.emit()  # the first of the two presses has gone to a step
            self.fitted.emit()
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / _NOTCH
        if self._picture is not None and notches:
            self.zoomed.emit(_ZOOM**notches, self._picture.x_under(event.position().x()))
            self._point(event.position())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """With Ctrl: left and right move the reading line, plus and minus zoom about it, 0 shows all.

        Return moves the playhead to it.
        """
        x, key = self.pointer, event.key()
        if self._picture is None:
            super().keyPressEvent(event)
        elif x is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.sought.emit(x)
        elif not (event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._steered(key)):
            super().keyPressEvent(event)

    # -- within -----------------------------------------------------------------------------------

    def _steered(self, key: int) -> bool:
        assert self._picture is not None
        rect = self._picture.rect
        here = rect.center().x() if self._pointer is None else self._pointer
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = _KEY_STEP * rect.width() * (1 if key == Qt.Key.Key_Right else -1)
            self._point(QPointF(min(max(here + by, rect.left()), rect.right()), 0))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            factor = 1 / _ZOOM if key == Qt.Key.Key_Minus else _ZOOM
            self.zoomed.emit(factor, self._picture.x_under(here))
        elif key == Qt.Key.Key_0:
            self.fitted.emit()
        else:
            return False
        return True

    def _seek(self, event: QMouseEvent) -> None:
        if self._picture is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self.sought.emit(self._picture.x_under(event.position().x()))

    def _point(self, at: QPointF | None) -> None:
        self._pointer = None if at is None else at.x()
        self.pointed.emit()
