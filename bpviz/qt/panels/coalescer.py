"""Keeps a panel from being redrawn more often than anyone can read, or than there is time for."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

REST = 0.066  # seconds: about 15 times a second
_SHARE = 10   # a rest is so many times as long as the act took
_LONGEST_REST = 0.25  # when training pauses, what is shown last is not long in coming


class Coalescer(QObject):
    """Does an act when asked: at once if it has rested, else once at the end of the rest.

    An act that takes long rests longer, so that many panels leave time for the network and its training.

    While the widget is hidden nothing is done; what was asked meanwhile is done when it is shown.
    """

    def __init__(
        self,
        widget: QWidget,
        act: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
        rest: float = REST,
    ) -> None:
        """rest: the seconds between two acts, at least."""
        super().__init__(widget)
        self._widget = widget
        self._act = act
        self._asked = False
        self._clock = clock
        self._done = float("-inf")
        self._least_rest = self._rest = rest
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)
        widget.installEventFilter(self)

    def ask(self) -> None:
        self._asked = True
        if not self._widget.isVisible() or self._timer.isActive():
            return
        rested = self._clock() - self._done
        if rested >= self._rest:
            self.flush()
        else:
            self._timer.start(round((self._rest - rested) * 1000))

    def flush(self) -> None:
        """Do now what was asked, if anything was."""
        if self._asked and self._widget.isVisible():
            self._asked = False
            self._timer.stop()
            began = self._done = self._clock()
            self._act()
            self._rest = min(max(self._least_rest, _SHARE * (self._clock() - began)), _LONGEST_REST)

    # -- Qt ----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._widget and event.type() == QEvent.Type.Show:
            self.flush()
        return super().eventFilter(watched, event)
