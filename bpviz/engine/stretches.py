"""A run cut into stretches, the longer the later: about a thousandth of the way to where they stand.

So a run of any length has few of them, every earlier part of it has enough to be drawn, and none ever changes
because the run goes on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array

EACH = 1024  # stretches between a step and its double; a power of two
_BITS = EACH.bit_length()
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stretches:
    """offset 1 is for what is known when a step is over: it belongs to the stretch of that step, and what is
    known before the first step has a stretch of its own."""

    offset: int = 0

    def of(self, step: int) -> int:
        """The stretch in which a step lies. Each of the first 2 * EACH steps is one of its own."""
        if step < self.offset:
            return 0
        behind = step - self.offset
        doublings = max(0, behind.bit_length() - _BITS)
        return EACH * doublings + (behind >> doublings) + self.offset

    def of_all(self, steps: Whole) -> Whole:
        """of() of many; the exponent of a number is its bit_length()."""
        behind = np.maximum(0, steps - self.offset)
        doublings = np.maximum(0, np.frexp(behind)[1].astype(np.int64) - _BITS)
        return np.where(steps < self.offset, 0, EACH * doublings + (behind >> doublings) + self.offset)

    def start(self, stretch: int) -> int:
        """The first step of a stretch."""
        return int(self.starts(np.array([stretch]))[0])

    def starts(self, stretches: Whole) -> Whole:
        """The first step of each of these."""
        behind = np.maximum(0, stretches - self.offset)
        doublings = np.maximum(0, behind // EACH - 1)
        return np.where(stretches < self.offset, 0, ((behind - EACH * doublings) << doublings) + self.offset)


STEPS = Stretches()
ENDS = Stretches(1)  # of steps and of epochs


def begins(groups: Whole) -> Whole:
    """The indices at which another group begins; equal neighbours are of one group."""
    changes = np.ones(len(groups), dtype=np.bool_)
    np.not_equal(groups[1:], groups[:-1], out=changes[1:])
    return np.flatnonzero(changes)


def first_smallest(values: Array, starts: Whole) -> Whole:
    """The index of the smallest value in each group, the first of equals; groups begin at `starts`."""
    if len(starts) == len(values):
        return starts
    sizes = np.append(starts[1:], len(values)) - starts
    candidates = np.flatnonzero(values == np.minimum.reduceat(values, starts).repeat(sizes))
    return candidates[begins(starts.searchsorted(candidates, side="right"))]
