"""Everything one step says about a unit or a weight, and which of it has been told so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.network import Network
from bpviz.engine.trace import LayerTrace, StepTrace
from bpviz.explain.address import INPUT, Address, Edge, Node, parameter_at
from bpviz.explain.phase import Kind, index_of
from bpviz.explain.symbol import Names, Symbol, renewed, upright

Role = Literal["value", "error", "plain"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number and what it is called. value is None until told; role says which colours it wears."""

    symbol: Symbol
    name: str
    value: float | None
    role: Role


def known(depth: int, phase_index: int, kind: Kind, layer: int) -> bool:
    """Whether what a phase tells is there once the phase at phase_index is complete; -1: none is yet.

    The phases that stand once in a step (input, cost, output error, update) need no layer of their own.
    """
    if kind is Kind.GIVEN:
        layer = INPUT
    elif kind in (Kind.COST, Kind.OUTPUT_ERROR, Kind.UPDATE):
        layer = depth - 1
    return index_of(depth, kind, layer) <= phase_index


def error_kind(depth: int, layer: int) -> Kind:
    """Which kind of phase tells the error of a layer."""
    return Kind.OUTPUT_ERROR if layer == depth - 1 else Kind.HIDDEN_ERROR


def activation_kind(layer: int) -> Kind:
    """Which kind of phase tells a column's activation; the input's is given."""
    return Kind.GIVEN if layer == INPUT else Kind.ACTIVATE


def quantities(
    network: Network,
    trace: StepTrace,
    phase_index: int,
    address: Address,
    example: int | None,
    names: Names | None = None,
) -> tuple[Quantity, ...]:
    """All quantities of a node or edge, in the order of telling.

    phase_index is the last complete phase. example is a row of the batch; None takes the mean over
    the batch of what differs by example. Gradients are always the batch's, for they are what updates.
    """
    sheet = _Sheet(network, trace, phase_index, example, address.layer, names or Names(network))
    with np.errstate(all="ignore"):  # a step may have overflowed; NaN and infinity have their own signs
        if isinstance(address, Edge):
            _weight(sheet, address)
        elif address.layer == INPUT:
            _given(sheet, address.unit)
        else:
            _forward(sheet, address.unit)
            _backward(sheet, address.unit)
    return tuple(sheet.rows)


@dataclass(slots=True)
class _Sheet:
    """What is asked about, and the rows of the answer so far."""

    network: Network
    trace: StepTrace
    phase_index: int
    example: int | None
    k: int
    names: Names
    rows: list[Quantity] = field(default_factory=list)

    @property
    def layer(self) -> LayerTrace:
        return self.trace.layers[self.k]

    @property
    def is_output(self) -> bool:
        return self.k == self.network.depth - 1

    @property
    def error_kind(self) -> Kind:
        return error_kind(self.network.depth, self.k)

    def tell(
        self, kind: Kind | None, symbol: Symbol, name: str, value: float, role: Role, layer: int | None = None
    ) -> None:
        """One more row, blank unless its phase has been told. Without a kind it was there before the step."""
        layer = self.k if layer is None else layer
        there = kind is None or known(self.network.depth, self.phase_index, kind, layer)
        self.rows.append(Quantity(symbol, name, float(value) if there else None, role))

    def each(self, array: Array, unit: int) -> float:
        """The chosen example's number, or the batch's mean."""
        return float(array.mean(axis=0)[unit] if self.example is None else array[self.example, unit])

    def mean(self, name: str) -> str:
        """The name of what differs by example."""
        return f"average {name}" if self.example is None and self.trace.batch > 1 else name

    def fixed(self, name: str, address: Address) -> str:
        """The name of a parameter, with the word that training leaves it."""
        return f"{name}, frozen" if parameter_at(address) in self.trace.frozen else name

    def averaged(self, name: str) -> str:
        """The name of what belongs to the whole batch."""
        return name if self.trace.batch == 1 else f"{name}, average of {self.trace.batch}"


def _given(sheet: _Sheet, unit: int) -> None:
    x = sheet.each(sheet.trace.inputs, unit)
    sheet.tell(Kind.GIVEN, sheet.names.activation(INPUT), sheet.mean("input"), x, "value")


