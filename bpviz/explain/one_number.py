"""The engine's functions, which are written for whole arrays, at a single number."""

from __future__ import annotations

import numpy as np

from bpviz.engine.activation import activation
from bpviz.engine.cost import cost


def activation_at(name: str, z: float) -> float:
    """R(z) of an elementwise activation."""
    return float(activation(name).function(np.asarray(z)))


def slope_at(name: str, z: float) -> float:
    """R'(z) of an elementwise activation."""
    known, at = activation(name), np.asarray(z)
    return float(known.slope(at, known.function(at)))


def cost_at_gap(name: str, gap: float) -> float:
    """The cost of one output that is so far from its target, where only that distance counts."""
    return float(cost(name).value(np.array([[gap]]), np.zeros((1, 1)))[0])


def cost_slope_at_gap(name: str, gap: float) -> float:
    """Its derivative."""
    return float(cost(name).slope(np.array([[gap]]), np.zeros((1, 1)))[0, 0])
