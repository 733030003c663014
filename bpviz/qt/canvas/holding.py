"""What the mouse holds while its button is down: the picture, a weight, or the brush."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from bpviz.explain.address import Address
from bpviz.explain.layout import Column
from bpviz.qt.canvas.hit import pixels_between
from bpviz.qt.canvas.viewport import Viewport
from bpviz.qt.hand.brush import Brush
from bpviz.qt.hand.tuner import Tuner

DRAG = 4     # pixels from which a press is a drag
_FINE = 0.1  # of a drag with Shift


class Holding(Protocol):
    """cursor: what the mouse looks like while it drags. dragged: whether it has moved far enough."""

    cursor: Qt.CursorShape
    dragged: bool

    def move(self, event: QMouseEvent) -> None: ...
    def release(self) -> None: ...
    def cancel(self) -> None:
        """As it was before the press."""
        ...


class Panning:
    """Moves the picture."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, view: Viewport, at: QPointF) -> None:
        self.dragged = False
        self._view, self._start, self._before = view, at, view.pan

    def move(self, event: QMouseEvent) -> None:
        moved = event.position() - self._start
        self.dragged = self.dragged or moved.manhattanLength() > DRAG
        if self.dragged:
            self._view.pan = self._before + moved

    def release(self) -> None:
        pass

    def cancel(self) -> None:
        self._view.pan = self._before


class Tuning:
    """Changes a weight or bias: upwards is more, and with Shift it goes in small steps."""

    cursor = Qt.CursorShape.SizeVerCursor

    def __init__(self, tuner: Tuner, address: Address, at: QPointF) -> None:
        self.dragged = False
        self._tuner, self._address, self._last = tuner, address, at

    def move(self, event: QMouseEvent) -> None:
        up = self._last.y() - event.position().y()
        if not self.dragged:
            if (event.position() - self._last).manhattanLength() <= DRAG:
                return
            self.dragged = True
            self._tuner.begin(self._address)
        self._last = event.position()
        fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._tuner.move(up * _FINE if fine else up)

    def release(self) -> None:
        self._tuner.end()

    def cancel(self) -> None:
        if self.dragged:
            self._tuner.cancel()


class Painting:
    """Paints pixels of an image, or erases them; a click paints one."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(
        self, brush: Brush, column: Column, view: Viewport, at: QPointF, pixel: int, erase: bool
    ) -> None:
        self.dragged = True
        self._brush, self._column, self._view, self._last = brush, column, view, at
        brush.begin(pixel, erase)

    def move(self, event: QMouseEvent) -> None:
        start, end = self._view.inside(self._last), self._view.inside(event.position())
        self._last = event.position()
        for pixel in pixels_between(self._column, (start.x(), start.y()), (end.x(), end.y())):
            self._brush.touch(pixel)

    def release(self) -> None:
        self._brush.end()

    def cancel(self) -> None:
        self._brush.cancel()
