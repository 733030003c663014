"""What is drawn between the axes of the curve: lines, points, residuals. Holds no number of its own."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QBrush, QColor

from bpviz.engine.arrays import Array
from bpviz.explain.curve import Residuals
from bpviz.qt.fonts import number_font
from bpviz.qt.palette import Palette, error_ink, mixed
from bpviz.qt.plots.chart import Chart
from bpviz.qt.plots.prediction.marks import (
    LARGEST,
    Mark,
    Stroke,
    data_mark,
    draw_with,
    dress,
    fitting_size,
    focus_mark,
    scatter,
)
from bpviz.qt.theme import Theme

_NOTHING = np.empty(0)
_LABEL = 12
_BESIDE = 12.0 # pixels from what a label names; it stands at the left where there is no room at the right
_SHORT = 24.0  # pixels: a gap beside which the label would lie on the curve


class CurveItems:
    """Puts its items into a chart; they are empty until they are shown something."""

    def __init__(self, chart: Chart, theme: Theme) -> None:
        self._chart, self._theme = chart, theme
        self._over, self._under, self._gap = _line(1, "pairs"), _line(1, "pairs"), _line(5, "all")
        self._training, self._validation = scatter(2), scatter(2)
        self._after, self._now = _line(3, "finite"), _line(4, "finite")
        self._target, self._prediction, self._ring, self._hover = (scatter(z) for z in (6, 6, 7, 8))
        self._label = pg.TextItem(anchor=(0.0, 0.5))
        self._label.textItem.document().setDocumentMargin(1)
        self._label.setZValue(9)
        self._label.hide()
        self._residual, self._size = 0.0, LARGEST
        for item in (self._over, self._under, self._after, self._now, self._training, self._validation,
                     self._gap, self._target, self._prediction, self._ring, self._hover, self._label):
            chart.plot.addItem(item, ignoreBounds=True)
        chart.dressed(self._dress)

    def show_curves(self, x: Array, y: Array, after: tuple[Array, Array] | None) -> None:
        """The present curve, and where it will be after the update."""
        self._now.setData(x, y)
        self._after.setData(*(after or (_NOTHING, _NOTHING)))

    def show_points(self, x: Array, y: Array, held_out: NDArray[np.bool_]) -> None:
        size = fitting_size(2 * len(x), self._chart.box.width(), self._chart.box.height())
        if size != self._size:
            self._size = size
            self._dress_points(self._theme.palette)
        self._training.setData(x[~held_out], y[~held_out])
        self._validation.setData(x[held_out], y[held_out])

    def show_residuals(self, batch: Residuals | None) -> None:
        """From each target of the batch to its prediction; None while those are not told."""
        for item, side in ((self._over, 1), (self._under, -1)):
            if batch is None:
                item.setData(_NOTHING, _NOTHING)
                continue
            some = np.sign(batch.values) == side
            heights = np.stack([batch.y[some], batch.predicted[some]], axis=1)
            item.setData(np.repeat(batch.x[some], 2), heights.ravel())

    def show_focus(self, x: float, y: float, predicted: float | None, label: str) -> None:
        """The example that is shown: its target, and once it is told its prediction with the gap between, and
        with a label where there is one."""
        self._target.setData([x], [y])
        self._ring.setData([x], [y])
        told = predicted is not None
        self._prediction.setData([x] if told else [], [predicted] if told else [])
        self._gap.setData([x, x] if told else [], [y, predicted] if told else [])
        self._label.setVisible(told and bool(label))
        if predicted is not None:
            self._residual = predicted - y
            self._label.setText(label)
            self._dress_label(self._theme.palette)
            self._place_label(x, y, predicted)

    def hide_focus(self) -> None:
        """A whole batch is shown: no example stands out."""
        for item in (self._target, self._ring, self._prediction, self._gap):
            item.setData([], [])
        self._label.hide()

    def show_hover(self, x: float | None, y: float | None) -> None:
        self._hover.setData(*(([], []) if x is None or y is None else ([x], [y])))

    # -- within ----------------------------------------------------------------------------------------

    def _place_label(self, x: float, y: float, predicted: float) -> None:
        """Beside the gap; of a short one, on the side of the curve that it leads away from."""
        (left, _), _ = self._chart.box.viewRange()
        pixel, upright = self._chart.box.viewPixelSize()
        room = self._chart.box.width() - (x - left) / pixel - _BESIDE
        turned = self._label.boundingRect().width() > room
        middle = 0.5
        if abs(predicted - y) < _SHORT * upright:
            beside = np.interp([x, x + (-1 if turned else 1) * 60 * pixel], *self._now.getData())
            middle = -0.2 if beside[1] > beside[0] else 1.2
        self._label.setAnchor((1.0 if turned else 0.0, middle))
        self._label.setPos(x + (-_BESIDE if turned else _BESIDE) * pixel, (y + predicted) / 2)

    def _dress(self, palette: Palette) -> None:
        for line, stroke in (
            (self._now, now_stroke(palette)), (self._after, after_stroke(palette)),
            (self._over, residual_stroke(palette, 1)), (self._under, residual_stroke(palette, -1)),
        ):
            draw_with(self._chart, line, stroke)
        self._dress_points(palette)
        dress(self._chart, self._ring, focus_mark(palette))
        dress(self._chart, self._target, Mark("o", 9.0, palette.ink, palette.panel))
        dress(self._chart, self._prediction, Mark("o", 10.0, palette.value_positive, palette.panel, 1.5))
        dress(self._chart, self._hover, Mark("o", 8.0, palette.panel, palette.value_positive, 2.0))
        self._label.setFont(number_font(_LABEL, 600))
        self._label.fill = QBrush(QColor(palette.panel))
        self._dress_label(palette)

    def _dress_points(self, palette: Palette) -> None:
        dress(self._chart, self._training, data_mark(palette, held_out=False, size=self._size))
        dress(self._chart, self._validation, data_mark(palette, held_out=True, size=self._size))

    def _dress_label(self, palette: Palette) -> None:
        ink = error_ink(palette, self._residual)
        self._label.setColor(QColor(ink))
        self._gap.setPen(self._chart.pen(ink, 2.5))


def now_stroke(palette: Palette) -> Stroke:
    return Stroke(palette.value_positive, 2.0)


def after_stroke(palette: Palette) -> Stroke:
    return Stroke(mixed(palette.panel, palette.value_positive_ink, 0.75), 1.6, dashed=True)


def residual_stroke(palette: Palette, sign: int) -> Stroke:
    """Faint: those of the batch beside the one that is shown."""
    return Stroke(mixed(palette.panel, error_ink(palette, sign), 0.45), 1.4)


def _line(z: float, connect: str) -> pg.PlotCurveItem:
    item = pg.PlotCurveItem(connect=connect)
    item.setZValue(z)
    return item
