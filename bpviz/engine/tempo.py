"""How many steps fit into so much time, going by how long the last ones took."""

from __future__ import annotations


class Tempo:
    """Before anything was measured a step is taken to be so slow that one of them will be measured first."""

    def __init__(self) -> None:
        self._each = 1.0  # seconds a step, what is done at the end of a slice included

    def steps_within(self, seconds: float, most: int) -> int:
        """At least one, at most so many."""
        return max(1, int(min(seconds / self._each, most)))

    def put(self, seconds: float, steps: int) -> None:
        """So many steps took so long."""
        self._each = max(seconds, 1e-9) / max(steps, 1)
