"""What a network of one input makes of it: its outputs as curves, with their kinks where they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array, frozen
from bpviz.engine.backprop import forward
from bpviz.engine.network import Network, Parameters
from bpviz.engine.trace import StepTrace
from bpviz.explain.round_numbers import round_up

_KINKED = ("relu", "leaky_relu")
_MOST_KINKS = 500   # of one layer; where there are more, they are closer than can be seen
_MARGIN = 0.08      # of the span of the examples, on each side
_PAD = 0.08         # of the span of what is drawn, above and below
_BEYOND = 2.0       # spans of the targets that a curve may lead away from them and still be seen
_LEAST_SPAN = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """x (n,), ascending, and the outputs ŷ there, (n, outputs)."""

    x: Array
    y: Array


@dataclass(frozen=True, slots=True, eq=False)
class Residuals:
    """One output of every example of a batch: its input x, target y and prediction, (batch,) each."""

    x: Array
    y: Array
    predicted: Array

    @property
    def values(self) -> Array:
        """ŷ − y, positive where the prediction is too high."""
        difference: Array = self.predicted - self.y
        return difference

    def of(self, rows: NDArray[np.int64]) -> Residuals:
        """Those of some examples."""
        return Residuals(self.x[rows], self.y[rows], self.predicted[rows])


def curve_over(network: Network, parameters: Parameters, low: float, high: float, points: int) -> Curve:
    """The outputs at so many places from low to high, and at every kink of a unit between them.

    A unit of ReLU has its kink where Z = 0. Layer by layer, the kinks of those below are there already, so
    that Z is straight from place to place where only ReLU lies below, and the crossing exact.
    """
    x = np.linspace(low, high, points)
    with np.errstate(all="ignore"):
        for k, layer in enumerate(network.layers):
            if layer.activation in _KINKED:
                x = _with_crossings(x, forward(network, parameters, x[:, np.newaxis])[k][0])
        return Curve(frozen(x), forward(network, parameters, x[:, np.newaxis])[-1][1])


def residuals(record: StepTrace, output: int) -> Residuals:
    """Of a step's batch, for a network of one input."""
    return Residuals(record.inputs[:, 0], record.targets[:, output], record.outputs[:, output])


def span_of(inputs: Array) -> tuple[float, float]:
    """From the lowest to the highest of inputs (n, 1), with a margin; a lone value x gets |x| on both sides,
    at least 1."""
    low, high = float(inputs.min()), float(inputs.max())
    pad = _MARGIN * (high - low) if high - low > _LEAST_SPAN else max(1.0, abs(high))
    return low - pad, high + pad


def heights_of(curve: Array, targets: Array) -> tuple[float, float]:
    """From below to above the targets, and the curve (n,) as far as it does not lead far from them; ends are
    round, so that they stay where they are while the curve moves a little."""
    low, high = float(targets.min()), float(targets.max())
    finite = curve[np.isfinite(curve)]
    if finite.size:
        reach = _BEYOND * (high - low) if high - low > _LEAST_SPAN else float("inf")
        lowest, highest = max(float(finite.min()), low - reach), min(float(finite.max()), high + reach)
        low, high = min(low, lowest), max(high, highest)
    span = high - low if high - low > _LEAST_SPAN else max(1.0, abs(high))
    step, pad = round_up(span / 10), _PAD * span
    return float(np.floor((low - pad) / step) * step), float(np.ceil((high + pad) / step) * step)


def _with_crossings(x: Array, z: Array) -> Array:
    """x (n,) and where a column of z (n, units) changes its sign between two of them."""
    open_ = z > 0.0
    place, unit = np.nonzero(open_[:-1] != open_[1:])
    if not 0 < place.size <= _MOST_KINKS:
        return x
    before, after = z[place, unit], z[place + 1, unit]
    crossing = x[place] + (x[place + 1] - x[place]) * (before / (before - after))
    return np.unique(np.concatenate((x, crossing[np.isfinite(crossing)])))
