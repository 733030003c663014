"""Takes hold of the present point on the curve of a slice: dragged, it changes the weight."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from bpviz.explain.address import Address
from bpviz.qt.hand.tuner import Tuner
from bpviz.qt.plots.chart import Chart
from bpviz.qt.plots.landscape.slice_marks import SliceMarks

_NEAR = 12.0     # pixels from the point at which it can be taken
_FINE = 0.1      # of a drag with Shift
_TIP = "Drag it to change the weight. Shift makes it finer, Escape gives it back."


class SliceHold(QObject):
    """Watches the chart's mouse. The weight stays within what is seen; Escape gives it back."""

    def __init__(
        self, chart: Chart, marks: SliceMarks, tuner: Tuner, taken: Callable[[], Address | None],
        keys: QWidget,
    ) -> None:
        """taken: the point is taken; says whose weight it is. keys: who hears Escape meanwhile."""
        super().__init__(chart)
        self._chart, self._marks, self._tuner, self._taken, self._keys = chart, marks, tuner, taken, keys
        self._last: QPointF | None = None
        self._aim = 0.0
        self._focus: QWidget | None = None
        self._viewport = chart.view.viewport()
        self._viewport.installEventFilter(self)

    @property
    def active(self) -> bool:
        return self._last is not None

    def cancel(self) -> None:
        """The weight as it was before the drag."""
        if self.active:
            self._let_go()
            self._tuner.cancel()

    # -- within --------------------------------------------------------------------------------------

    def _press(self, at: QPointF) -> bool:
        if not self._near(at):
            return False
        address = self._taken()
        value = None if address is None else self._tuner.value(address)
        if address is None or value is None:
            return False
        self._tuner.begin(address)
        self._last, self._aim = at, value
        self._focus = self._keys.window().focusWidget()
        self._keys.setFocus(Qt.FocusReason.MouseFocusReason)
        self._marks.hold(True)
        return True

    def _move(self, at: QPointF, fine: bool) -> None:
        assert self._last is not None
        (left, right), _ = self._chart.box.viewRange()
        pixel = (right - left) / max(1.0, self._marks.area.width())
        self._aim += (at.x() - self._last.x()) * pixel * (_FINE if fine else 1.0)
        self._aim = min(right, max(left, self._aim))
        self._last = at
        self._tuner.aim(round(self._aim, _decimals(pixel * (_FINE if fine else 1.0))))

    def _release(self) -> None:
        self._let_go()
        self._tuner.end()

    def _let_go(self) -> None:
        self._last = None
        self._marks.hold(False)
        self._viewport.unsetCursor()
        if self._focus is not None:
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
            self._focus = None

    def _near(self, at: QPointF) -> bool:
        point = self._marks.point
        return point is not None and math.dist((at.x(), at.y()), (point.x(), point.y())) <= _NEAR

    def _hover(self, at: QPointF) -> None:
        near = self._near(at)
        self._marks.hold(near)
        self._viewport.setToolTip(_TIP if near else "")
        if near:
            self._viewport.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            self._viewport.unsetCursor()

    # -- Qt ------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.Leave and not self.active:
                self._marks.hold(False)
            return super().eventFilter(watched, event)
        left, kind = event.button() == Qt.MouseButton.LeftButton, event.type()
        if kind == QEvent.Type.MouseButtonPress and left and not self.active:
            return self._press(event.position())
        if kind == QEvent.Type.MouseMove:
            if self.active:
                self._move(event.position(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            elif not event.buttons():
                self._hover(event.position())
        elif kind == QEvent.Type.MouseButtonRelease and left and self.active:
            self._release()
            return True
        return self.active


def _decimals(pixel: float) -> int:
    """So many that each pixel is another number, and no more."""
    return max(0, -math.floor(math.log10(pixel)))
