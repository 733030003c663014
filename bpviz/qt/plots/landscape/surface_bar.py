"""The scale of heights beside a surface: from the lowest to the highest cost that is seen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.explain.number import compact, number
from bpviz.qt.fonts import number_font
from bpviz.qt.plots.axis import Axis
from bpviz.qt.plots.chart import Chart
from bpviz.qt.plots.landscape.surface_look import MOST_LINES, cost_shades
from bpviz.qt.theme import Theme

_SIZE = 10.5
_WIDTH = 10.0
_APART = 22.0    # pixels between numbers


class SurfaceBar(QWidget):
    """Shows an Axis in the colours of a surface, as high as the chart beside it, or nothing."""

    def __init__(self, theme: Theme, chart: Chart) -> None:
        super().__init__()
        self._theme, self._chart = theme, chart
        self._axis: Axis | None = None
        self._ends = (0.0, 0.0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Scale of costs")
        theme.changed.connect(self.update)

    def show_axis(self, axis: Axis | None, low: float, high: float) -> None:
        self._axis, self._ends = axis, (low, high)
        words = f"Dark is low, light is high: costs from {number(low)} to {number(high)}"
        self.setToolTip(words)
        self.setAccessibleDescription(words)
        self.update()

    # -- Qt ------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(54, 60)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._axis is None:
            return
        palette, axis = self._theme.palette, self._axis
        painter = QPainter(self)
        beside = self._chart.box.sceneBoundingRect()
        bar = QRectF(0, beside.top(), _WIDTH, beside.height())
        shades = cost_shades(palette)[::-1].copy()
        image = QImage(shades.data, 1, len(shades), 3, QImage.Format.Format_RGB888)
        painter.drawImage(bar, image)
        painter.setFont(number_font(_SIZE))
        painter.setPen(QColor(palette.ink_faint))
        ends = [(bar.top() + 4, compact(self._ends[1])), (bar.bottom(), self._foot)]
        for y, text in ends + self._between(axis, bar):
            box = QRectF(bar.right() + 5, y - 8, self.width(), 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    @property
    def _foot(self) -> str:
        """The lowest cost; of a logarithmic scale that ends above it, where it ends."""
        assert self._axis is not None
        foot = 10.0**self._axis.low if self._axis.log else self._axis.low
        return f"≤{compact(foot)}" if self._ends[0] < foot * (1 - 1e-9) else compact(foot)

    def _between(self, axis: Axis, bar: QRectF) -> list[tuple[float, str]]:
        """Numbers of lines that are clear of both ends and of each other."""
        found: list[tuple[float, str]] = []
        last = bar.bottom()
        for value, text in axis.ticks(MOST_LINES) if self._ends[0] < self._ends[1] else ():
            y = bar.bottom() - bar.height() * axis.share(value)
            if last - y >= _APART and y - bar.top() >= _APART:
                found.append((y, text))
                last = y
        return found
