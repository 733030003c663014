"""A quiet round button on the picture: a plus, a minus or a cross."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from bpviz.qt.palette import mixed
from bpviz.qt.theme import Theme

SIDE = 26       # what answers to the mouse
_CIRCLE = 20.0
_ARM = 4.5      # of the sign, from the middle


class RoundButton(QAbstractButton):
    """Keys do the same by the window's shortcuts, so the keyboard stays with the network."""

    def __init__(self, sign: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._sign = sign
        self._theme = theme
        self.setFixedSize(SIDE, SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def say(self, tip: str) -> None:
        self.setToolTip(tip)
        self.setAccessibleName(tip)

    def _lines(self) -> list[QLineF]:
        centre = QPointF(SIDE / 2, SIDE / 2)
        across, down = QPointF(_ARM, 0), QPointF(0, _ARM)
        lines = [QLineF(centre - across, centre + across)]
        if self._sign == "+":
            lines.append(QLineF(centre - down, centre + down))
        if self._sign == "×":
            one, other = (across + down) * 0.75, (across - down) * 0.75
            lines = [QLineF(centre - one, centre + one), QLineF(centre - other, centre + other)]
        return lines

    # -- Qt ----------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self._theme.palette
        lit = self.isEnabled() and (self.underMouse() or self.isDown())
        ink = palette.accent if lit else palette.ink_soft if self.isEnabled() else palette.line
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = palette.accent_soft if lit else palette.panel
        painter.setBrush(QColor(mixed(ground, palette.accent, 0.2) if self.isDown() else ground))
        painter.setPen(QPen(QColor(ink if lit else palette.line), 1.0))
        away = (SIDE - _CIRCLE) / 2
        painter.drawEllipse(QRectF(away, away, _CIRCLE, _CIRCLE))
        painter.setPen(QPen(QColor(ink), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLines(self._lines())
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()
