"""Puts a picture of the run together: which curves there are, what they are called, where they stand."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize

from bpviz.document.earlier import EarlierRun
from bpviz.engine.arrays import Array
from bpviz.engine.trainer import Trainer
from bpviz.explain.number import count, number
from bpviz.qt.plots.axis import Axis, cost_axis, percent_axis, run_axis, time_axis
from bpviz.qt.plots.cost.chosen import Along, Chosen
from bpviz.qt.plots.cost.ghosts import Ghosts
from bpviz.qt.plots.cost.history import Curve, Curves, History
from bpviz.qt.plots.cost.labels import label_room
from bpviz.qt.plots.cost.marks import tick_room
from bpviz.qt.plots.cost.picture import Entry, Label, Picture, Role
from bpviz.qt.plots.cost.zoom import Seen

COUNTED: dict[Along, str] = {"step": "step", "epoch": "epoch", "time": "seconds"}
_TOP, _BOTTOM, _LEGEND = 6.0, 26.0, 18.0
_LEAST_LEFT, _LEAST_SIDE = 48.0, 40.0
_PIXELS_PER_STRETCH = 4    # of a thinned curve; each has two points
_PIXELS_PER_GHOST = 8
_STRIP_SHARE, _LEAST_STRIP, _MOST_STRIP, _BETWEEN = 0.24, 34.0, 90.0, 12.0
_LEAST_WITH_STRIP = 140.0  # pixels of height; below, the accuracy is told in words
_STEPS_BESIDE = 2          # read beyond what is seen, so that curves leave the view


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be composed: how it is wanted, what of the run, and into what room. trouble: the step that
    could not be taken."""

    chosen: Chosen
    size: QSize
    seen: Seen | None = None
    trouble: int | None = None


