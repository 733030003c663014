"""Both counts against the number of hidden layers: how much more a deeper network has to gain."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.explain.complexity import AtDepth, Totals, reading
from bpviz.explain.number import count
from bpviz.qt.fonts import SMALL, number_font, ui_font
from bpviz.qt.memo.depth_axes import DepthAxes, depth_axes
from bpviz.qt.theme import Theme

_PLOT, _BOTTOM = 120, 34  # the plot, and the ticks and their title below
_LINE, _UNDER = 16, 10    # a line of the reading, and what is free under it
_LEFT, _RIGHT = 52, 68    # the counts and their title; the names at the ends of the lines
_LABEL = 11
_DOT = 3.5
_CENTRE = Qt.AlignmentFlag.AlignCenter
_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_AT_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TIP = "Point at a depth, or press the left and right arrow keys, to read both numbers there."


class DepthChart(QWidget):
    """Reads the depth that is pointed at; else the present network's, or the deepest."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._depths: tuple[AtDepth, ...] = ()
        self._here: AtDepth | None = None
        self._pointed: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()
        self.setAccessibleName("Multiplications by number of hidden layers")
        self.setToolTip(_TIP)

    def show_depths(self, depths: tuple[AtDepth, ...], here: int, totals: Totals) -> None:
        """here: how many hidden layers the present network has, totals: what it takes."""
        within = depths[0].hidden <= here <= depths[-1].hidden
        self._depths = depths
        self._here = AtDepth(here, totals) if within else None
        self._pointed = None
        self._describe()
        self._fit()
        self.update()

    @property
    def read(self) -> AtDepth:
        """The depth whose numbers are told. At its own depth, the present network's own."""
        if self._here is not None and self._pointed in (None, self._here.hidden):
            return self._here
        return next((at for at in self._depths if at.hidden == self._pointed), self._depths[-1])

    @property
    def axes(self) -> DepthAxes:
        width = max(20, self.width() - _LEFT - _RIGHT)
        return depth_axes(self._depths, QRectF(_LEFT, self.height() - _BOTTOM - _PLOT, width, _PLOT))

    # -- within ----------------------------------------------------------------------------------------

    def _point_at(self, hidden: int | None) -> None:
        if hidden != self._pointed:
            self._pointed = hidden
            self._describe()
            self.update()

    def _describe(self) -> None:
        self.setAccessibleDescription(" ".join(reading(self.read)))

    @property
    def _one_line(self) -> bool:
        """Whether both numbers have room on one line, at every depth."""
        metrics = QFontMetricsF(number_font(SMALL, 600))
        both = (" ".join(reading(at)[1:]) for at in self._depths)
        return all(metrics.horizontalAdvance(text) <= self.width() for text in both)

    def _fit(self) -> None:
        height = _LINE * (2 if self._one_line else 3) + _UNDER + _PLOT + _BOTTOM
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def _paint_reading(self, painter: QPainter) -> None:
        palette = self._theme.palette
        depth, *both = reading(self.read)
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(palette.ink_soft))
        painter.drawText(QRectF(0, 0, self.width(), _LINE), _AT_LEFT, depth)
        painter.setFont(number_font(SMALL, 600))
        painter.setPen(QColor(palette.ink))
        for i, text in enumerate([" ".join(both)] if self._one_line else both):
            painter.drawText(QRectF(0, _LINE * (i + 1), self.width(), _LINE), _AT_LEFT, text)

    def _paint_axes(self, painter: QPainter, axes: DepthAxes) -> None:
        palette, rect = self._theme.palette, axes.rect
        painter.setFont(number_font(_LABEL))
        for n, text in axes.counts():
            y = axes.top(n)
            painter.setPen(QPen(QColor(palette.grid), 1))
            painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
            painter.setPen(QColor(palette.ink_faint))
            painter.drawText(QRectF(12, y - 8, _LEFT - 18, 16), _AT_RIGHT, text)
        for hidden in axes.depths():
            tick = QRectF(axes.left(hidden) - 12, rect.bottom() + 3, 24, 14)
            painter.drawText(tick, _CENTRE, count(hidden))
        painter.setFont(ui_font(_LABEL))
        title = QRectF(rect.left() - 20, rect.bottom() + 18, rect.width() + 40, 15)
        painter.drawText(title, _CENTRE, "hidden layers")
        painter.save()
        painter.translate(8, rect.center().y())
        painter.rotate(-90)
        painter.drawText(QRectF(-60, -8, 120, 16), _CENTRE, "multiplications")
        painter.restore()

    def _paint_marks(self, painter: QPainter, axes: DepthAxes) -> None:
        """A dotted line at the present network, a thin one where the chart is pointed at."""
        palette, rect = self._theme.palette, axes.rect
        for hidden, style in ((self._here.hidden if self._here else None, Qt.PenStyle.DotLine),
                              (self._pointed, Qt.PenStyle.SolidLine)):
            if hidden is not None:
                painter.setPen(QPen(QColor(palette.ink_faint), 1, style))
                x = axes.left(hidden)
                painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))

    def _paint_curves(self, painter: QPainter, axes: DepthAxes) -> None:
        palette, read = self._theme.palette, self.read
        reused = [axes.point(at.hidden, at.totals.reused) for at in self._depths]
        written = [axes.point(at.hidden, at.totals.written_out) for at in self._depths]
        lines = (
            (reused, read.totals.reused, palette.accent, "reused", Qt.PenStyle.SolidLine),
            (written, read.totals.written_out, palette.ink_soft, "written out", Qt.PenStyle.DashLine),
        )
        for points, n, colour, name, style in lines:
            painter.setPen(QPen(QColor(colour), 2, style))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(points)
            painter.setPen(QPen(QColor(palette.panel), 1.5))
            painter.setBrush(QColor(colour))
            painter.drawEllipse(axes.point(read.hidden, n), _DOT, _DOT)
            painter.setFont(ui_font(_LABEL, 600))
            painter.setPen(QColor(colour))
            label = QRectF(axes.rect.right() + 6, points[-1].y() - 8, _RIGHT - 6, 16)
            painter.drawText(label, _AT_LEFT, name)

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(240, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._depths:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        axes = self.axes
        self._paint_reading(painter)
        self._paint_axes(painter, axes)
        self._paint_marks(painter, axes)
        self._paint_curves(painter, axes)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._depths:
            self._point_at(self.axes.under(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._depths:
            super().keyPressEvent(event)
            return
        self._point_at(min(self._depths[-1].hidden, max(self._depths[0].hidden, self.read.hidden + step)))
