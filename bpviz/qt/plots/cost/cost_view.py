"""Shows the cost curves, and says where it was clicked. Holds no number of its own."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from bpviz.qt.plots.cost.curves import paint_curves
from bpviz.qt.plots.cost.marks import paint_ground, paint_marks, paint_words
from bpviz.qt.plots.cost.picture import Picture
from bpviz.qt.theme import Theme


class CostView(QWidget):
    """Shows a Picture, or words where there is nothing to show yet."""

    sought = Signal(float)  # the x that was clicked or dragged to
    resized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture: Picture | None = None
        self._words: tuple[str, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self.update)

    @property
    def picture(self) -> Picture | None:
        return self._picture

    @property
    def words(self) -> tuple[str, ...]:
        """What is shown instead of a picture."""
        return self._words

    def show_picture(self, picture: Picture) -> None:
        self._picture, self._words = picture, ()
        self.update()

    def show_words(self, *lines: str) -> None:
        self._picture, self._words = None, lines
        self.update()

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
        if self._picture is None:
            paint_words(painter, QRectF(self.rect()), palette, self._words)
        else:
            paint_ground(painter, self._picture, palette)
            paint_curves(painter, self._picture, palette)
            paint_marks(painter, self._picture, palette)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._seek(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._seek(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _seek(self, event: QMouseEvent) -> None:
        if self._picture is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self.sought.emit(self._picture.x_under(event.position().x()))
        event.accept()
