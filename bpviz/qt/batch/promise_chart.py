"""Promised and come changes of cost over the steps of this run. Click or drag to go to a step."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF

from bpviz.explain.number import count, signed
from bpviz.qt.batch.figure import TICK, Figure, dashed, legend, solid
from bpviz.qt.batch.promise_course import PromiseCourse
from bpviz.qt.batch.symmetric_log import SymmetricLog, symmetric_log
from bpviz.qt.fonts import number_font, ui_font
from bpviz.qt.player import Player
from bpviz.qt.plots.axis import Axis
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme

_HEIGHT = 178
_TOP, _BOTTOM = 30, 28
_PER_TICK = 19.0      # pixels
_FEW = 24             # up to so many steps each has its dot
_DOT = 2.2


class PromiseChart(Figure):
    """Shows a PromiseCourse; promises of steps that are not told yet stay out."""

    def __init__(self, session: Session, player: Player, course: PromiseCourse, theme: Theme) -> None:
        super().__init__(theme, _HEIGHT, "Change of cost over the run")
        self._session, self._player, self._course = session, player, course
        self._told = False
        self._scale = symmetric_log(())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        course.grown.connect(self.follow)

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps shown: the furthest one only once its update is told."""
        trainer = self._session.trainer
        untold = -1 if self._told or trainer.step != trainer.reached else trainer.reached
        return tuple(step for step in self._course.steps if step != untold)

    def show_told(self, told: bool) -> None:
        """Whether the update of the present step is told."""
        self._told = told
        self.follow()

    def follow(self) -> None:
        shown = [self._course.of(step) for step in self.steps]
        self._scale = symmetric_log([v for kept in shown for v in (kept.promised, kept.came)])
        every = self._session.trainer.reached + 1
        self.setAccessibleDescription(f"{count(len(shown))} of {count(every)} steps")
        self.update()

    def step_at(self, x: float) -> int:
        plot, reached = self._plot(), self._session.trainer.reached
        share = min(1.0, max(0.0, (x - plot.left()) / plot.width()))
        return round(share * reached)

    def x_at(self, step: float, plot: QRectF | None = None) -> float:
        """plot spares working it out again for every step."""
        plot = self._plot() if plot is None else plot
        return plot.left() + plot.width() * step / max(1, self._session.trainer.reached)

    # -- within ------------------------------------------------------------------------------------

    def _ticks(self) -> tuple[tuple[float, str], ...]:
        if not self.steps:
            return ((0.0, "0"),)
        return self._scale.ticks(_PER_TICK / (self.height() - _TOP - _BOTTOM))

    def _plot(self) -> QRectF:
        metrics = QFontMetricsF(number_font(TICK))
        left = max(28.0, *(metrics.horizontalAdvance(text) for _, text in self._ticks())) + 11
        return QRectF(left, _TOP, max(10.0, self.width() - left - 6), self.height() - _TOP - _BOTTOM)

    def _top_of(self, value: float, plot: QRectF, scale: SymmetricLog) -> float:
        return plot.bottom() - plot.height() * scale.share(value)

    def _paint_ground(self, painter: QPainter, plot: QRectF) -> None:
        palette, side = self._theme.palette, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(number_font(TICK))
        for value, text in self._ticks():
            top = round(self._top_of(value, plot, self._scale)) + 0.5
            painter.setPen(QColor(palette.line if value == 0 else palette.grid))
            painter.drawLine(QPointF(plot.left(), top), QPointF(plot.right(), top))
            painter.setPen(QColor(palette.ink_faint))
            painter.drawText(QRectF(0, top - 8, plot.left() - 8, 16), side, text)
        self._paint_steps(painter, plot)

    def _paint_steps(self, painter: QPainter, plot: QRectF) -> None:
        """Numbers of steps below, and left of them what they count."""
        foot, side = plot.bottom() + 8, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(ui_font(TICK))
        painter.drawText(QRectF(0, foot, plot.left() - 8, 16), side, "step")
        painter.setFont(number_font(TICK))
        metrics = QFontMetricsF(number_font(TICK))
        axis = Axis(0.0, max(1.0, self._session.trainer.reached), whole=True)
        for value, text in axis.ticks(max(2, int(plot.width() / 72))):
            width = metrics.horizontalAdvance(text) + 2
            x = min(self.x_at(value, plot) - width / 2, self.width() - width)
            painter.drawText(QRectF(x, foot, width, 16), Qt.AlignmentFlag.AlignCenter, text)

    def _paint_playhead(self, painter: QPainter, plot: QRectF) -> None:
        x = round(self.x_at(self._session.trainer.step, plot)) + 0.5
        painter.setPen(QPen(QColor(self._theme.palette.accent), 1))
        painter.drawLine(QPointF(x, plot.top() - 3), QPointF(x, plot.bottom() + 3))

    def _paint_curve(self, painter: QPainter, plot: QRectF, came: bool) -> None:
        palette = self._theme.palette
        points = []
        for step in self.steps:
            value = self._course.of(step).came if came else self._course.of(step).promised
            if math.isfinite(value):
                points.append(QPointF(self.x_at(step, plot), self._top_of(value, plot, self._scale)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(solid(palette.accent, 1.6) if came else dashed(palette.ink_soft))
        painter.drawPolyline(QPolygonF(points))
        if len(points) <= _FEW:
            painter.setPen(solid(palette.accent if came else palette.ink_soft))
            painter.setBrush(QColor(palette.accent if came else palette.panel))
            for point in points:
                painter.drawEllipse(point, _DOT, _DOT)

    def _said(self) -> str:
        """Why there is no curve."""
        if self.steps:
            return ""
        return "Waits while training runs." if self._player.running else "It begins once an update is told."

    # -- Figure ------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        palette, plot = self._theme.palette, self._plot()
        self._paint_ground(painter, plot)
        entries = (("promised", dashed(palette.ink_soft)), ("came", solid(palette.accent, 1.6)))
        legend(painter, self._theme, entries, self.width() - 6, 12)
        self._paint_playhead(painter, plot)
        for came in (True, False):
            self._paint_curve(painter, plot, came)
        if said := self._said():
            self.write_in_middle(painter, plot.adjusted(10, 0, -10, -plot.height() * 0.5), said)

    def tip_at(self, point: QPointF) -> str:
        near = self._course.nearest(self.step_at(point.x()))
        go = ("Click or drag to go to a step; Up and Down go along the run. "
              "Away from 0 the scale is logarithmic.")
        if near is None or near not in self.steps:
            return go
        kept = self._course.of(near)
        return f"Step {count(near)}: promised {signed(kept.promised)}, came {signed(kept.came)}. {go}"

    # -- Qt ----------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._player.seek_step(self.step_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._player.seek_step(self.step_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go by a twentieth of the run, as on the strip of the whole run."""
        trainer = self._session.trainer
        stride = max(1, trainer.reached // 20)
        way = {Qt.Key.Key_Up: stride, Qt.Key.Key_Down: -stride}.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
        else:
            self._player.seek_step(min(max(trainer.step + way, 0), trainer.reached))
