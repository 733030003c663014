"""Thins a long curve to about the pixels there are, and keeps every peak."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array


def peaks(values: Array, most: int) -> NDArray[np.int64]:
    """Indices of at most about 2 * most values: the smallest and largest of every stretch, and both ends.

    Stretches are a power of two long, so that a growing curve keeps the points it already has.
    """
    n = len(values)
    if n <= 2 * most:
        return np.arange(n)
    length = 1 << (-(-n // most) - 1).bit_length()
    whole = n // length * length
    stretches = values[:whole].reshape(-1, length)
    starts = np.arange(0, whole, length)
    first = np.zeros(1, dtype=np.int64)
    picked = [first, starts + stretches.argmin(axis=1), starts + stretches.argmax(axis=1)]
    if whole < n:
        rest = values[whole:]
        picked.append(whole + np.array([rest.argmin(), rest.argmax(), len(rest) - 1]))
    else:
        picked.append(np.array([n - 1]))
    return np.unique(np.concatenate(picked))
