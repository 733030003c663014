"""When training leaves the numbers that mean anything: where, and how large."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.trace import StepTrace

LIMIT = 1e12  # far above anything that trains, far below overflow


@dataclass(frozen=True, slots=True)
class Divergence:
    """The first quantity of a step, in the order of telling, that is not finite or beyond LIMIT."""

    step: int
    layer: int
    quantity: str
    largest: float
    rate: float


def find_divergence(trace: StepTrace) -> Divergence | None:
    """Why this step cannot be taken, or None when all its numbers are good."""
    for layer, quantity, array in _quantities(trace):
        if not (np.abs(array) <= LIMIT).all():  # NaN fails every comparison
            finite = np.abs(array[np.isfinite(array)])
            beyond = np.isinf(array).any() or finite.size == 0
            largest = float("inf") if beyond else float(finite.max())
            return Divergence(trace.step, layer, quantity, largest, trace.rate)
    return None


def _quantities(trace: StepTrace) -> Iterator[tuple[int, str, Array]]:
    for k, layer in enumerate(trace.layers):
        yield k, "weighted input", layer.z
        yield k, "activation", layer.a
    last = len(trace.layers) - 1
    yield last, "cost", trace.example_costs
    for k in range(last, -1, -1):
        yield k, "layer error", trace.layers[k].delta
        yield k, "gradient", trace.layers[k].dw
    for k, layer in enumerate(trace.layers):
        yield k, "weight", layer.w_next
        if layer.b_next is not None:
            yield k, "bias", layer.b_next
