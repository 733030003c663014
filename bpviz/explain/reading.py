"""Reads a quantity off the record: the one place where a Part becomes its number."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.trace import LayerTrace, StepTrace
from bpviz.explain.address import INPUT
from bpviz.explain.part import Part, What

_OF_LAYER: dict[What, Callable[[LayerTrace], Array | None]] = {
    What.WEIGHT: lambda layer: layer.w,
    What.BIAS: lambda layer: layer.b,
    What.GRADIENT: lambda layer: layer.dw,
    What.BIAS_GRADIENT: lambda layer: layer.db,
    What.NEW_WEIGHT: lambda layer: layer.w_next,
    What.NEW_BIAS: lambda layer: layer.b_next,
    What.WEIGHTED_INPUT: lambda layer: layer.z,
    What.ACTIVATION: lambda layer: layer.a,
    What.SLOPE: lambda layer: layer.slope,
    What.PULL: lambda layer: layer.pull,
    What.ERROR: lambda layer: layer.delta,
}
_BY_EXAMPLE = (
    What.WEIGHTED_INPUT, What.ACTIVATION, What.SLOPE, What.PULL, What.ERROR, What.TARGET, What.COST,
)


def array_of(part: Part, trace: StepTrace) -> Array:
    """All of its layer: (batch, units), (inputs, units) or (units,); costs (batch,), the rate ().

    Raises ValueError for what the layer does not have, such as a bias.
    """
    match part.what:
        case What.TARGET:
            return trace.targets
        case What.COST:
            return trace.example_costs
        case What.RATE:
            return np.array(trace.rate)
        case What.ACTIVATION if part.layer == INPUT:
            return trace.inputs
    found = _OF_LAYER[part.what](trace.layers[part.layer])
    if found is None:
        raise ValueError(f"layer {part.layer} has no {part.what.value}")
    return found


def row_of(part: Part, trace: StepTrace, example: int | None) -> Array:
    """The same for one example of the batch, or its mean over the batch when example is None."""
    array = array_of(part, trace)
    if part.what not in _BY_EXAMPLE:
        return array
    return np.asarray(array.mean(axis=0) if example is None else array[example])


def value_of(part: Part, trace: StepTrace, example: int | None) -> float:
    """The number of one unit or weight (of the step, for cost and rate)."""
    row = row_of(part, trace, example)
    if part.unit is None:
        return float(row.item())
    return float(row[part.unit] if part.source is None else row[part.source, part.unit])
