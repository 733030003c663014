"""Where something stands in a network: the address of a node or of an edge."""

from __future__ import annotations

from dataclasses import dataclass

from bpviz.engine.freezing import FrozenParameter

INPUT = -1  # the column of the inputs; layers count from 0, as in StepTrace.layers


@dataclass(frozen=True, slots=True)
class Node:
    """A unit of a layer, or an input when layer is INPUT."""

    layer: int
    unit: int


@dataclass(frozen=True, slots=True)
class Edge:
    """The weight w[source, target] of a layer."""

    layer: int
    source: int
    target: int


Address = Node | Edge


def parameter_at(address: Address) -> FrozenParameter:
    """The weight of an edge or the bias of a unit, as what could be frozen."""
    if isinstance(address, Edge):
        return FrozenParameter(address.layer, address.target, address.source)
    return FrozenParameter(address.layer, address.unit)
