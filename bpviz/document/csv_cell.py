"""What one cell of a table says: a number, nothing, or a text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bpviz.document.source import LARGEST, Decimal
from bpviz.engine.arrays import Array

_MISSING = frozenset({"", "na", "n/a", "#n/a", "<na>", "nan", "null", "?", "-"})


def is_missing(cell: str) -> bool:
    """Whether it stands for no value. "none" does not: it can be the name of a class."""
    return cell.strip().casefold() in _MISSING


def number(cell: str, decimal: Decimal) -> float | None:
    """The finite number that is written there, smaller than LARGEST, or None."""
    if decimal == ",":
        if "." in cell:  # of thousands: rather told than guessed
            return None
        cell = cell.replace(",", ".")
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if abs(value) < LARGEST and "_" not in cell else None


def all_numbers(cells: Sequence[str], decimal: Decimal) -> Array | None:
    """The same for many cells at once, (n,), or None when one of them is no number."""
    joined = "\n".join(cells)
    if "_" in joined or (decimal == "," and "." in joined):
        return None
    separate = joined.replace(",", ".").split("\n") if decimal == "," else cells
    try:
        values = np.fromiter(map(float, separate), np.float64, len(cells))
    except ValueError:
        return None
    return values if len(separate) == len(cells) and bool((np.abs(values) < LARGEST).all()) else None
