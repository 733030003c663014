"""What the run came to at one step: the numbers that are read where the mouse is."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bpviz.engine.costs import Epoch
from bpviz.engine.extremes import Bounds
from bpviz.engine.trainer import Trainer
from bpviz.explain.number import count, number
from bpviz.qt.plots.cost.chosen import Along, Chosen
from bpviz.qt.plots.cost.history import History
from bpviz.qt.plots.cost.picture import Picture, Role


@dataclass(frozen=True, slots=True)
class Row:
    """A number with its name, behind a piece of the line that shows it."""

    role: Role
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Reading:
    """x: where on the axis the step is. title: which step that is."""

    x: float
    title: str
    rows: tuple[Row, ...]


def reading_at(step: int, history: History, trainer: Trainer, picture: Picture, chosen: Chosen) -> Reading:
    """All that is known of a step that was reached; of an epoch's numbers, the newest before it."""
    along = history.along(chosen.along)
    x = history.x_of(step, along)
    rows = [*_batch(step, history, trainer, chosen), *_epoch(trainer.costs.epoch_before(step))]
    rows.append(Row("words" if picture.rate is None else "rate", "rate", number(trainer.rate_at(step))))
    for ghost in picture.ghosts[::-1]:
        value = ghost.curve.at(x)
        if value is not None:
            over = x > ghost.curve.x[-1]
            rows.append(Row("ghost", ghost.name, "over" if over else number(value)))
    return Reading(x, _title(step, trainer), tuple(rows))


def beyond(x: float, picture: Picture, along: Along) -> Reading | None:
    """Where only earlier runs have been."""
    rows = tuple(
        Row("ghost", ghost.name, number(ghost.curve.at(x)))
        for ghost in picture.ghosts[::-1] if ghost.curve.x[0] <= x <= ghost.curve.x[-1]
    )
    return Reading(x, _place(x, along), rows) if rows else None


def _title(step: int, trainer: Trainer) -> str:
    words = f"step {count(step)} · epoch {count(trainer.epoch_of(step))}"
    if not trainer.costs.timed:
        return words
    seconds = History(trainer).x_of(step, "time")
    return f"{words} · {number(seconds)} s"


def _place(x: float, along: Along) -> str:
    return f"{number(x)} s" if along == "time" else f"{along} {count(round(x))}"


def _batch(step: int, history: History, trainer: Trainer, chosen: Chosen) -> list[Row]:
    bounds = trainer.costs.bounds_at(step)
    if bounds is None or history.batches_are_epochs:
        return []
    rows = [Row("batch", _batches(bounds), _range(bounds))]
    smooth = history.smooth_at(step, chosen.span)
    return rows if smooth is None else [*rows, Row("smooth", "smoothed", number(smooth))]


def _batches(bounds: Bounds) -> str:
    """Of a long run, only the extremes of some steps together are known."""
    return "batch" if bounds.first == bounds.last else f"{count(bounds.last - bounds.first + 1)} batches"


def _range(bounds: Bounds) -> str:
    low, high = number(bounds.low), number(bounds.high)
    return low if low == high else f"{low} to {high}"


def _epoch(epoch: Epoch | None) -> list[Row]:
    if epoch is None:
        return []
    rows = [Row("training", "training", _with_share(epoch.training, epoch.train_accuracy))]
    if not math.isnan(epoch.validation):
        rows.append(Row("validation", "validation", _with_share(epoch.validation, epoch.validation_accuracy)))
    return rows


def _with_share(cost: float, share: float) -> str:
    return number(cost) if math.isnan(share) else f"{number(cost)} · {number(100 * share)} %"