def _forward(sheet: _Sheet, unit: int) -> None:
    names, layer, k = sheet.names, sheet.layer, sheet.k
    if layer.b is not None:
        sheet.tell(None, names.bias(k), sheet.fixed("bias", Node(k, unit)), layer.b[unit], "value")
    z, a = sheet.each(layer.z, unit), sheet.each(layer.a, unit)
    sheet.tell(Kind.SUM, names.weighted_input(k), sheet.mean("weighted input"), z, "value")
    activation = "prediction" if sheet.is_output else "activation"
    sheet.tell(Kind.ACTIVATE, names.activation(k), sheet.mean(activation), a, "value")
    if sheet.is_output:
        _compared(sheet, unit)


def _compared(sheet: _Sheet, unit: int) -> None:
    """What only an output has: its target, the gap to it, and the cost (of all outputs together)."""
    names, trace = sheet.names, sheet.trace
    gap = names.activation(sheet.k) + upright(" − ") + names.target()
    cost = trace.cost if sheet.example is None else float(trace.example_costs[sheet.example])
    y, off = sheet.each(trace.targets, unit), sheet.each(trace.outputs - trace.targets, unit)
    sheet.tell(Kind.GIVEN, names.target(), sheet.mean("target"), y, "value")
    sheet.tell(Kind.COST, gap, sheet.mean("gap"), off, "error")
    sheet.tell(Kind.COST, names.cost(), sheet.mean("cost"), cost, "plain")


def _backward(sheet: _Sheet, unit: int) -> None:
    """Pull, slope, layer error, and how the bias learns. Fused outputs have no pull: their E is the gap."""
    names, layer, k, told = sheet.names, sheet.layer, sheet.k, sheet.error_kind
    if not (sheet.trace.fused and sheet.is_output):
        pull = sheet.each(layer.pull, unit)
        sheet.tell(told, names.pull(k), sheet.mean("pull from above"), pull, "error")
    slope, error = sheet.each(layer.slope, unit), sheet.each(layer.delta, unit)
    sheet.tell(told, names.slope(k), sheet.mean(_slope_name(layer.activation)), slope, "plain")
    sheet.tell(told, names.error(k), sheet.mean("layer error"), error, "error")
    if layer.db is not None and layer.b_next is not None:
        gradient = sheet.averaged("bias gradient")
        sheet.tell(Kind.GRADIENT, names.bias_gradient(k), gradient, layer.db[unit], "error")
        sheet.tell(Kind.UPDATE, renewed(names.bias(k)), "bias after the update", layer.b_next[unit], "value")


def _weight(sheet: _Sheet, edge: Edge) -> None:
    names, layer, k, at = sheet.names, sheet.layer, sheet.k, (edge.source, edge.target)
    below, error = sheet.each(layer.a_in, edge.source), sheet.each(layer.delta, edge.target)
    source = sheet.mean("input") if k == 0 else sheet.mean("activation below")
    sheet.tell(None, names.weight(k), sheet.fixed("weight", edge), layer.w[at], "value")
    sheet.tell(activation_kind(k - 1), names.activation(k - 1), source, below, "value", layer=k - 1)
    sheet.tell(sheet.error_kind, names.error(k), sheet.mean("layer error"), error, "error")
    if sheet.example is not None and sheet.trace.batch > 1:
        share = names.error(k) + upright(" · ") + names.activation(k - 1)
        sheet.tell(Kind.GRADIENT, share, "this example's share", error * below, "error")
    sheet.tell(Kind.GRADIENT, names.gradient(k), sheet.averaged("gradient"), layer.dw[at], "error")
    change = upright("Δ") + names.weight(k)
    sheet.tell(Kind.UPDATE, change, "change", layer.w_next[at] - layer.w[at], "value")
    sheet.tell(Kind.UPDATE, renewed(names.weight(k)), "weight after the update", layer.w_next[at], "value")


def _slope_name(activation: str) -> str:
    """Softmax ties every output to every Z; the record keeps the slope by a unit's own Z alone."""
    return "slope by its own Z only" if activation == "softmax" else "slope"
