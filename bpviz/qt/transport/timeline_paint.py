"""Paints the blocks of the timeline. Knows no session and no mouse."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from bpviz.explain.moment import Moment
from bpviz.explain.phase import Kind, Phase, score
from bpviz.explain.symbol import Names
from bpviz.qt.fonts import SMALL, ui_font
from bpviz.qt.palette import Palette, blend, ink_on
from bpviz.qt.symbol_text import draw_symbol, symbol_width
from bpviz.qt.transport.timeline_blocks import place_blocks

_ROUND = 5.0
_TOLD, _UNTOLD = 0.20, 0.06  # how much of a block's colour its ground has
_HOVERED = 0.08
_BUBBLE_PAD = 9.0


class TimelinePainter:
    """The blocks of one network's phases, laid into a given room."""

    def __init__(self, names: Names, depth: int, width: float, height: float) -> None:
        self.phases = score(depth)
        self._labels = [names.phase_label(phase) for phase in self.phases]
        self._width, self._height = width, height
        self.blocks = place_blocks(self._measure, max(1.0, width - 2))
        self._label_widths = self._measure(self.blocks.label_size)

    def paint(self, painter: QPainter, palette: Palette, moment: Moment, hovered: int) -> None:
        for k, phase in enumerate(self.phases):
            if k != moment.phase:
                share = (_TOLD if k < moment.phase else _UNTOLD) + (_HOVERED if k == hovered else 0.0)
                rect = self.rect(k)
                _fill(painter, rect, blend(palette.panel, _colour(palette, phase), share))
                if self.blocks.labelled[k]:
                    self._write(painter, k, rect, palette.ink if k < moment.phase else palette.ink_soft)
        self._paint_current(painter, palette, moment)

    def paint_passed_over(self, painter: QPainter, palette: Palette) -> None:
        """Instead of the blocks, why there are none."""
        rect = QRectF(1, 1, self._width - 2, self._height - 2)
        _fill(painter, rect, QColor(palette.field))
        painter.setPen(QColor(palette.ink_soft))
        painter.setFont(ui_font(SMALL))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "Phases are not shown at this speed")

    def paint_focus(self, painter: QPainter, palette: Palette) -> None:
        painter.setPen(QColor(palette.accent))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(0.5, 0.5, self._width - 1, self._height - 1), _ROUND, _ROUND)

    def rect(self, k: int) -> QRectF:
        return QRectF(1 + self.blocks.lefts[k], 1, self.blocks.widths[k], self._height - 2)

    # -- within -----------------------------------------------------------------------------------

    def _measure(self, size: int) -> list[float]:
        """The update is a word, written in the face of words, which looks larger."""
        word = QFontMetricsF(ui_font(size - 2)).horizontalAdvance(self._labels[-1].plain)
        return [*(symbol_width(label, size) for label in self._labels[:-1]), word]

    def _paint_current(self, painter: QPainter, palette: Palette, moment: Moment) -> None:
        """The present phase, and at its foot how far it has come. Without room it becomes a bubble."""
        k = moment.phase
        strong = QColor(_colour(palette, self.phases[k]))
        rect = self.rect(k)
        if not self.blocks.labelled[k]:
            rect = self._bubble(k)
            _fill(painter, rect.adjusted(-2, 0, 2, 0), QColor(palette.panel))
        _fill(painter, rect, strong)
        text = ink_on(palette, strong)
        self._write(painter, k, rect, text.name(), rise=1.5)
        track = QRectF(rect.left() + 6, rect.bottom() - 5.5, rect.width() - 12, 2)
        _fill(painter, track, blend(strong.name(), text.name(), 0.3), 1)
        told = QRectF(track)
        told.setWidth(track.width() * moment.progress)
        _fill(painter, told, text, 1)

    def _bubble(self, k: int) -> QRectF:
        """Around the block's middle, wide enough for its label, within the bar."""
        width = self._label_widths[k] + 2 * _BUBBLE_PAD
        left = min(max(1.0, self.rect(k).center().x() - width / 2), self._width - 1 - width)
        return QRectF(left, 1, width, self._height - 2)

    def _write(self, painter: QPainter, k: int, rect: QRectF, colour: str, rise: float = 0.0) -> None:
        size = self.blocks.label_size
        x = rect.center().x() - self._label_widths[k] / 2
        baseline = rect.center().y() + size * 0.30 - rise
        if self.phases[k].kind is Kind.UPDATE:  # a word, not a symbol
            painter.setPen(QColor(colour))
            painter.setFont(ui_font(size - 2))
            painter.drawText(QPointF(x, baseline), self._labels[k].plain)
        else:
            draw_symbol(painter, x, baseline, self._labels[k], size, colour)


def _colour(palette: Palette, phase: Phase) -> str:
    """Forward blue, as values; backward purple, as errors; the cost grey; the update in the accent."""
    if phase.kind is Kind.COST:
        return palette.ink_soft
    if phase.kind is Kind.UPDATE:
        return palette.accent
    return palette.error_positive if phase.backward else palette.value_positive


def _fill(painter: QPainter, rect: QRectF, colour: QColor, radius: float = _ROUND) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    radius = min(radius, rect.width() / 3)
    painter.drawRoundedRect(rect, radius, radius)
