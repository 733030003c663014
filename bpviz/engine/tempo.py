"""How many steps fit into so much time, and who takes them sooner, going by how long the last ones took."""

from __future__ import annotations

import math


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


CONTESTED = 2_000_000  # multiplications a step and direction; with fewer, NumPy is behind by far
TRIES = 8              # steps of NumPy's until it is judged


class Race:
    """Who takes a step sooner: compiled code, or NumPy, whose matrix products are BLAS's.

    Of each the shortest time counts: whatever else the machine does only ever adds to it.
    """

    def __init__(self) -> None:
        self._compiled = self._numpy = math.inf
        self._tried = 0

    def numpy_next(self) -> bool:
        """Whether the next step is NumPy's: to be tried, or because it is faster."""
        if self._tried < TRIES:
            return self._compiled < math.inf
        return self._numpy < self._compiled

    def put_compiled(self, seconds: float) -> None:
        """A step of compiled code took so long, on average of a slice."""
        self._compiled = min(self._compiled, seconds)

    def put_numpy(self, seconds: float) -> None:
        """A step of NumPy's took so long."""
        self._numpy = min(self._numpy, seconds)
        self._tried += 1
