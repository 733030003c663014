"""Several at the same work take turns, so that a busy moment of the machine meets all of them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping

LONGEST = 3.0   # seconds of measuring
FEWEST = 9      # rounds, however long they take
Turn = Callable[[], float]  # works, and says how many seconds each piece of work took


def timed(call: Callable[[], object], pieces: int = 1) -> Turn:
    """A turn of one call that does so many pieces of work."""

    def turn() -> float:
        call()  # what the one before has left in the processor's caches is not this one's to pay for
        began = time.perf_counter()
        call()
        return (time.perf_counter() - began) / pieces

    return turn


def medians(turns: Mapping[str, Turn]) -> dict[str, float]:
    """Seconds for a piece of work of each, the median of its turns."""
    times: dict[str, list[float]] = {who: [] for who in turns}
    until, rounds = time.perf_counter() + LONGEST, 0
    while rounds < FEWEST or time.perf_counter() < until:
        for who, turn in turns.items():
            times[who].append(turn())
        rounds += 1
    return {who: statistics.median(all_times) for who, all_times in times.items()}
