"""The longest time that the window did not answer, and what was being done then."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer

_EVERY_MS = 2


@dataclass(frozen=True, slots=True)
class Block:
    """Seconds between two turns of the event loop: by the wall clock, and those that this program worked.

    Another program that has the processor makes the first longer, not the second. Work of any thread of
    ours counts, for it may hold the interpreter while the window waits for it.
    """

    wall: float
    worked: float


class Watchdog(QObject):
    """Asks the event loop for a turn every few milliseconds. Whoever drives the window says what it does."""

    def __init__(
        self, clock: Callable[[], float] = time.perf_counter, work: Callable[[], float] = time.process_time
    ) -> None:
        super().__init__()
        self._clock, self._work = clock, work
        self._doing = ""
        self._last: tuple[float, float] | None = None
        self.longest: dict[str, Block] = {}  # by what was being done, the one with the most work
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.turn)

    def begin(self) -> None:
        self._last = None
        self._timer.start()

    def watch(self, doing: str) -> None:
        """From here on something else is done. What has been done so far ends with this turn."""
        self.turn()
        self._doing = doing

    def turn(self) -> None:
        """The event loop gave us a turn."""
        now = self._clock(), self._work()
        if self._last is not None:
            wall = now[0] - self._last[0]
            block = Block(wall, min(wall, now[1] - self._last[1]))
            if self._doing not in self.longest or block.worked > self.longest[self._doing].worked:
                self.longest[self._doing] = block
        self._last = now
