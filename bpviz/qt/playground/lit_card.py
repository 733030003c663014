"""A card that stands out while the part of the chain rule that it shows is pointed at."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from bpviz.qt.playground.state import Light, State
from bpviz.qt.theme import Theme

_RADIUS = 8.0


class LitCard(QWidget):
    """A soft panel; under the mouse it lights its part, and with its part lit its border is the accent."""

    def __init__(self, state: State, theme: Theme, part: Light) -> None:
        super().__init__()
        self._state = state
        self._theme = theme
        self._part: Light = part
        state.light_changed.connect(self.update)
        theme.changed.connect(self.update)

    @property
    def lit(self) -> bool:
        return self._state.light == self._part

    # -- Qt ----------------------------------------------------------------------------------------

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._state.set_light(self._part)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self.lit:
            self._state.set_light(None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, width = self._theme.palette, 2.0 if self.lit else 1.0
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.accent if self.lit else palette.panel_border), width))
        painter.setBrush(QColor(palette.panel))
        inset = width / 2
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        painter.end()
