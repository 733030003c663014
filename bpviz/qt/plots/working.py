"""Long work done in small pieces while the window goes on answering."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

SLICE = 0.006  # seconds of work between two turns of the event loop


class Working(QObject):
    """Draws on an iterator, a slice at a time, while its widget is seen. Each piece should take a few ms.

    A job that is put in place of another ends the other. What pieces yield is the job's own affair.
    """

    advanced = Signal()  # after each slice
    done = Signal()      # after the last

    def __init__(self, widget: QWidget, clock: Callable[[], float] = time.perf_counter) -> None:
        super().__init__(widget)
        self._widget, self._clock = widget, clock
        self._job: Iterator[object] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.work)

    @property
    def busy(self) -> bool:
        return self._job is not None

    def begin(self, job: Iterator[object]) -> None:
        self._job = job
        self._timer.start()

    def cancel(self) -> None:
        """Leave the rest undone."""
        self._job = None
        self._timer.stop()

    def work(self) -> None:
        """A slice: at least one piece, and others as long as it lasts."""
        if self._job is None or not self._widget.isVisible():
            self._timer.stop()
            return
        until = self._clock() + SLICE
        job, over = self._job, False
        while not over and self._job is job:
            over = next(job, _OVER) is _OVER
            if self._clock() >= until:
                break
        if self._job is not job:
            return  # another took its place
        if over:
            self.cancel()
        self.advanced.emit()
        if over:
            self.done.emit()

    def go_on(self) -> None:
        """Seen again: do what is left."""
        if self._job is not None:
            self._timer.start()


_OVER = object()
