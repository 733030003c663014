"""The costs of runs as a table: what is kept of them, with all digits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.costs import CostHistory
from bpviz.engine.stretches import EACH, Whole
from bpviz.explain.smoothing import smoothed_steps
from bpviz.explain.table import Cell, Table

Places = Callable[[Whole], Array]  # where steps are; NaN is not known


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A run with its name. epochs, seconds: where its steps are, counted so. rates: of its steps.

    None is what is not known.
    """

    name: str
    costs: CostHistory
    epochs: Places
    seconds: Places | None = None
    rates: Places | None = None


def cost_table(title: str, runs: Sequence[Told], span: int) -> Table:
    """A row for every step and every epoch that is kept, those of one step together.

    Batch costs are those of the step from there, the others those of the network there. Of long runs not all
    is kept: of each stretch of steps the smallest, the largest and the newest batch cost, and the last epoch.
    """
    whole = all(run.costs.count <= 2 * EACH for run in runs)
    columns = (
        "run", "step", "epoch", "time (s)", "batch cost" if whole else "batch cost (extremes kept)",
        f"batch cost averaged over {span}", "training cost", "validation cost",
        "training accuracy (%)", "validation accuracy (%)", "learning rate",
    )
    return Table(title, columns, tuple(row for run in runs for row in _rows(run, span)))


def _rows(run: Told, span: int) -> list[tuple[Cell, ...]]:
    batches, smooth = run.costs.steps(), smoothed_steps(run.costs, span)
    ends, verdicts = run.costs.epochs()
    steps = np.union1d(batches.steps, ends).astype(np.int64)
    unknown = np.full(len(steps), np.nan)
    numbers = [
        run.epochs(steps),
        unknown if run.seconds is None else run.seconds(steps),
        _spread(steps, batches.steps, batches.values),
        _spread(steps, smooth.steps, smooth.values),
        *(_spread(steps, ends, scale * verdicts[:, k]) for k, scale in enumerate((1, 1, 100, 100))),
        unknown if run.rates is None else run.rates(steps),
    ]
    cells = [[value if value == value else None for value in column.tolist()] for column in numbers]
    return [(run.name, *row) for row in zip(steps.tolist(), *cells, strict=True)]


def _spread(steps: Whole, at: Whole, values: Array) -> Array:
    """Values at their steps, and NaN at the others."""
    made = np.full(len(steps), np.nan)
    made[steps.searchsorted(at)] = values
    return made
