"""Which classes are taken for which: a set's examples counted by their class and by what is seen in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array
from bpviz.explain.example_costs import Classes
from bpviz.explain.table import Table


@dataclass(frozen=True, slots=True, eq=False)
class ConfusionMatrix:
    """counts (classes, classes): a row for each class, a column for each class that is seen."""

    counts: NDArray[np.int64]

    @property
    def total(self) -> int:
        """How many examples there are."""
        return int(self.counts.sum())

    @property
    def right(self) -> int:
        """How many are taken for what they are."""
        return int(np.trace(self.counts))

    @property
    def accuracy(self) -> float:
        """right / total."""
        return self.right / self.total

    @property
    def recall(self) -> Array:
        """Of each class, the share that is seen as it, (classes,); NaN for one without examples."""
        return _shares(np.diagonal(self.counts), self.counts.sum(axis=1))

    @property
    def precision(self) -> Array:
        """Of what is seen as each class, the share that is it, (classes,); NaN where nothing is."""
        return _shares(np.diagonal(self.counts), self.counts.sum(axis=0))

    def table(self, names: tuple[str, ...]) -> Table:
        """The counts, recall behind each row and precision under each column, both as shares."""
        seen = tuple(f"seen as {name}" for name in names)
        rows = [
            (name, *map(int, counts), _known(recall))
            for name, counts, recall in zip(names, self.counts, self.recall, strict=True)
        ]
        precision = ("precision", *map(_known, self.precision), None)
        return Table("Confusion matrix", ("class", *seen, "recall"), (*rows, precision))


def confusion(wanted: Classes, seen: Classes, classes: int) -> ConfusionMatrix:
    """wanted and seen: class numbers (n,) from 0 on, as Outcomes has them."""
    counts = np.bincount(wanted * classes + seen, minlength=classes * classes)
    return ConfusionMatrix(np.array(counts.reshape(classes, classes), dtype=np.int64))


def _shares(right: NDArray[np.int64], of: NDArray[np.int64]) -> Array:
    shares: Array = np.where(of > 0, right / np.maximum(of, 1), np.nan)
    return shares


def _known(share: float) -> float | None:
    return None if np.isnan(share) else float(share)
