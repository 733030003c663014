"""What the settings of an experiment may be; each refusal names its setting as an experiment file does."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import fields

from bpviz.document.errors import DocumentError, from_engine, placed
from bpviz.engine import optimizer
from bpviz.engine.errors import EngineError, unknown_name
from bpviz.engine.freezing import check_fit
from bpviz.engine.initializer import FirstWeights
from bpviz.engine.network import Network
from bpviz.engine.optimizer import OPTIMIZERS, SCHEDULES, Learning, OptimizerSettings, Schedule

MOST_WEIGHTS = 2_000_000  # 16 MB of float64 a copy; beyond, a step is no longer told but waited for
MOST_LAYERS = 64
LARGEST_SEED = 2**63 - 1
LARGEST_SHARE = 0.9       # of the examples that may be held out
LARGEST_FIRST = 1e6       # first weights drawn beyond this size overflow within a few layers

_HOMES = {field.name: "optimizer" for field in fields(OptimizerSettings)} | {
    field.name: "schedule" for field in fields(Schedule)
}


def check_run(epochs: int, seed: int, validation_share: float) -> None:
    """How long, from which seed, and how much is held out."""
    if epochs < 1:
        raise DocumentError(f"expected a whole number of at least 1, got {epochs}", place="epochs")
    if not 0 <= seed <= LARGEST_SEED:
        raise DocumentError(f"expected a whole number from 0 to {LARGEST_SEED}, got {seed}", place="seed")
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
    """The engine's own rules, each with the whole place of its setting."""
    _known("optimizer", learning.optimizer.name, OPTIMIZERS)
    _known("schedule", learning.schedule.name, SCHEDULES)
    try:
        optimizer.check_learning(learning)
    except EngineError as error:
        refused = from_engine(error)
        raise refused.within(_HOMES.get(refused.place, "")).within("learning") from None


def check_frozen(network: Network, learning: Learning) -> None:
    """Refuses to freeze what this network has not got."""
    with placed("learning"):
        check_fit(network, learning.frozen)


def check_first(first: FirstWeights) -> None:
    """No number so large that drawing overflows; the engine checks the rest when it draws."""
    for name in ("value", "low", "high", "mean", "deviation", "bias"):
        _number(f"first.{name}", getattr(first, name), -LARGEST_FIRST, LARGEST_FIRST)


def _known(kind: str, name: str, names: Iterable[str]) -> None:
    if name not in names:
        raise DocumentError(str(unknown_name(kind, name, names)), place=f"learning.{kind}.name")


def _number(place: str, value: float, low: float, high: float) -> None:
    if not (math.isfinite(value) and low <= value <= high):
        raise DocumentError(f"expected a number from {low:g} to {high:g}, got {value!r}", place=place)
