"""How gradients become updates."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from bpviz.engine.arrays import Array, frozen
from bpviz.engine.errors import EngineError, unknown_name
from bpviz.engine.network import LayerParameters, Parameters

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
    """How a network learns. Weights are regularised, biases are not."""

    rate: float = 0.1
    batch_size: int = 10
    optimizer: OptimizerSettings = OptimizerSettings()
    schedule: Schedule = Schedule()
    l1: float = 0.0
    l2: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class OptimizerState:
    """What an optimizer remembers: updates made, and its running arrays, one tuple a layer."""

    count: int = 0
    slots: tuple[tuple[Array, ...], ...] = ()


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


def update(
    parameters: Parameters,
    gradients: list[tuple[Array, Array | None]],
    learning: Learning,
    rate: float,
    state: OptimizerState,
) -> tuple[Parameters, OptimizerState]:
    """All parameters one update later, and what the optimizer remembers then."""
    count = state.count + 1
    made, kept = [], []
    for k, (p, (dw, db)) in enumerate(zip(parameters, gradients, strict=True)):
        memory = state.slots[k] if state.slots else ()
        half = len(memory) // 2 if db is not None else len(memory)
        g = dw
        if learning.l1:
            g = g + learning.l1 * np.sign(p.w)
        if learning.l2:
            g = g + learning.l2 * p.w
        w, mw = _moved(p.w, g, memory[:half], learning.optimizer, rate, count, decays=True)
        b: Array | None = None
        mb: tuple[Array, ...] = ()
        if db is not None and p.b is not None:
            b, mb = _moved(p.b, db, memory[half:], learning.optimizer, rate, count, decays=False)
            frozen(b)
        made.append(LayerParameters(frozen(w), b))
        kept.append((*mw, *mb))
    return tuple(made), OptimizerState(count, tuple(kept) if any(kept) else ())


def _moved(
    x: Array, g: Array, memory: tuple[Array, ...], o: OptimizerSettings, rate: float, count: int, *,
    decays: bool,
) -> tuple[Array, tuple[Array, ...]]:
    """One array an update later, and what is remembered of it. Biases do not decay.

    momentum: v = mu v + g, x -= rate v; nesterov: x -= rate (g + mu v) (Sutskever et al. 2013).
    rmsprop: s = rho s + (1 - rho) g^2, x -= rate g / (sqrt(s) + eps) (Hinton's lecture 6).
    adam, adamw: Kingma and Ba 2015; Loshchilov and Hutter 2019 with decay rate * weight_decay * x.
    """
    if o.name == "gradient_descent":
        return x - rate * g, ()
    if o.name in ("momentum", "nesterov"):
        v = o.momentum * memory[0] + g if memory else g
        return x - rate * (v if o.name == "momentum" else g + o.momentum * v), (v,)
    if o.name == "rmsprop":
        s = (o.decay * memory[0] if memory else 0.0) + (1.0 - o.decay) * g * g
        return x - rate * g / (np.sqrt(s) + o.epsilon), (s,)
    m = (o.beta1 * memory[0] if memory else 0.0) + (1.0 - o.beta1) * g
    s = (o.beta2 * memory[1] if memory else 0.0) + (1.0 - o.beta2) * g * g
    change = (m / (1.0 - o.beta1**count)) / (np.sqrt(s / (1.0 - o.beta2**count)) + o.epsilon)
    if o.name == "adamw" and decays:
        change = change + o.weight_decay * x
    return x - rate * change, (m, s)
