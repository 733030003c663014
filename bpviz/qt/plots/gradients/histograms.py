"""How often each layer's activations take which values: a small histogram a layer."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from bpviz.engine.activation import activation
from bpviz.explain.activity import Activity, LayerActivity
from bpviz.explain.health import percent
from bpviz.explain.histogram import Histogram, histogram_of
from bpviz.explain.number import count, number
from bpviz.explain.part import What
from bpviz.qt.fonts import number_font, ui_font
from bpviz.qt.palette import blend
from bpviz.qt.plots.gradients.layer_figure import FOOT, TICK, LayerFigure
from bpviz.qt.plots.page import PlotPage

_HEAD = 18.0
_WORDS = 14.0       # what is dead or flat
_ENDS = 13.0        # the numbers at both ends of the range
_LEAST_COLUMN = 38.0
_LEAST_ROW = 62.0
_WIDEST_COLUMN = 320.0
_GAP = 6.0
_LOW = 78.0         # a lower picture has no numbers at the ends
_TINT = 0.8


class Histograms(LayerFigure):
    """Shows an Activity: blue where activations are positive, orange where negative; below, what is amiss."""

    what = What.ACTIVATION

    def __init__(self, page: PlotPage) -> None:
        super().__init__(page, "How often activations take which values, by layer")
        self._activity: Activity | None = None
        self._histograms: tuple[Histogram, ...] = ()

    @property
    def histograms(self) -> tuple[Histogram, ...]:
        return self._histograms

    def show_activity(self, activity: Activity) -> None:
        self._activity = activity
        self._histograms = tuple(histogram_of(layer.a, layer.activation) for layer in activity.layers)
        states = enumerate(map(layer_state, activity.layers))
        said = (f"{self.names.layer_name(k)}: {state[0]}" for k, state in states if state[0])
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def columns(self) -> tuple[QRectF, ...]:
        """In as many rows as are needed for each to have some width, if there is the height."""
        layers = len(self._histograms)
        if not layers:
            return ()
        wanted = math.ceil(layers * _LEAST_COLUMN / max(_LEAST_COLUMN, self.width()))
        rows = min(wanted, max(1, int((self.height() - _HEAD) / _LEAST_ROW)))
        across = math.ceil(layers / rows)
        wide = min(_WIDEST_COLUMN, self.width() / across)
        high = (self.height() - _HEAD) / rows
        start = (self.width() - wide * across) / 2
        return tuple(
            QRectF(start + (k % across) * wide, _HEAD + (k // across) * high, wide, high)
            for k in range(layers)
        )

    def tip(self, layer: int) -> str:
        assert self._activity is not None
        seen, found = self._activity.layers[layer], self._histograms[layer]
        many = f"{_many(seen.a.size, 'activation')}, {_many(seen.units, 'unit')}"
        lines = [f"{self.names.layer_name(layer)}, {activation(seen.activation).label}: "
                 f"{many} on {self._activity.phrase}",
                 f"from {number(found.low)} to {number(found.high)} in {found.counts.size} bins; "
                 f"at most {count(found.most)} in one"]
        if found.unknown:
            lines.append(f"{count(found.unknown)} are out of the range of numbers")
        if state := layer_state(seen)[0]:
            lines.append(state)
        return "\n".join(lines)

    # -- LayerFigure -------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        assert self._activity is not None
        self.paint_light(painter)
        self._paint_head(painter)
        for k, column in enumerate(self.columns()):
            inner = column.adjusted(_GAP / 2, 2, -_GAP / 2, -FOOT - _WORDS)
            if column.height() >= _LOW:
                inner.setBottom(inner.bottom() - _ENDS)
                self._paint_ends(painter, inner, self._histograms[k])
            self._paint_bins(painter, inner, self._histograms[k])
            self._paint_state(painter, column, self._activity.layers[k])
        self.paint_names(painter, 0)

    # -- within ------------------------------------------------------------------------------------

    def _paint_head(self, painter: QPainter) -> None:
        assert self._activity is not None
        painter.setFont(ui_font(TICK))
        metrics, of = QFontMetricsF(ui_font(TICK)), self._activity.phrase
        texts = (f"How often activations take which values: each layer over its range, on {of}",
                 f"How often activations take which values, on {of}", f"Activations on {of}")
        fits = (text for text in texts if metrics.horizontalAdvance(text) <= self.width() - 4)
        painter.setPen(QColor(self.page.theme.palette.ink_soft))
        painter.drawText(QPointF(2, 12.5), next(fits, texts[-1]))

    def _paint_bins(self, painter: QPainter, area: QRectF, found: Histogram) -> None:
        palette = self.page.theme.palette
        painter.setPen(Qt.PenStyle.NoPen)
        wide = area.width() / found.counts.size
        middles = (found.edges[:-1] + found.edges[1:]) / 2
        for k, (often, middle) in enumerate(zip(found.counts.tolist(), middles.tolist(), strict=True)):
            if often:
                high = max(1.0, area.height() * often / found.most)
                colour = palette.value_positive if middle >= 0 else palette.value_negative
                painter.setBrush(blend(palette.panel, colour, _TINT))
                left = area.left() + k * wide
                painter.drawRect(QRectF(left, area.bottom() - high, max(1.0, wide - 0.6), high))
        painter.setPen(QPen(QColor(palette.line), 1))
        foot = round(area.bottom()) + 0.5
        painter.drawLine(QPointF(area.left(), foot), QPointF(area.right(), foot))
        if found.low < 0 < found.high:
            zero = round(area.left() - area.width() * found.low / (found.high - found.low)) + 0.5
            painter.drawLine(QPointF(zero, foot), QPointF(zero, foot + 3))

    def _paint_ends(self, painter: QPainter, area: QRectF, found: Histogram) -> None:
        painter.setFont(number_font(TICK - 1))
        painter.setPen(QColor(self.page.theme.palette.ink_faint))
        box = QRectF(area.left(), area.bottom() + 1, area.width(), _ENDS)
        for side, end in ((Qt.AlignmentFlag.AlignLeft, found.low), (Qt.AlignmentFlag.AlignRight, found.high)):
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, number(end, 2))

    def _paint_state(self, painter: QPainter, column: QRectF, layer: LayerActivity) -> None:
        palette, metrics = self.page.theme.palette, QFontMetricsF(ui_font(TICK))
        painter.setFont(ui_font(TICK))
        fits = (text for text in layer_state(layer) if metrics.horizontalAdvance(text) <= column.width() - 2)
        box = QRectF(column.left(), column.bottom() - FOOT - _WORDS, column.width(), _WORDS)
        painter.setPen(QColor(palette.ink if layer.dead else palette.ink_soft))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, next(fits, ""))


def layer_state(layer: LayerActivity) -> tuple[str, ...]:
    """What is dead, or else how much is flat, in fewer and fewer words; nothing where that says nothing."""
    if layer.dead:
        dead = f"{layer.dead} of {layer.units} dead"
        flat = f"{dead}, {percent(layer.flat)} {layer.word}" if layer.flat is not None else dead
        return (flat, dead, f"{layer.dead} dead")
    if layer.flat is None:
        return ("",)
    share = percent(layer.flat)
    return (f"{share} {layer.word}", f"{share} {layer.word[:3]}." if layer.flat else "", share)


def _many(n: int, what: str) -> str:
    return f"{count(n)} {what}{'' if n == 1 else 's'}"
