"""Costs: each with its slope dC/dyhat and both formulas, standing together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.errors import unknown_name

_HUBER_DELTA = 1.0
TINY = 1e-12  # cross-entropies look at outputs no nearer than this to 0 and 1


@dataclass(frozen=True, slots=True)
class Cost:
    """value(outputs, targets) -> (batch,), summed over the outputs; slope -> dC/dyhat, (batch, outputs).

    probabilities: the outputs must lie in [0, 1].
    """

    name: str
    label: str
    value: Callable[[Array, Array], Array]
    slope: Callable[[Array, Array], Array]
    latex: str
    slope_latex: str
    probabilities: bool = False


def _summed(of_outputs: Array) -> Array:
    total: Array = of_outputs.sum(axis=1)
    return total


def _half_squared(outputs: Array, targets: Array) -> Array:
    gap = outputs - targets
    return _summed(0.5 * gap * gap)


def _half_squared_slope(outputs: Array, targets: Array) -> Array:
    return outputs - targets


def _mean_squared(outputs: Array, targets: Array) -> Array:
    gap = outputs - targets
    return _summed(gap * gap)


def _mean_squared_slope(outputs: Array, targets: Array) -> Array:
    return 2.0 * (outputs - targets)


def _absolute(outputs: Array, targets: Array) -> Array:
    return _summed(np.abs(outputs - targets))


def _absolute_slope(outputs: Array, targets: Array) -> Array:
    return np.sign(outputs - targets)


def _huber(outputs: Array, targets: Array) -> Array:
    gap = np.abs(outputs - targets)
    near = np.minimum(gap, _HUBER_DELTA)
    return _summed(near * (gap - 0.5 * near))


def _huber_slope(outputs: Array, targets: Array) -> Array:
    return np.clip(outputs - targets, -_HUBER_DELTA, _HUBER_DELTA)


def _inside(outputs: Array) -> Array:
    """Outputs as far as they are looked at; beyond, the value is constant and its slope 0.

    Only odd pairs meet this: sigmoid and softmax with their own cross-entropy are computed from Z.
    """
    return np.clip(outputs, TINY, 1.0 - TINY)


def _binary(outputs: Array, targets: Array) -> Array:
    p = _inside(outputs)
    return _summed(-targets * np.log(p) - (1.0 - targets) * np.log1p(-p))


def _binary_slope(outputs: Array, targets: Array) -> Array:
    p = _inside(outputs)
    return np.where(p == outputs, (p - targets) / (p * (1.0 - p)), 0.0)


def _categorical(outputs: Array, targets: Array) -> Array:
    return _summed(-(targets * np.log(_inside(outputs))))


def _categorical_slope(outputs: Array, targets: Array) -> Array:
    p = _inside(outputs)
    return np.where(p == outputs, -targets / p, 0.0)


_GAP = r"\hat{y} - y"
_ALL = (
    Cost(
        "half_squared_error", "half squared error", _half_squared, _half_squared_slope,
        rf"\frac{{1}}{{2}} ({_GAP})^2", _GAP,
    ),
    Cost(
        "mean_squared_error", "mean squared error", _mean_squared, _mean_squared_slope,
        rf"({_GAP})^2", rf"2 ({_GAP})",
    ),
    Cost(
        "absolute_error", "absolute error", _absolute, _absolute_slope,
        rf"|{_GAP}|", rf"\mathrm{{sign}}({_GAP})",
    ),
    Cost("huber", "Huber", _huber, _huber_slope, rf"H_1({_GAP})", rf"\mathrm{{clip}}({_GAP}, -1, 1)"),
    Cost(
        "binary_cross_entropy", "binary cross-entropy", _binary, _binary_slope,
        r"-y \ln \hat{y} - (1 - y) \ln(1 - \hat{y})", rf"\frac{{{_GAP}}}{{\hat{{y}} (1 - \hat{{y}})}}", True,
    ),
    Cost(
        "categorical_cross_entropy", "categorical cross-entropy", _categorical, _categorical_slope,
        r"-y \ln \hat{y}", r"-\frac{y}{\hat{y}}", True,
    ),
)
COSTS: Mapping[str, Cost] = MappingProxyType({c.name: c for c in _ALL})


def cost(name: str) -> Cost:
    """The cost of that name; EngineError with the nearest name otherwise."""
    try:
        return COSTS[name]
    except KeyError:
        raise unknown_name("cost", name, COSTS) from None
