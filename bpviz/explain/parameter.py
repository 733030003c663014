"""One weight or bias among all parameters of a network: read, or set to another number."""

from __future__ import annotations

from dataclasses import replace

from bpviz.engine.arrays import Array, frozen
from bpviz.engine.network import Parameters
from bpviz.explain.address import INPUT, Address, Edge


def parameter(parameters: Parameters, address: Address) -> float | None:
    """The weight at an edge, or the bias of a unit; None for an input and for a unit without bias."""
    if address.layer == INPUT:
        return None
    layer = parameters[address.layer]
    if isinstance(address, Edge):
        return float(layer.w[address.source, address.target])
    return None if layer.b is None else float(layer.b[address.unit])


def with_parameter(parameters: Parameters, address: Address, value: float) -> Parameters:
    """The same with this one changed. Raises ValueError where there is none."""
    if parameter(parameters, address) is None:
        raise ValueError("there is no weight or bias here")
    layer = parameters[address.layer]
    if isinstance(address, Edge):
        changed = replace(layer, w=_with(layer.w, (address.source, address.target), value))
    else:
        assert layer.b is not None
        changed = replace(layer, b=_with(layer.b, (address.unit,), value))
    return (*parameters[: address.layer], changed, *parameters[address.layer + 1 :])


def _with(array: Array, place: tuple[int, ...], value: float) -> Array:
    changed = array.copy()
    changed[place] = value
    return frozen(changed)
