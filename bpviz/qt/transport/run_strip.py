"""The whole run as one thin strip: where this step stands in it. Drag to return to any earlier step."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from bpviz.explain.number import count
from bpviz.qt.fonts import number_font
from bpviz.qt.palette import blend
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme

_HEIGHT = 18
_GROOVE = 4.0
_KNOB = 5.0
_TEXT = 11
_SPACE = 10.0   # between an end's label and the groove


class RunStrip(QWidget):
    """Steps 0 to the furthest one reached, from left to right."""

    def __init__(self, session: Session, player: Player, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._player = player
        self._theme = theme
        self._shown: tuple[int, int] | None = None
        self._hovered = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        session.experiment_changed.connect(self._follow)
        session.step_changed.connect(self._follow)
        session.costs_changed.connect(self._follow)
        theme.changed.connect(self.update)
        self._follow()

    def step_at(self, x: float) -> int:
        """The step whose place is nearest to x."""
        groove = self._groove()
        share = (x - groove.left()) / max(1.0, groove.width())
        return round(min(1.0, max(0.0, share)) * self._session.trainer.reached)

    def x_at(self, step: int) -> float:
        groove = self._groove()
        return groove.left() + groove.width() * step / max(1, self._session.trainer.reached)

    # -- within ---------------------------------------------------------------------------------

    def _follow(self) -> None:
        trainer = self._session.trainer
        shown = (trainer.step, trainer.reached)
        if shown != self._shown:
            begun = self._shown is not None and self._shown[1] > 0
            self._shown = shown
            self.setAccessibleName(f"Whole run: step {count(trainer.step)} of {count(trainer.reached)}")
            if begun != (trainer.reached > 0):
                self.setCursor(
                    Qt.CursorShape.PointingHandCursor if trainer.reached else Qt.CursorShape.ArrowCursor
                )
            self.update()

    def _ends(self) -> tuple[str, str]:
        reached = self._session.trainer.reached
        return "0", count(reached) if reached else ""

    def _groove(self) -> QRectF:
        metrics = QFontMetricsF(number_font(_TEXT))
        left, right = (metrics.horizontalAdvance(end) + _SPACE for end in self._ends())
        middle = self.height() / 2
        return QRectF(left, middle - _GROOVE / 2, max(1.0, self.width() - left - right), _GROOVE)

    def _paint_groove(self, painter: QPainter, groove: QRectF) -> None:
        palette = self._theme.palette
        knob = self.x_at(self._session.trainer.step)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(palette.panel, palette.ink, 0.11))
        painter.drawRoundedRect(groove, _GROOVE / 2, _GROOVE / 2)
        painter.setBrush(blend(palette.panel, palette.accent, 0.55))
        done = QRectF(groove.topLeft(), QPointF(knob, groove.bottom()))
        painter.drawRoundedRect(done, _GROOVE / 2, _GROOVE / 2)
        painter.setBrush(QColor(palette.accent))
        radius = _KNOB + (1.0 if self._hovered or self.hasFocus() else 0.0)
        painter.drawEllipse(QPointF(knob, groove.center().y()), radius, radius)
        painter.setBrush(QColor(palette.panel))
        painter.drawEllipse(QPointF(knob, groove.center().y()), radius - 2, radius - 2)

    def _paint_ends(self, painter: QPainter) -> None:
        painter.setPen(QColor(self._theme.palette.ink_faint))
        painter.setFont(number_font(_TEXT))
        first, last = self._ends()
        sides = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), sides | Qt.AlignmentFlag.AlignLeft, first)
        painter.drawText(self.rect(), sides | Qt.AlignmentFlag.AlignRight, last)

    def _tip(self, x: float) -> str:
        if not self._session.trainer.reached:
            return "The whole run: step 0 so far. Drag here later to return to any earlier step."
        return f"Step {count(self.step_at(x))}. Drag to return to any step of this run."

    # -- Qt ---------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(640, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_groove(painter, self._groove())
        self._paint_ends(painter)
        if self.hasFocus():
            painter.setPen(QColor(self._theme.palette.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._player.seek_step(self.step_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._player.seek_step(self.step_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go by a twentieth of the run, End to its furthest step; Home is the window's."""
        trainer = self._session.trainer
        stride = max(1, trainer.reached // 20)
        goal = {
            Qt.Key.Key_Up: trainer.step + stride,
            Qt.Key.Key_Down: trainer.step - stride,
            Qt.Key.Key_End: trainer.reached,
        }.get(Qt.Key(event.key()))
        if goal is None:
            super().keyPressEvent(event)
        else:
            self._player.seek_step(min(max(goal, 0), trainer.reached))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(event.pos().x()), self)
            return True
        return super().event(event)
