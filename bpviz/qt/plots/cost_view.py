"""Draws the cost curves with pyqtgraph, and says where it was clicked. Holds no number of its own."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsView

from bpviz.qt.palette import blend
from bpviz.qt.plots.history import Curve
from bpviz.qt.plots.marks import paint_ground, paint_marks, paint_words
from bpviz.qt.plots.picture import Picture, split
from bpviz.qt.theme import Theme

_AROUND = 4.0  # pixels about the axes within which a thick line is not cut off
_KINDS = ("steps", "training", "validation")  # the last, which is dashed, is drawn on top


class CostView(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no type hints
    """Shows a Picture, or words where there is nothing to show yet."""

    sought = Signal(float)  # the x that was clicked or dragged to
    resized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture: Picture | None = None
        self._words: tuple[str, ...] = ()
        self._density = 0.0
        # Words and curves are drawn apart: repainting what a curve touches would leave words cut in two.
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        # pyqtgraph would keep the background, where our ticks are.
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0.0)
        self.scene().addItem(self._box)
        self._curves = {
            (kind, part): pg.PlotCurveItem(antialias=True, skipFiniteCheck=True)
            for kind in _KINDS for part in ("after", "before")
        }
        for curve in self._curves.values():
            self._box.addItem(curve, ignoreBounds=True)
        self._dress()
        theme.changed.connect(self._dress)

    @property
    def picture(self) -> Picture | None:
        return self._picture

    def show_picture(self, picture: Picture) -> None:
        self._picture, self._words = picture, ()
        if self.devicePixelRatioF() != self._density:
            self._dress()
        self._box.setVisible(True)
        self._box.setGeometry(picture.rect.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND))
        across = _AROUND * (picture.x.high - picture.x.low) / picture.rect.width()
        upright = _AROUND * (picture.y.high - picture.y.low) / picture.rect.height()
        self._box.setRange(
            xRange=(picture.x.low - across, picture.x.high + across),
            yRange=(picture.y.low - upright, picture.y.high + upright),
            padding=0, disableAutoRange=True,
        )
        for kind in _KINDS:
            curve: Curve = getattr(picture.curves, kind)
            parts = split(curve, picture.y, picture.curves.playhead)
            for part, shown in zip(("before", "after"), parts, strict=True):
                self._curves[kind, part].setData(shown.x, shown.y)
        self.viewport().update()

    def show_words(self, *lines: str) -> None:
        self._picture, self._words = None, lines
        self._box.setVisible(False)
        self.viewport().update()

    def _dress(self) -> None:
        """The pens. They count the screen's own pixels, of which a dense screen has more."""
        palette, self._density = self._theme.palette, self.devicePixelRatioF()
        colours = {
            "training": (palette.value_positive, 1.0, 2.0, Qt.PenStyle.SolidLine),
            "validation": (palette.value_negative, 1.0, 2.0, Qt.PenStyle.DashLine),
            "steps": (palette.value_positive, 0.3, 1.0, Qt.PenStyle.SolidLine),
        }
        for (kind, part), curve in self._curves.items():
            colour, share, width, style = colours[kind]
            share *= 1.0 if part == "before" else 0.4
            pen = QPen(blend(palette.panel, colour, share), width * self._density, style)
            pen.setCosmetic(True)
            curve.setPen(pen)
        self.setBackground(QColor(palette.panel))

    # -- Qt ---------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(640, 160)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 80)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        super().drawBackground(painter, rect)
        if self._picture is not None:
            paint_ground(painter, self._picture, self._theme.palette)

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:
        if self._picture is not None:
            paint_marks(painter, self._picture, self._theme.palette)
        else:
            paint_words(painter, QRectF(self.viewport().rect()), self._theme.palette, self._words)

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
