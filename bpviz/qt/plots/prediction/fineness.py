"""How finely a surface is computed: as finely as there is time for."""

from __future__ import annotations

BUDGET = 0.002   # seconds for a surface while training runs or something is dragged
FINEST = 2       # pixels from one place to the next when there is time
_SIZES = (FINEST, 3, 4, 6, 8, 12, 16, 24, 32)
_MOVING, _FIRST = 4, 12
_NEW = 0.3       # the share of the newest measurement: others may have been disturbed


class Fineness:
    """Learns what a place costs from how long the last ones took."""

    def __init__(self) -> None:
        self._each: float | None = None

    def forget(self) -> None:
        """Another network."""
        self._each = None

    def put(self, places: int, seconds: float) -> None:
        each = seconds / places
        self._each = each if self._each is None else (1 - _NEW) * self._each + _NEW * each

    def pixels(self, width: float, height: float, resting: bool) -> int:
        """The finest distance between places with which width x height pixels stay within the budget, and
        while training runs no finer than is seen of a surface that moves."""
        if self._each is None:
            return _FIRST
        sizes = [size for size in _SIZES if resting or size >= _MOVING]
        fitting = (size for size in sizes if self._each * places(width, height, size) <= BUDGET)
        return next(fitting, _SIZES[-1])


def shape(width: float, height: float, size: int) -> tuple[int, int]:
    """Columns and rows of places, at least 8 along each input."""
    return max(8, round(width / size) + 1), max(8, round(height / size) + 1)


def places(width: float, height: float, size: int) -> int:
    columns, rows = shape(width, height, size)
    return columns * rows
