"""What the small pictures of the batch panel have in common: their frame, focus, hints and keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from bpviz.qt.fonts import SMALL, ui_font
from bpviz.qt.theme import Theme

TICK = 11
_SWATCH = 16.0   # a line's sample in a legend
_APART = 12.0


class Figure(QWidget):
    """A picture of fixed height, repainted with the theme. Those below fill in `paint` and `tip_at`."""

    def __init__(self, theme: Theme, height: int, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        theme.changed.connect(self.update)

    def paint(self, painter: QPainter) -> None:
        raise NotImplementedError

    def tip_at(self, point: QPointF) -> str:
        raise NotImplementedError

    def write_in_middle(self, painter: QPainter, rect: QRectF, text: str) -> None:
        """Why the picture is empty."""
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(self._theme.palette.ink_faint))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(296, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(150, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.paint(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.palette.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        return super().event(event)


def legend(
    painter: QPainter, theme: Theme, entries: tuple[tuple[str, QPen], ...], right: float, y: float
) -> None:
    """Short lines with their names, side by side, ending at the right."""
    painter.setFont(ui_font(TICK))
    metrics = QFontMetricsF(ui_font(TICK))
    widths = [_SWATCH + 5 + metrics.horizontalAdvance(name) for name, _ in entries]
    x = right - sum(widths) - _APART * (len(entries) - 1)
    for (name, pen), width in zip(entries, widths, strict=True):
        painter.setPen(pen)
        painter.drawLine(QPointF(x, y), QPointF(x + _SWATCH, y))
        painter.setPen(QColor(theme.palette.ink_soft))
        painter.drawText(QPointF(x + _SWATCH + 5, y + 4), name)
        x += width + _APART


def dashed(colour: str, width: float = 1.5) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setDashPattern([3.0, 2.5])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def solid(colour: str, width: float = 1.5) -> QPen:
    return QPen(QColor(colour), width)

