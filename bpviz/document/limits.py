"""What the settings of an experiment may be; each refusal names its setting as an experiment file does."""

from __future__ import annotations

import math
from collections.abc import Iterable

from bpviz.document.errors import DocumentError
from bpviz.engine.errors import unknown_name
from bpviz.engine.initializer import FirstWeights
from bpviz.engine.network import Network
from bpviz.engine.optimizer import OPTIMIZERS, SCHEDULES, Learning, OptimizerSettings, Schedule

MOST_WEIGHTS = 2_000_000  # 16 MB of float64 a copy; beyond, a step is no longer told but waited for
MOST_LAYERS = 64
LARGEST_SEED = 2**63 - 1
LARGEST_SHARE = 0.9       # of the examples that may be held out
LARGEST_FIRST = 1e6       # first weights beyond this size overflow within a few layers


def check_run(epochs: int, seed: int, validation_share: float) -> None:
    _whole("epochs", epochs, 1)
    _whole("seed", seed, 0, LARGEST_SEED)
    check_share(validation_share)


def check_share(validation_share: float) -> None:
    _number("validation_share", validation_share, 0.0, LARGEST_SHARE)


def check_size(network: Network) -> None:
    """Refuses what would exhaust the memory before any of it is made."""
    if network.depth > MOST_LAYERS:
        raise DocumentError(f"expected at most {MOST_LAYERS}, got {network.depth}", place="network.layers")
    if network.edges > MOST_WEIGHTS:
        expectation = f"expected at most {MOST_WEIGHTS:,} weights, got {network.edges:,}"
        raise DocumentError(expectation, place="network.layers")


def check_learning(learning: Learning) -> None:
    """Every constant, also those that the chosen optimizer and schedule do not read."""
    _above("learning.rate", learning.rate, 0.0)
    _whole("learning.batch_size", learning.batch_size, 1)
    _number("learning.l1", learning.l1, 0.0)
    _number("learning.l2", learning.l2, 0.0)
    _check_optimizer(learning.optimizer)
    _check_schedule(learning.schedule)


def check_first(first: FirstWeights) -> None:
    """The numbers; names and the shapes of given weights are the engine's to check."""
    for name in ("value", "low", "high", "mean", "bias"):
        _number(f"first.{name}", getattr(first, name), -LARGEST_FIRST, LARGEST_FIRST)
    _number("first.deviation", first.deviation, 0.0, LARGEST_FIRST)
    _number("first.high", first.high, first.low, LARGEST_FIRST)


def _check_optimizer(settings: OptimizerSettings) -> None:
    _known("optimizer", settings.name, OPTIMIZERS)
    for name in ("momentum", "decay", "beta1", "beta2"):
        _below("learning.optimizer." + name, getattr(settings, name), 1.0)
    _above("learning.optimizer.epsilon", settings.epsilon, 0.0)
    _number("learning.optimizer.weight_decay", settings.weight_decay, 0.0)


def _check_schedule(schedule: Schedule) -> None:
    _known("schedule", schedule.name, SCHEDULES)
    _above("learning.schedule.factor", schedule.factor, 0.0, 1.0)
    _whole("learning.schedule.every", schedule.every, 1)
    _whole("learning.schedule.epochs", schedule.epochs, 1)
    _number("learning.schedule.floor", schedule.floor, 0.0, 1.0)


def _known(kind: str, name: str, names: Iterable[str]) -> None:
    if name not in names:
        raise DocumentError(str(unknown_name(kind, name, names)), place=f"learning.{kind}.name")


def _whole(place: str, value: int, low: int, high: int | None = None) -> None:
    if value < low or (high is not None and value > high):
        span = f"of at least {low}" if high is None else f"from {low} to {high}"
        raise DocumentError(f"expected a whole number {span}, got {value}", place=place)


def _number(place: str, value: float, low: float, high: float = math.inf) -> None:
    if not (math.isfinite(value) and low <= value <= high):
        span = f"of at least {low:g}" if high == math.inf else f"from {low:g} to {high:g}"
        raise DocumentError(f"expected a number {span}, got {value!r}", place=place)


def _above(place: str, value: float, low: float, high: float = math.inf) -> None:
    if not (math.isfinite(value) and low < value <= high):
        span = f"above {low:g}" + ("" if high == math.inf else f" and at most {high:g}")
        raise DocumentError(f"expected a number {span}, got {value!r}", place=place)


def _below(place: str, value: float, high: float) -> None:
    if not 0.0 <= value < high:
        raise DocumentError(f"expected a number from 0 to below {high:g}, got {value!r}", place=place)