class Composer:
    """Makes pictures of one run and of earlier ones."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._ghosts = Ghosts()

    def picture(self, trainer: Trainer, runs: tuple[EarlierRun, ...], wish: Wish) -> Picture:
        history, along = self._history, self._history.along(wish.chosen.along)
        most = max(16, wish.size.width() // _PIXELS_PER_STRETCH)
        curves = history.curves(wish.chosen, most, self._steps_of(wish.seen, along))
        ghosts = self._ghosts.shown(runs, along, max(16, wish.size.width() // _PIXELS_PER_GHOST), wish.seen)
        end = max([curves.end, *(ghost.end for ghost in ghosts)])
        x = _seen_axis(wish.seen, along) if wish.seen else whole_axis(end, along, trainer.steps_per_epoch)
        bounds = [_bounds(curve, x) for curve in (curves.training, curves.validation, curves.steps)]
        bounds += [ghost.bounds for ghost in ghosts]
        y = cost_axis(bounds, wish.chosen.log)
        room = QRectF(_LEAST_LEFT, _TOP, wish.size.width() - _LEAST_LEFT, wish.size.height() - _TOP - _BOTTOM)
        made = Picture(
            curves, x, y, room, room.right(), COUNTED[along], f"step {count(trainer.step)}", ghosts=ghosts,
            trouble=self._trouble(wish.trouble, along),
        )
        made = replace(made, labels=_cost_labels(made))
        return _placed(made, wish, trainer)

    # -- within ---------------------------------------------------------------------------------

    def _steps_of(self, seen: Seen | None, along: Along) -> tuple[int, int] | None:
        if seen is None:
            return None
        first, last = (self._history.step_at(x, along) for x in seen)
        return max(0, first - _STEPS_BESIDE), last + _STEPS_BESIDE

    def _trouble(self, step: int | None, along: Along) -> tuple[float, str] | None:
        if step is None:
            return None
        return self._history.x_of(step, along), f"diverges at step {count(step)}"


def whole_axis(end: float, along: Along, steps_per_epoch: int) -> Axis:
    """All of a run that ends there."""
    if along == "time":
        return time_axis(end)
    return run_axis(end, steps_per_epoch if along == "epoch" else None)


def _seen_axis(seen: Seen, along: Along) -> Axis:
    return Axis(*seen, whole=along == "step")


def _bounds(curve: Curve, x: Axis) -> Array:
    return curve.values_within(x.low, x.high)


# -- words ------------------------------------------------------------------------------------------


def _cost_labels(picture: Picture) -> tuple[Label, ...]:
    curves = picture.curves
    made = _label(picture, "training", curves.training, f"training {number(curves.training.last)}")
    made += _label(picture, "validation", curves.validation, f"validation {number(curves.validation.last)}")
    for ghost in picture.ghosts:
        made += _label(picture, "ghost", ghost.curve, ghost.name, ghost.run.diverged is not None)
    return tuple(made)


def _strip_labels(strip: Picture) -> tuple[Label, ...]:
    curves = strip.curves
    made = _label(strip, "training", curves.training, f"accuracy {number(curves.training.last)} %")
    made += _label(strip, "validation", curves.validation, f"validation {number(curves.validation.last)} %")
    return tuple(made)


def _label(picture: Picture, role: Role, curve: Curve, text: str, diverged: bool = False) -> list[Label]:
    """Where the curve ends, or where it leaves the view; none where it has ended before that."""
    if not curve.x.size:
        return []
    x = min(float(curve.x[-1]), picture.x.high)
    y = curve.at(x)
    if y is None or not picture.shows(x):
        return []
    return [Label(role, text, x, y, diverged)]


def accuracy_words(trainer: Trainer) -> str:
    """Of both sets, as of the last epoch; empty where nothing is classified."""
    if not trainer.classification:
        return ""
    epoch = trainer.last_epoch
    words = f"accuracy {number(100 * epoch.train_accuracy)} %"
    if trainer.validation is None:
        return words
    return f"{words} · validation {number(100 * epoch.validation_accuracy)} %"


def _legend(picture: Picture, trainer: Trainer, strip: bool) -> tuple[Entry, ...]:
    """What no words stand beside."""
    curves, made = picture.curves, []
    words = "" if strip else accuracy_words(trainer)
    if words:
        made.append(Entry("words", words))
    if curves.steps.x.size:
        made.append(Entry("batch", "each batch"))
    if curves.smooth.x.size:
        made.append(Entry("smooth", "smoothed"))
    if curves.rate.x.size:
        first, last = number(float(curves.rate.y[0])), number(float(curves.rate.y[-1]))
        made.append(Entry("rate", f"rate {first}" if first == last else f"rate {first} → {last}"))
    return tuple(made)


# -- places -----------------------------------------------------------------------------------------


def _placed(picture: Picture, wish: Wish, trainer: Trainer) -> Picture:
    """The picture with its legend, its strip, and all areas where they belong."""
    curves, size = picture.curves, wish.size
    has_strip = curves.train_accuracy.x.size > 0 and size.height() >= _LEAST_WITH_STRIP
    legend = _legend(picture, trainer, has_strip)
    strip = _strip(picture) if has_strip else None
    labels = picture.labels + (strip.labels if strip else ())
    rect = QRectF(picture.rect).adjusted(0, _LEGEND if legend else 0, -label_room(labels, size.width()), 0)
    rect.setSize(rect.size().expandedTo(QRectF(0, 0, _LEAST_SIDE, _LEAST_SIDE).size()))
    rect.setLeft(max(_LEAST_LEFT, 8 * math.ceil((tick_room(replace(picture, rect=rect)) + 24) / 8)))
    if strip is not None:
        high = min(_MOST_STRIP, max(_LEAST_STRIP, _STRIP_SHARE * rect.height()))
        below = QRectF(rect.left(), rect.bottom() - high, rect.width(), high)
        rect.setBottom(below.top() - _BETWEEN)
        strip = replace(strip, rect=below)
    return replace(picture, rect=rect, legend=legend, strip=strip, rate=_rate(picture, rect))


def _strip(picture: Picture) -> Picture:
    curves, x = picture.curves, picture.x
    shares = Curves(
        curves.train_accuracy, curves.validation_accuracy, playhead=curves.playhead, end=curves.end
    )
    y = percent_axis([_bounds(curve, x) for curve in (shares.training, shares.validation)])
    strip = Picture(shares, x, y, picture.rect)
    return replace(strip, labels=_strip_labels(strip))


def _rate(picture: Picture, rect: QRectF) -> Picture | None:
    """From 0 at the foot to just below the top."""
    curve = picture.curves.rate
    if not curve.x.size:
        return None
    highest = float(curve.y.max()) or 1.0
    return Picture(picture.curves, picture.x, Axis(0.0, 1.08 * highest), rect)
