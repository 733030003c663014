"""What the window's first picture does not need: done behind it, one piece a turn of the event loop."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from bpviz.qt.breathing import within_import


class Afterwards(QObject):
    """Between two pieces the window answers. A piece that fails keeps the others from nothing."""

    done = Signal()  # once

    def __init__(self, pieces: Iterable[Callable[[], object]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces = deque(pieces)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._do_one)

    @property
    def left(self) -> int:
        """How many pieces are still to be done."""
        return len(self._pieces)

    def begin(self) -> None:
        """Go on until all is done; asked again, nothing changes."""
        if self._pieces:
            self._timer.start()

    def stop(self) -> None:
        """Leave the rest undone."""
        self._pieces.clear()
        self._timer.stop()

    def _do_one(self) -> None:
        if within_import():
            return  # another's; it is soon done
        self._timer.stop()  # a piece may let the event loop run
        try:
            self._pieces.popleft()()
        finally:
            if self._pieces:
                self._timer.start()
            else:
                self.done.emit()
