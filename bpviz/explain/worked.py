"""How the number just told about a unit or a weight comes about, as one line of arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bpviz.engine.activation import activation
from bpviz.engine.arrays import Array
from bpviz.engine.network import Network
from bpviz.engine.optimizer import OPTIMIZERS
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import INPUT, Address, Edge, Node, parameter_at
from bpviz.explain.number import MINUS, count, shown
from bpviz.explain.one_number import activation_at
from bpviz.explain.phase import Kind
from bpviz.explain.pieces import (
    Line,
    added,
    bracketed,
    difference,
    dot,
    equation_of,
    error_piece,
    plain_piece,
    result,
    sign,
    symbol_piece,
    value_piece,
    words,
)
from bpviz.explain.quantities import error_kind, known
from bpviz.explain.symbol import Names, Symbol, upright

_Index = int | tuple[int, int]


def worked(
    network: Network,
    trace: StepTrace,
    complete: int,
    address: Address,
    example: int | None,
    names: Names | None = None,
) -> Line:
    """The line for the latest number told about this address; empty when there is none to show.

    complete is the last complete phase. For a batch's mean, what is not linear only says so.
    """
    row = 0 if trace.batch == 1 else example
    about = _About(network, trace, complete, row, names or Names(network))
    if isinstance(address, Edge):
        return about.weight(address)
    return () if address.layer == INPUT else about.unit(address.layer, address.unit)


@dataclass(frozen=True, slots=True)
class _About:
    network: Network
    trace: StepTrace
    complete: int
    row: int | None
    names: Names

    # -- which line -----------------------------------------------------------------------------------

    def unit(self, k: int, j: int) -> Line:
        layer = self.trace.layers[k]
        output = k == self.network.depth - 1
        if layer.b is not None and layer.b_next is not None and self._told(Kind.UPDATE, k):
            if self._frozen(Node(k, j)):
                return self._stays(self.names.bias(k), layer.b[j])
            return self._update(self.names.bias(k), layer.b[j], layer.b_next[j], layer.db, j)
        if layer.db is not None and self._told(Kind.GRADIENT, k):
            return self._bias_gradient(k, j, layer.db)
        if self._told(error_kind(self.network.depth, k), k):
            return self._output_error(k, j) if output else self._hidden_error(k, j)
        if output and self._told(Kind.COST, k):
            return self._cost(j)
        if self._told(Kind.ACTIVATE, k):
            return self._activation(k, j)
        return self._sum(k, j) if self._told(Kind.SUM, k) else ()

    def weight(self, edge: Edge) -> Line:
        k, layer, at = edge.layer, self.trace.layers[edge.layer], (edge.source, edge.target)
        below, error = self._each(layer.a_in, edge.source), self._each(layer.delta, edge.target)
        w = value_piece(layer.w[at])
        if self._told(Kind.UPDATE, k) and self._frozen(edge):
            return self._stays(self.names.weight(k), w.value)
        if self._told(Kind.UPDATE, k):
            return self._update(self.names.weight(k), layer.w[at], layer.w_next[at], layer.dw, at)
        if k > 0 and self._told(Kind.HIDDEN_ERROR, k - 1):
            gives = result(error * w.value, "error", shown(error) * shown(w.value))
            return (*words("carries back"), error_piece(error), sign("×"), bracketed(w), *gives)
        if self._told(Kind.GRADIENT, k):
            return self._gradient(edge, below, error)
        if self._told(Kind.SUM, k):
            term = (value_piece(below), sign("×"), bracketed(w))
            return (*words("adds"), *term, *result(below * w.value, "value", shown(below) * shown(w.value)))
        return ()

    # -- the lines ------------------------------------------------------------------------------------

    def _sum(self, k: int, j: int) -> Line:
        layer = self.trace.layers[k]
        terms, claimed = dot(self._all(layer.a_in), layer.w[:, j], "value", "value")
        bias: Line = ()
        if layer.b is not None:
            bias, claimed = added(value_piece(layer.b[j])), claimed + shown(float(layer.b[j]))
        gives = result(self._each(layer.z, j), "value", claimed)
        return (*equation_of(self.names.weighted_input(k)), *terms, *bias, *gives)

    def _activation(self, k: int, j: int) -> Line:
        layer, label = self.trace.layers[k], activation(self.trace.layers[k].activation)
        start = equation_of(self.names.activation(k))
        if not label.elementwise:
            return (*start, *words(f"{label.label} of {count(layer.z.shape[1])} weighted inputs"))
        if self.row is None and label.name != "identity":
            return (*start, *self._average(f"{label.label}(Z)"), *result(self._each(layer.a, j), "value"))
        inside = (sign(f"{label.label}("), value_piece(self._each(layer.z, j)), sign(")"))
        claimed = activation_at(label.name, shown(self._each(layer.z, j)))
        return (*start, *inside, *result(self._each(layer.a, j), "value", claimed))

    def _cost(self, j: int) -> Line:
        """The unit's share of the cost, where the cost is a square; else the gap to the target."""
        y, target = self._each(self.trace.outputs, j), self._each(self.trace.targets, j)
        factor = {"half_squared_error": 0.5, "mean_squared_error": 1.0}.get(self.trace.cost_name)
        if self.row is None:
            return ()
        if factor is None:
            gap = result(y - target, "error", shown(y) - shown(target))
            return (symbol_piece(self._gap), sign("="), *difference(y, target), *gap)
        alone = self.network.outputs == 1
        start = equation_of(self.names.cost()) if alone else (*words("its share"), sign("="))
        half = (sign("½ ×"),) if factor == 0.5 else ()
        square = (sign("("), *difference(y, target), sign(")²"))
        claimed = factor * (shown(y) - shown(target)) ** 2
        return (*start, *half, *square, *result(factor * (y - target) ** 2, "plain", claimed))

    def _output_error(self, k: int, j: int) -> Line:
        layer, start = self.trace.layers[k], equation_of(self.names.error(k))
        y, target = self._each(layer.a, j), self._each(self.trace.targets, j)
        gap, slope, pull = shown(y) - shown(target), self._each(layer.slope, j), self._each(layer.pull, j)
        if self.trace.fused:
            return (*start, *difference(y, target), *self._gives_error(k, j, gap))
        if not activation(layer.activation).elementwise:
            return ()
        if self.row is None:
            return (*start, *self._average("pull × slope"), *self._gives_error(k, j))
        times = (sign("×"), bracketed(plain_piece(slope)))
        if self.trace.cost_name == "half_squared_error":
            left = (sign("("), *difference(y, target), sign(")"))
            return (*start, *left, *times, *self._gives_error(k, j, gap * shown(slope)))
        return (*start, error_piece(pull), *times, *self._gives_error(k, j, shown(pull) * shown(slope)))

    def _hidden_error(self, k: int, j: int) -> Line:
        above, start = self.trace.layers[k + 1], equation_of(self.names.error(k))
        if self.row is None:
            return (*start, *self._average("pull × slope"), *self._gives_error(k, j))
        terms, claimed = dot(self._all(above.delta), above.w[j, :], "error", "value")
        if above.w.shape[1] > 1:
            terms = (sign("("), *terms, sign(")"))
        slope = self._each(self.trace.layers[k].slope, j)
        gives = self._gives_error(k, j, claimed * shown(slope))
        return (*start, *terms, sign("×"), bracketed(plain_piece(slope)), *gives)

    def _gradient(self, edge: Edge, below: float, error: float) -> Line:
        k, layer = edge.layer, self.trace.layers[edge.layer]
        start = equation_of(self.names.gradient(k))
        value = float(layer.dw[edge.source, edge.target])
        if self.trace.batch > 1:
            names = self.names
            product = (symbol_piece(names.error(k)), sign("×"), symbol_piece(names.activation(k - 1)))
            return (*start, *words("average of"), *product, *self._over_batch, *result(value, "error"))
        gives = result(value, "error", shown(error) * shown(below))
        return (*start, error_piece(error), sign("×"), bracketed(value_piece(below)), *gives)

    def _bias_gradient(self, k: int, j: int, db: Array) -> Line:
        start = equation_of(self.names.bias_gradient(k))
        if self.trace.batch == 1:
            return (*start, symbol_piece(self.names.error(k)), *result(float(db[j]), "error"))
        average = (*words("average of"), symbol_piece(self.names.error(k)), *self._over_batch)
        return (*start, *average, *result(float(db[j]), "error"))

    def _update(self, symbol: Symbol, old: float, new: float, gradient: Array | None, at: _Index) -> Line:
        """new = old - rate * gradient for plain gradient descent; else the change, and whose it is."""
        start = (symbol_piece(symbol), sign("←"), value_piece(old), sign(MINUS))
        if self.trace.optimizer == "gradient_descent" and self.trace.penalty == 0.0 and gradient is not None:
            step = (plain_piece(self.trace.rate), sign("×"), bracketed(error_piece(gradient[at])))
            claimed = shown(float(old)) - shown(self.trace.rate) * shown(float(gradient[at]))
            return (*start, *step, *result(new, "value", claimed))
        gives = result(new, "value", shown(float(old)) - shown(float(old - new)))
        whose = words(f"by {OPTIMIZERS[self.trace.optimizer]}")
        return (*start, bracketed(plain_piece(old - new)), *gives, *whose)

    def _stays(self, symbol: Symbol, value: float) -> Line:
        return (symbol_piece(symbol), sign("←"), value_piece(value), *words("stays: it is frozen"))

    # -- its ingredients ------------------------------------------------------------------------------

    @property
    def _gap(self) -> Symbol:
        return self.names.activation(self.network.depth - 1) + upright(f" {MINUS} ") + self.names.target()

    def _frozen(self, address: Address) -> bool:
        return parameter_at(address) in self.trace.frozen

    def _told(self, kind: Kind, layer: int) -> bool:
        return known(self.network.depth, self.complete, kind, layer)

    def _all(self, array: Array) -> Array:
        return np.asarray(array.mean(axis=0) if self.row is None else array[self.row])

    def _each(self, array: Array, unit: int) -> float:
        return float(self._all(array)[unit])

    @property
    def _over_batch(self) -> Line:
        return words(f"over {count(self.trace.batch)} examples")

    def _average(self, what: str) -> Line:
        return (*words(f"average of {what}"), *self._over_batch)

    def _gives_error(self, k: int, j: int, claimed: float | None = None) -> Line:
        return result(self._each(self.trace.layers[k].delta, j), "error", claimed)
