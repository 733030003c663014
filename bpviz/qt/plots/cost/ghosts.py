"""Earlier runs, to be compared with the present one: their curves, kept while the view stays the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bpviz.document.earlier import EarlierRun
from bpviz.engine.arrays import Array
from bpviz.engine.costs import CostHistory
from bpviz.engine.extremes import Curve as CostCurve
from bpviz.explain.smoothing import thinned
from bpviz.qt.plots.cost.chosen import Along
from bpviz.qt.plots.cost.history import NO_CURVE, Curve, placed

_GROWTH = 10.0  # what a diverging run cost beyond so many times its first cost need not be seen


@dataclass(frozen=True, slots=True, eq=False)
class Ghost:
    """curve: the training cost of its epochs, or what of it is seen. end: where on the axis the run ends.
    bounds: the costs for which the upright axis is to have room."""

    run: EarlierRun
    curve: Curve
    end: float
    bounds: Array

    @property
    def name(self) -> str:
        return self.run.name


class Ghosts:
    """The curves of those that are shown."""

    def __init__(self) -> None:
        self._view: tuple[Along, int, tuple[float, float] | None] | None = None
        self._made: dict[int, Ghost] = {}

    def shown(
        self, runs: Sequence[EarlierRun], along: Along, most: int, seen: tuple[float, float] | None
    ) -> tuple[Ghost, ...]:
        """In their order, those without hidden ones and those with nothing to show on this axis."""
        if self._view != (along, most, seen):
            self._view, self._made = (along, most, seen), {}
        known = self._made
        self._made = {id(run): known.get(id(run)) or _ghost(run, along, most, seen) for run in runs}
        return tuple(ghost for ghost in self._made.values() if ghost.curve.x.size and not ghost.run.hidden)


def _ghost(run: EarlierRun, along: Along, most: int, seen: tuple[float, float] | None) -> Ghost:
    curve = NO_CURVE
    told = _told(run.costs, None if seen else most)
    if along != "time" or run.costs.timed:
        x = placed(told.steps, run.costs, run, along)
        known = np.isfinite(x)
        curve = Curve(x[known], told.values[known])
    end = float(curve.x[-1]) if curve.x.size else 0.0
    if seen:
        curve = _zoomed(curve, seen, most)
    values = curve.y
    if run.diverged is not None and told.values.size:
        values = values[values <= _GROWTH * told.values[0]]
    return Ghost(run, curve, end, values)


def _told(costs: CostHistory, most: int | None) -> CostCurve:
    """Its epochs; of a run that was too short for them, its steps."""
    epochs = costs.training(most)
    return epochs if len(epochs.steps) > 2 else costs.steps(most)


def _zoomed(curve: Curve, seen: tuple[float, float], most: int) -> Curve:
    """What is seen of it, and a point on either side."""
    first, end = curve.x.searchsorted(seen[0]) - 1, curve.x.searchsorted(seen[1], side="right") + 1
    part = slice(max(0, int(first)), int(end))
    x, y = curve.x[part], curve.y[part]
    if not x.size:
        return NO_CURVE
    kept = thinned(np.arange(len(x)), y, most)
    return Curve(x[kept.steps], kept.values)
