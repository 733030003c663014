"""A picture with a column for each layer, from the first to the output, and what mouse and keys do there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from bpviz.explain.part import Part, What
from bpviz.explain.symbol import Names
from bpviz.qt.fonts import ui_font
from bpviz.qt.plots.page import PlotPage

TICK = 11
FOOT = 17.0          # the names of the layers
_RADIUS = 5.0


class LayerFigure(QWidget):
    """Points at a layer everywhere at once while the mouse is on its column. Those below fill in the rest."""

    what = What.ERROR  # the quantity that is pointed at

    def __init__(self, page: PlotPage, name: str) -> None:
        super().__init__()
        self.page = page
        self._over: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        page.spotlight.changed.connect(self.update)
        page.theme.changed.connect(self.update)

    @property
    def names(self) -> Names:
        return self.page.naming.names

    def columns(self) -> tuple[QRectF, ...]:
        """Where each layer stands; empty while there is nothing to show."""
        raise NotImplementedError

    def paint(self, painter: QPainter) -> None:
        raise NotImplementedError

    def tip(self, layer: int) -> str:
        """The exact numbers of a layer."""
        raise NotImplementedError

    def layer_at(self, point: QPointF) -> int | None:
        return next((k for k, column in enumerate(self.columns()) if column.contains(point)), None)

    # -- what the pictures share -------------------------------------------------------------------

    def lit(self, layer: int) -> bool:
        """Whether the eye is on something of this layer."""
        spotlight = self.page.spotlight
        if spotlight.part is not None:
            return spotlight.part.layer == layer
        return spotlight.focus is not None and spotlight.focus.layer == layer

    def paint_light(self, painter: QPainter) -> None:
        """A soft ground for the layer that the eye is on, behind everything."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.page.theme.palette.accent_soft))
        for k, column in enumerate(self.columns()):
            if self.lit(k):
                painter.drawRoundedRect(column, _RADIUS, _RADIUS)

    def paint_names(self, painter: QPainter, left: float) -> None:
        """Under each column its layer; before them, where something is left free there, what is named."""
        palette, columns = self.page.theme.palette, self.columns()
        font = ui_font(TICK)
        words = layer_words(self.names, len(columns), columns[0].width() - 3, font)
        painter.setFont(font)
        for k, (column, word) in enumerate(zip(columns, words, strict=True)):
            box = QRectF(column.left(), column.bottom() - FOOT, column.width(), FOOT)
            painter.setPen(QColor(palette.accent if self.lit(k) else palette.ink_soft))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
        if left:
            foot = QRectF(0, columns[0].bottom() - FOOT, left - 8, FOOT)
            painter.setPen(QColor(palette.ink_faint))
            painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "layer")

    # -- within ------------------------------------------------------------------------------------

    def _hover(self, layer: int | None) -> None:
        if layer != self._over:
            self._over = layer
            self.page.spotlight.hover_part(None if layer is None else Part(self.what, layer))

    def _tell(self, at: QPoint) -> None:
        layer = self._over
        QToolTip.showText(at, "" if layer is None or layer >= len(self.columns()) else self.tip(layer), self)

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(560, 140)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 60)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        if self.columns():
            self.paint(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self.page.theme.palette.accent), 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tell(event.globalPos())
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.layer_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go from layer to layer and tell its numbers."""
        way = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        columns = self.columns()
        if way is None or not columns:
            super().keyPressEvent(event)
            return
        self._hover(0 if self._over is None else min(max(self._over + way, 0), len(columns) - 1))
        assert self._over is not None
        self._tell(self.mapToGlobal(columns[self._over].center().toPoint()))


def layer_words(names: Names, layers: int, room: float, font: QFont) -> list[str]:
    """What to write under columns so wide: "hidden 3", or "3", or that under some of them only."""
    metrics = QFontMetricsF(font)
    full = [names.layer_name(k) for k in range(layers)]
    if max(map(metrics.horizontalAdvance, full)) <= room:
        return full
    short = [name.partition(" ")[2] or name for name in full]
    widest = max(map(metrics.horizontalAdvance, short[:-1]), default=0.0)
    every = 1 if widest <= room else int(widest / max(room, 1.0)) + 1
    if metrics.horizontalAdvance(short[-1]) > room:
        short[-1] = "out"
    return [word if k % every == 0 or k == layers - 1 else "" for k, word in enumerate(short)]
