"""The legend: what the two colour scales stand for, with their present ends."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.explain.frame import scales_of
from bpviz.qt.canvas.legend import paint_scale
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme

_LINE = 22
_LEFT = 16.0


class Legend(QWidget):
    """Two lines: values, orange below and blue above zero; errors, green below and purple above."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session, self._theme = session, theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(
            "Values are orange below zero and blue above, errors and gradients green and purple; "
            "the largest of this step has the full colour."
        )
        self.setAccessibleName("Colour scales")
        session.step_changed.connect(self.update)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(190, 2 * _LINE + 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, scales = self._theme.palette, scales_of(self._session.record)
        painter.fillRect(QRectF(1, 0, self.width() - 2, 1), QColor(palette.grid))
        paint_scale(painter, palette, _LEFT, _LINE * 0.8, "values", scales.value)
        paint_scale(painter, palette, _LEFT, _LINE * 1.75, "errors", scales.error)
        painter.end()
