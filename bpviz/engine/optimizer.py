"""How gradients become updates."""

from __future__ import annotations

from dataclasses import dataclass

from bpviz.engine.arrays import Array


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
    factor: float = 0.5          # step: rate * factor ** (epoch // every); exponential: rate * factor ** epoch
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
