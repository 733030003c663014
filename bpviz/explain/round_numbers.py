"""Round numbers: 1, 2, 5 times a power of ten, as axes and ranges have them."""

from __future__ import annotations

import math


def round_up(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not below least, which is positive."""
    power = 10.0 ** math.floor(math.log10(least))
    return next((f * power for f in (1.0, 2.0, 5.0) if f * power >= least * (1 - 1e-9)), 10.0 * power)
