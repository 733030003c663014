"""A moment of the telling: which phase, and how far into it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """phase indexes score(depth); progress runs from 0 (begins) to 1 (all its numbers are there)."""

    phase: int
    progress: float
