"""How gradients become updates: one rule an optimizer, for one array of parameters at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat
from types import MappingProxyType

import numpy as np

from bpviz.engine.arrays import Array, frozen
from bpviz.engine.freezing import Mask, held, masks
from bpviz.engine.network import LayerParameters, Parameters
from bpviz.engine.optimizer import Learning, OptimizerSettings

Memory = tuple[Array, ...]
Gradients = list[tuple[Array, Array | None]]
_NONE: tuple[Mask | None, Mask | None] = (None, None)


@dataclass(frozen=True, slots=True, eq=False)
class OptimizerState:
    """What an optimizer remembers: for each array of parameters its running arrays, and their age in updates.

    keeps says what these arrays mean; an optimizer that keeps something else starts afresh.
    """

    count: int = 0
    slots: tuple[Memory, ...] = ()
    keeps: str = ""


def update(
    parameters: Parameters, gradients: Gradients, learning: Learning, rate: float, state: OptimizerState
) -> tuple[Parameters, OptimizerState]:
    """All parameters one update later, and what the optimizer remembers then.

    Penalties join the gradient of the weights: C'(W) + l1 sign(W) + l2 W. AdamW takes rate weight_decay W
    off them besides (Loshchilov and Hutter 2019). Biases are only ever moved by their gradient.
    What is frozen stays, and nothing is remembered of it, so that nothing is let loose when it is thawed.
    """
    o = learning.optimizer
    moved, keeps = RULES[o.name]
    known = state.keeps == keeps and state.slots
    memories: Iterator[Memory] = iter(state.slots) if known else repeat(())
    count = state.count + 1 if known else 1
    which = masks(parameters, learning.frozen) if learning.frozen else repeat(_NONE)
    made, slots = [], []
    for p, (dw, db), (fixed_w, fixed_b) in zip(parameters, gradients, which, strict=False):
        w, memory = moved(p.w, _with_penalty(p.w, dw, learning), next(memories), o, rate, count)
        if o.name == "adamw":
            w = w - rate * o.weight_decay * p.w
        w, memory = held(p.w, w, memory, fixed_w)
        slots.append(memory)
        b = None
        if p.b is not None and db is not None:
            b, memory = held(p.b, *moved(p.b, db, next(memories), o, rate, count), fixed_b)
            slots.append(memory)
            frozen(b)
        made.append(LayerParameters(frozen(w), b))
    for memory in slots:
        for array in memory:
            frozen(array)
    return tuple(made), OptimizerState(count, tuple(slots) if keeps else (), keeps)


def _with_penalty(w: Array, gradient: Array, learning: Learning) -> Array:
    if learning.l1:
        gradient = gradient + learning.l1 * np.sign(w)
    if learning.l2:
        gradient = gradient + learning.l2 * w
    return gradient


def _gradient_descent(
    x: Array, g: Array, _memory: Memory, _o: OptimizerSettings, rate: float, _count: int
) -> tuple[Array, Memory]:
    """x - rate g."""
    return x - rate * g, ()


def _momentum(
    x: Array, g: Array, memory: Memory, o: OptimizerSettings, rate: float, _count: int
) -> tuple[Array, Memory]:
    """v = mu v + g; x - rate v (Polyak 1964)."""
    v = o.momentum * memory[0] + g if memory else g
    return x - rate * v, (v,)


def _nesterov(
    x: Array, g: Array, memory: Memory, o: OptimizerSettings, rate: float, _count: int
) -> tuple[Array, Memory]:
    """v = mu v + g; x - rate (g + mu v) (Sutskever et al. 2013, with the gradient taken at x)."""
    v = o.momentum * memory[0] + g if memory else g
    return x - rate * (g + o.momentum * v), (v,)


def _rmsprop(
    x: Array, g: Array, memory: Memory, o: OptimizerSettings, rate: float, _count: int
) -> tuple[Array, Memory]:
    """s = rho s + (1 - rho) g^2; x - rate g / (sqrt(s) + eps) (Tieleman and Hinton 2012)."""
    s = (1.0 - o.decay) * g * g
    if memory:
        s = o.decay * memory[0] + s
    return x - rate * g / (np.sqrt(s) + o.epsilon), (s,)


def _adam(
    x: Array, g: Array, memory: Memory, o: OptimizerSettings, rate: float, count: int
) -> tuple[Array, Memory]:
    """m = b1 m + (1 - b1) g; s = b2 s + (1 - b2) g^2; x - rate m^ / (sqrt(s^) + eps), where m^ and s^ are
    m / (1 - b1^count) and s / (1 - b2^count) (Kingma and Ba 2015)."""
    m = (1.0 - o.beta1) * g
    s = (1.0 - o.beta2) * g * g
    if memory:
        m = o.beta1 * memory[0] + m
        s = o.beta2 * memory[1] + s
    m_hat = m / (1.0 - o.beta1**count)
    s_hat = s / (1.0 - o.beta2**count)
    return x - rate * m_hat / (np.sqrt(s_hat) + o.epsilon), (m, s)


_Rule = Callable[[Array, Array, Memory, OptimizerSettings, float, int], tuple[Array, Memory]]
RULES: Mapping[str, tuple[_Rule, str]] = MappingProxyType({
    "gradient_descent": (_gradient_descent, ""),
    "momentum": (_momentum, "velocity"),
    "nesterov": (_nesterov, "velocity"),
    "rmsprop": (_rmsprop, "mean square"),
    "adam": (_adam, "mean and mean square"),
    "adamw": (_adam, "mean and mean square"),
})
