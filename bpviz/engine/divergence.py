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
    quantity: str       # "weighted input", "activation", "cost", "layer error", "gradient", "weight", "bias"
    largest: float      # the largest size there, infinite when something overflowed
    rate: float


def find_divergence(trace: StepTrace) -> Divergence | None:
    """Why this step cannot be taken, or None when all its numbers are good."""
    if all(_surely_good(array) for _, _, array in _quantities(trace)):
        return None
    for layer, quantity, array in _quantities(trace):
        sizes = np.abs(array)
        if not (sizes <= LIMIT).all():  # NaN fails every comparison
            overflowed = not np.isfinite(sizes).all()
            largest = float("inf") if overflowed else float(sizes.max())
            return Divergence(trace.step, layer, quantity, largest, trace.rate)
    return None


def _surely_good(array: Array) -> bool:
    # One fast product: when the sum of the squares is below LIMIT squared, so is each of them.
    return bool(np.vdot(array, array) <= LIMIT * LIMIT)


def _quantities(trace: StepTrace) -> Iterator[tuple[int, str, Array]]:
    for k, layer in enumerate(trace.layers):
        yield k, "weighted input", layer.z
        yield k, "activation", layer.a
    last = len(trace.layers) - 1
    yield last, "cost", trace.example_costs
    for k in range(last, -1, -1):
        layer = trace.layers[k]
        yield k, "layer error", layer.delta
        yield k, "gradient", layer.dw
        if layer.db is not None:
            yield k, "gradient", layer.db
    for k, layer in enumerate(trace.layers):
        yield k, "weight", layer.w_next
        if layer.b_next is not None:
            yield k, "bias", layer.b_next
