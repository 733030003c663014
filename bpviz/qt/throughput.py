"""How many steps are taken in a second: measured, over the last one."""

from __future__ import annotations

from collections import deque

_SPAN = 1.0  # seconds looked back on


class Throughput:
    """Is told of every frame's steps. Time is the caller's, in seconds."""

    def __init__(self) -> None:
        self._taken: deque[tuple[float, int]] = deque()
        self._began: float | None = None

    def begin(self, now: float) -> None:
        """Forget what was: another speed, another network, a pause."""
        self._taken.clear()
        self._began = now

    def put(self, now: float, steps: int) -> None:
        self._taken.append((now, steps))
        while self._taken[0][0] <= now - _SPAN:
            self._taken.popleft()

    def per_second(self, now: float) -> float | None:
        """Steps a second; None until half a second has been measured."""
        if self._began is None or now - self._began < _SPAN / 2:
            return None
        span = min(_SPAN, now - self._began)
        return sum(steps for when, steps in self._taken if when > now - span) / span
