"""Lets an act happen at most once a frame, however often it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

_FRAME_MS = 16


class Pacer(QObject):
    """Does what is asked at once, or at the end of a frame in which it was done; then only the newest."""

    def __init__(self, act: Callable[[float], object], parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self._asked: float | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self.flush)

    def ask(self, value: float) -> None:
        self._asked = value
        if not self._timer.isActive():
            self.flush()

    def flush(self) -> None:
        """Do now what was asked, if anything was."""
        if self._asked is not None:
            value, self._asked = self._asked, None
            self._timer.start()
            self._act(value)

    def drop(self) -> None:
        """Forget what was asked and has not been done."""
        self._asked = None
