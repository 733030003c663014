"""How a network is to learn: the settings, what they may be, and the rate they give each epoch."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from bpviz.engine.errors import EngineError, unknown_name
from bpviz.engine.freezing import Frozen, check_frozen

OPTIMIZERS: Mapping[str, str] = MappingProxyType({
    "gradient_descent": "gradient descent", "momentum": "momentum", "nesterov": "Nesterov",
    "rmsprop": "RMSProp", "adam": "Adam", "adamw": "AdamW",
})
SCHEDULES: Mapping[str, str] = MappingProxyType({
    "constant": "constant", "step": "step", "exponential": "exponential", "cosine": "cosine",
})


def _expect(holds: bool, what: str, expectation: str, got: float) -> None:
    if not holds:
        raise EngineError(f"{what}: expected {expectation}, got {got}")


@dataclass(frozen=True, slots=True)
class OptimizerSettings:
    """Which optimizer, and its constants; each optimizer reads only its own."""

    name: str = "gradient_descent"
    momentum: float = 0.9        # momentum, nesterov
    decay: float = 0.9           # rmsprop: how much of the running mean square is kept
    beta1: float = 0.9           # adam, adamw
    beta2: float = 0.999
    epsilon: float = 1e-8        # rmsprop, adam, adamw
    weight_decay: float = 0.01   # adamw


@dataclass(frozen=True, slots=True)
class Schedule:
    """The learning rate by epoch: constant, step, exponential or cosine."""

    name: str = "constant"
    factor: float = 0.5          # step: rate * factor ** (epoch // every); exponential: rate * factor**epoch
    every: int = 50              # step
    epochs: int = 200            # cosine: the epoch at which the floor is reached
    floor: float = 0.0           # cosine: the smallest rate, as a share of the first


@dataclass(frozen=True, slots=True)
class Learning:
    """How a network learns. Weights are regularised, biases are not. Training leaves what is frozen."""

    rate: float = 0.1
    batch_size: int = 10
    optimizer: OptimizerSettings = OptimizerSettings()
    schedule: Schedule = Schedule()
    l1: float = 0.0
    l2: float = 0.0
    frozen: Frozen = ()


@lru_cache(maxsize=64)
def check_learning(learning: Learning) -> None:
    """Raises EngineError naming the first setting that cannot be used, and what was expected."""
    o, s = learning.optimizer, learning.schedule
    _expect(0.0 <= learning.rate < math.inf, "rate", "a number of 0 or more", learning.rate)
    _expect(learning.batch_size >= 1, "batch_size", "at least 1", learning.batch_size)
    _expect(0.0 <= learning.l1 < math.inf, "l1", "0 or more", learning.l1)
    _expect(0.0 <= learning.l2 < math.inf, "l2", "0 or more", learning.l2)
    if o.name not in OPTIMIZERS:
        raise unknown_name("optimizer", o.name, OPTIMIZERS)
    for what in ("momentum", "decay", "beta1", "beta2"):
        _expect(0.0 <= getattr(o, what) < 1.0, what, "from 0 to below 1", getattr(o, what))
    _expect(0.0 < o.epsilon < math.inf, "epsilon", "above 0", o.epsilon)
    _expect(0.0 <= o.weight_decay < math.inf, "weight_decay", "0 or more", o.weight_decay)
    if s.name not in SCHEDULES:
        raise unknown_name("schedule", s.name, SCHEDULES)
    _expect(0.0 < s.factor <= 1.0, "factor", "above 0, at most 1", s.factor)
    _expect(s.every >= 1, "every", "at least 1", s.every)
    _expect(s.epochs >= 1, "epochs", "at least 1", s.epochs)
    _expect(0.0 <= s.floor <= 1.0, "floor", "from 0 to 1", s.floor)
    check_frozen(learning.frozen)


def rate_at(learning: Learning, epoch: int) -> float:
    """The learning rate of an epoch after its schedule."""
    s = learning.schedule
    if s.name == "step":
        return float(learning.rate * s.factor ** (epoch // s.every))
    if s.name == "exponential":
        return float(learning.rate * s.factor**epoch)
    if s.name == "cosine":
        done = min(epoch / s.epochs, 1.0)
        return learning.rate * (s.floor + (1.0 - s.floor) * 0.5 * (1.0 + math.cos(math.pi * done)))
    return learning.rate
