"""One bar for each example of the batch, up or down: its pull on a weight; and their average as a line."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent

from bpviz.explain.contribution import Contributions
from bpviz.explain.number import count, full
from bpviz.explain.symbol import Symbol
from bpviz.qt.batch.figure import Figure
from bpviz.qt.batch.pull_picture import PullPicture, plot_of, pull_axis
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_HEIGHT = 176


class PullStrip(Figure):
    """Shows what it is given. Click or Up and Down choose the example that is looked at."""

    def __init__(self, spotlight: Spotlight, theme: Theme) -> None:
        super().__init__(theme, _HEIGHT, "Each example's pull")
        self._spotlight = spotlight
        self._shown: tuple[Contributions, Symbol, bool, int | None] | None = None
        self._hovered: int | None = None
        self.picture: PullPicture | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_pulls(self, pulls: Contributions, symbol: Symbol, told: bool) -> None:
        self._shown = (pulls, symbol, told, self._spotlight.example)
        if self._hovered is not None and self._hovered >= pulls.values.size:
            self._hovered = None
        self._draw_up()

    # -- within ------------------------------------------------------------------------------------

    def _draw_up(self) -> None:
        if self._shown is None:
            return
        pulls, symbol, told, example = self._shown
        axis, ticks = pull_axis(pulls.values if told else np.zeros(0))
        self.picture = PullPicture(
            pulls.values, pulls.average, symbol, told, example, self._hovered,
            self._spotlight.lights(pulls.part), plot_of(self.width(), self.height(), ticks), axis, ticks,
        )
        made = self.picture
        self.setAccessibleDescription(f"average {symbol.plain} = {made.average_text}; {made.example_text}")
        self.update()

    def _example_at(self, x: float) -> int | None:
        return None if self.picture is None else self.picture.example_at(x)

    def _hover(self, example: int | None) -> None:
        if example != self._hovered:
            self._hovered = example
            self._draw_up()

    # -- Figure ------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        if self.picture is not None:
            self.picture.paint(painter, self._theme.palette, self.width())

    def tip_at(self, point: QPointF) -> str:
        example = self._example_at(point.x())
        if example is None or self.picture is None:
            return ("One bar for each example of the batch; the dashed line is their average. "
                    "Up: raising this weight or bias raises the example's cost.")
        value = full(float(self.picture.values[example])) if self.picture.told else "not computed yet"
        return f"Example {count(example + 1)}: {value}. Click, or Up and Down, to look at an example."

    # -- Qt ----------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw_up()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._example_at(event.position().x()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        example = self._example_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and example is not None:
            self._spotlight.set_example(example)

    def enterEvent(self, event: QEnterEvent) -> None:
        if self._shown is not None:
            self._spotlight.hover_part(self._shown[0].part)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        self._spotlight.hover_part(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._spotlight.next_example()
        elif event.key() == Qt.Key.Key_Up:
            self._spotlight.previous_example()
        else:
            super().keyPressEvent(event)
