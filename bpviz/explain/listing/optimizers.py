"""The optimizers' rules as program text, what each remembers, and its constants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bpviz.engine.optimizer import OptimizerSettings


@dataclass(frozen=True, slots=True)
class Rule:
    """How one array moves: the function `name` of it, its gradient, and what is kept under these letters."""

    name: str
    text: str
    keeps: tuple[str, ...]
    settings: Callable[[OptimizerSettings], dict[str, float]]


_MOMENTUM = """
def momentum(w, g, v):
    v = mu * v + g
    return w - lr * v
"""
_NESTEROV = """
def nesterov(w, g, v):
    v = mu * v + g
    return w - lr * (g + mu * v)
"""
_RMSPROP = """
def rmsprop(w, g, s):
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / ({m}.sqrt(s) + eps)
"""
_ADAM = """
def adam(w, g, m, s):
    m = beta1 * m + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    s_hat = s / (1 - beta2**t)
    return w - lr * m_hat / ({m}.sqrt(s_hat) + eps)
"""


def _mu(o: OptimizerSettings) -> dict[str, float]:
    return {"mu": o.momentum}


def _rho(o: OptimizerSettings) -> dict[str, float]:
    return {"rho": o.decay, "eps": o.epsilon}


def _betas(o: OptimizerSettings) -> dict[str, float]:
    return {"beta1": o.beta1, "beta2": o.beta2, "eps": o.epsilon}


def _betas_and_decay(o: OptimizerSettings) -> dict[str, float]:
    return _betas(o) | {"decay": o.weight_decay}


_RULES = {
    "momentum": Rule("momentum", _MOMENTUM, ("v",), _mu),
    "nesterov": Rule("nesterov", _NESTEROV, ("v",), _mu),
    "rmsprop": Rule("rmsprop", _RMSPROP, ("s",), _rho),
    "adam": Rule("adam", _ADAM, ("m", "s"), _betas),
    "adamw": Rule("adam", _ADAM, ("m", "s"), _betas_and_decay),
}


def rule(optimizer: str) -> Rule | None:
    """None for plain gradient descent, which needs no function."""
    return _RULES.get(optimizer)


def definition(of: Rule, scalar: bool) -> str:
    return of.text.strip("\n").replace("{m}", "math" if scalar else "np")
