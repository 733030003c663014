"""Which examples are drawn as points, and which of them is under the mouse. Pure: knows no widget."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array
from bpviz.engine.trainer import Trainer
from bpviz.explain.number import count

MOST_POINTS = 2_000  # drawn; more only cover one another
_REACH = 11.0        # pixels from a point within which it is meant


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Some training and validation examples, evenly over each set. held_out: which are of validation.

    rows: where each stands in its set; inputs and targets are theirs. total: how many there are.
    """

    held_out: NDArray[np.bool_]
    rows: NDArray[np.int64]
    inputs: Array
    targets: Array
    total: int

    @property
    def thinned(self) -> str:
        """In words, how many are left out; nothing where none is."""
        drawn = len(self.rows)
        return f"{count(drawn)} of {count(self.total)} drawn" if drawn < self.total else ""


def points_of(trainer: Trainer) -> Points:
    """At most about MOST_POINTS, both sets in the shares they have."""
    sets = [trainer.train] if trainer.validation is None else [trainer.train, trainer.validation]
    total = sum(examples.count for examples in sets)
    share = min(1.0, MOST_POINTS / total)
    rows = [some_rows(examples.count, max(1, round(share * examples.count))) for examples in sets]
    return Points(
        np.repeat([False, True][: len(sets)], [len(some) for some in rows]),
        np.concatenate(rows),
        np.concatenate([examples.inputs[some] for examples, some in zip(sets, rows, strict=True)]),
        np.concatenate([examples.targets[some] for examples, some in zip(sets, rows, strict=True)]),
        total,
    )


def nearest(x: Array, y: Array, at: tuple[float, float], pixel: tuple[float, float]) -> int | None:
    """The point that is nearest on screen, if it is near. pixel: how much of each axis one pixel covers."""
    away = np.hypot((x - at[0]) / pixel[0], (y - at[1]) / pixel[1])
    if not away.size:
        return None
    index = int(np.argmin(away))
    return index if away[index] <= _REACH else None


def some_rows(total: int, most: int) -> NDArray[np.int64]:
    """So many rows, evenly from the first to the last."""
    return np.linspace(0, total - 1, most).round().astype(np.int64)
