"""Holds backpropagation against the definition of a derivative, one parameter after the other."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.backprop import run_step
from bpviz.engine.errors import EngineError
from bpviz.engine.evaluation import evaluate
from bpviz.engine.examples import Examples
from bpviz.engine.network import LayerParameters, Network, Parameters

_RESOLVED = 1e-4  # of the cost; smaller derivatives than this drown in the rounding of a difference


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """The parameter where the two derivatives disagree most, and both of them."""

    worst: float        # |backprop - difference|, relative to the larger of the two
    place: str          # "layers[0].w[2, 1]" or "layers[1].b[0]"
    backprop: float
    difference: float


def check(
    network: Network, parameters: Parameters, examples: Examples, epsilon: float = 1e-6
) -> GradientCheck:
    """Compare C'(W) and C'(b) with (C(w + epsilon) - C(w - epsilon)) / (2 epsilon), for every w and b.

    Differences mean nothing across a kink, such as ReLU at Z = 0.
    """
    if not 0.0 < epsilon < 1.0:
        raise EngineError(f"epsilon: expected above 0 and below 1, got {epsilon}")
    record = run_step(network, parameters, examples.inputs, examples.targets)
    resolved = _RESOLVED * record.cost
    found = GradientCheck(-1.0, "", 0.0, 0.0)
    trial = tuple(
        LayerParameters(layer.w.copy(), None if layer.b is None else layer.b.copy())
        for layer in record.layers
    )
    for k, layer in enumerate(record.layers):
        for letter, array, gradient in (("w", trial[k].w, layer.dw), ("b", trial[k].b, layer.db)):
            if array is None or gradient is None:
                continue
            for at, difference in _differences(network, trial, array, examples, epsilon):
                backprop = float(gradient[at])
                worst = _relative(backprop, difference, resolved)
                if worst > found.worst or math.isnan(worst) > math.isnan(found.worst):  # NaN is worst of all
                    found = GradientCheck(worst, f"layers[{k}].{letter}{list(at)}", backprop, difference)
    return found


def _differences(
    network: Network, trial: Parameters, array: Array, examples: Examples, epsilon: float
) -> Iterator[tuple[tuple[int, ...], float]]:
    """The central difference at every place of one array of the trial parameters."""
    for at in np.ndindex(array.shape):
        held = array[at]
        array[at] = held + epsilon
        above = evaluate(network, trial, examples)
        array[at] = held - epsilon
        below = evaluate(network, trial, examples)
        array[at] = held
        yield at, (above - below) / (2.0 * epsilon)


def _relative(backprop: float, difference: float, resolved: float) -> float:
    apart = abs(backprop - difference)
    return apart / max(abs(backprop), abs(difference), resolved) if apart else 0.0
