"""The variables of the nested function: which stand at a place, and the cost's derivative by each in all."""

from __future__ import annotations

import numpy as np

from bpviz.engine.activation import activation
from bpviz.engine.arrays import Array
from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import INPUT, Address, Edge
from bpviz.explain.complexity import chain_count
from bpviz.explain.part import Part, What, is_told, weight_part
from bpviz.explain.symbol import Names, Symbol


def variables(network: Network, address: Address) -> tuple[Part, ...]:
    """What the cost can be derived by here: the weight of an edge; Z, the activation and b of a unit."""
    if isinstance(address, Edge):
        return (weight_part(What.WEIGHT, address),)
    k, unit = address.layer, address.unit
    if k == INPUT:
        return (Part(What.ACTIVATION, k, unit),)
    whats = [What.WEIGHTED_INPUT, What.ACTIVATION] + ([What.BIAS] if network.layers[k].bias else [])
    return tuple(Part(what, k, unit) for what in whats)


def by_outputs(network: Network, fused: bool) -> bool:
    """Whether a path also chooses a ŷ: softmax lets every Z reach every output, unless E is ŷ − y at once."""
    return not fused and not activation(network.layers[-1].activation).elementwise


def count_paths(network: Network, variable: Part) -> int:
    """How many ways lead from the variable to the cost: the product of the layer sizes above it.

    A softmax without its cross-entropy multiplies them by the number of outputs.
    """
    assert variable.unit is not None
    if variable.what is What.ACTIVATION and variable.layer == network.depth - 1:
        return 1
    return chain_count(network, variable.layer)


def totals(trace: StepTrace, variable: Part) -> Array:
    """The derivative of each example's cost by the variable, as the record has it, (batch,)."""
    k, unit = variable.layer, variable.unit
    assert unit is not None
    if variable.what is What.ACTIVATION:
        if k == INPUT:
            first = trace.layers[0]
            return np.asarray(first.delta @ first.w[unit])
        return trace.layers[k].pull[:, unit]
    error = trace.layers[k].delta[:, unit]
    if variable.what is What.WEIGHT:
        return np.asarray(error * trace.layers[k].a_in[:, variable.source])
    return error


def total(trace: StepTrace, variable: Part, row: int | None) -> float:
    """The same for one example, or its average over the batch; weights and biases have the record's own."""
    layer = trace.layers[max(variable.layer, 0)]
    if trace.batch == 1 or row is None:
        if variable.what is What.WEIGHT:
            return float(layer.dw[variable.source, variable.unit])
        if variable.what is What.BIAS and layer.db is not None:
            return float(layer.db[variable.unit])
    each = totals(trace, variable)
    return float(each.mean() if row is None else each[row])


def total_part(variable: Part) -> Part:
    """The quantity that the derivative is: a gradient, a layer error or a pull.

    For an input the record has none; the error of the first layer says when it is known.
    """
    match variable.what:
        case What.WEIGHT:
            return Part(What.GRADIENT, variable.layer, variable.unit, variable.source)
        case What.BIAS:
            return Part(What.BIAS_GRADIENT, variable.layer, variable.unit)
        case What.WEIGHTED_INPUT:
            return Part(What.ERROR, variable.layer, variable.unit)
        case _ if variable.layer == INPUT:
            return Part(What.ERROR, 0)
        case _:
            return Part(What.PULL, variable.layer, variable.unit)


def is_total_told(variable: Part, depth: int, complete: int) -> bool:
    return is_told(total_part(variable), depth, complete)


def total_symbol(names: Names, variable: Part) -> Symbol:
    """C'(W_h), or ∂C/∂W_h."""
    return names.derivative(names.cost(), names.of(variable))
