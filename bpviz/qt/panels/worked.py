"""How the number just told about a unit or a weight comes about, as one line of arithmetic. Uses no Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bpviz.engine.activation import Activation, activation
from bpviz.engine.arrays import Array
from bpviz.engine.network import Network
from bpviz.engine.optimizer import OPTIMIZERS
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import INPUT, Address, Edge
from bpviz.explain.number import MINUS, count, number, shown
from bpviz.explain.phase import Kind
from bpviz.explain.quantities import Role, error_kind, known
from bpviz.explain.sentence.telling import equals
from bpviz.explain.symbol import Names, Symbol, upright

_ALL_TERMS = 4      # a sum of up to so many terms is written out,
_LARGEST = 3        # a longer one begins with so many of its largest


@dataclass(frozen=True, slots=True)
class Piece:
    """A symbol, or a number or sign already in its letters; role says which colours it wears."""

    content: Symbol | str
    role: Role = "plain"
    value: float = 0.0


Line = tuple[Piece, ...]
_Index = int | tuple[int, int]


def worked(network: Network, trace: StepTrace, complete: int, address: Address, example: int | None) -> Line:
    """The line for the latest number told about this address; empty when there is none to show.

    complete is the last complete phase. For a batch's mean, what is not linear only says so.
    """
    row = 0 if trace.batch == 1 else example
    about = _About(network, trace, complete, row)
    if isinstance(address, Edge):
        return about.weight(address)
    return () if address.layer == INPUT else about.unit(address.layer, address.unit)


@dataclass(frozen=True, slots=True)
class _About:
    network: Network
    trace: StepTrace
    complete: int
    row: int | None

    # -- which line -----------------------------------------------------------------------------------

    def unit(self, k: int, j: int) -> Line:
        layer = self.trace.layers[k]
        output = k == self.network.depth - 1
        if layer.b is not None and layer.b_next is not None and self._told(Kind.UPDATE, k):
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
        w = _value(layer.w[at])
        if self._told(Kind.UPDATE, k):
            return self._update(self.names.weight(k), layer.w[at], layer.w_next[at], layer.dw, at)
        if k > 0 and self._told(Kind.HIDDEN_ERROR, k - 1):
            gives = _gives(error * w.value, "error", shown(error) * shown(w.value))
            return (*_words("carries back"), _error(error), _sign("×"), _bracketed(w), *gives)
        if self._told(Kind.GRADIENT, k):
            return self._gradient(edge, below, error)
        if self._told(Kind.SUM, k):
            term = (_value(below), _sign("×"), _bracketed(w))
            return (*_words("adds"), *term, *_gives(below * w.value, "value", shown(below) * shown(w.value)))
        return ()

    # -- the lines ------------------------------------------------------------------------------------

    def _sum(self, k: int, j: int) -> Line:
        layer = self.trace.layers[k]
        terms, claimed = _terms(self._all(layer.a_in), layer.w[:, j], "value", "value")
        bias: Line = ()
        if layer.b is not None:
            bias, claimed = _added(_value(layer.b[j])), claimed + shown(float(layer.b[j]))
        gives = _gives(self._each(layer.z, j), "value", claimed)
        return (*_is(self.names.weighted_input(k)), *terms, *bias, *gives)

    def _activation(self, k: int, j: int) -> Line:
        layer, label = self.trace.layers[k], activation(self.trace.layers[k].activation)
        start = _is(self.names.activation(k))
        if not label.elementwise:
            return (*start, *_words(f"{label.label} of {count(layer.z.shape[1])} weighted inputs"))
        if self.row is None and label.name != "identity":
            return (*start, *self._average(f"{label.label}(Z)"), *_gives(self._each(layer.a, j), "value"))
        inside = (_sign(f"{label.label}("), _value(self._each(layer.z, j)), _sign(")"))
        claimed = _apply(label, shown(self._each(layer.z, j)))
        return (*start, *inside, *_gives(self._each(layer.a, j), "value", claimed))

    def _cost(self, j: int) -> Line:
        """The unit's share of the cost, where the cost is a square; else the gap to the target."""
        y, target = self._each(self.trace.outputs, j), self._each(self.trace.targets, j)
        factor = {"half_squared_error": 0.5, "mean_squared_error": 1.0}.get(self.trace.cost_name)
        if self.row is None:
            return ()
        if factor is None:
            gap = _gives(y - target, "error", shown(y) - shown(target))
            return (_symbol(self._gap), _sign("="), *_difference(y, target), *gap)
        start = _is(self.names.cost()) if self.network.outputs == 1 else (*_words("its share"), _sign("="))
        half = (_sign("½ ×"),) if factor == 0.5 else ()
        square = (_sign("("), *_difference(y, target), _sign(")²"))
        claimed = factor * (shown(y) - shown(target)) ** 2
        return (*start, *half, *square, *_gives(factor * (y - target) ** 2, "plain", claimed))

    def _output_error(self, k: int, j: int) -> Line:
        layer, start = self.trace.layers[k], _is(self.names.error(k))
        y, target = self._each(layer.a, j), self._each(self.trace.targets, j)
        gap, slope, pull = shown(y) - shown(target), self._each(layer.slope, j), self._each(layer.pull, j)
        if self.trace.fused:
            return (*start, *_difference(y, target), *self._gives_error(k, j, gap))
        if not activation(layer.activation).elementwise:
            return ()
        if self.row is None:
            return (*start, *self._average("pull × slope"), *self._gives_error(k, j))
        times = (_sign("×"), _bracketed(_plain(slope)))
        if self.trace.cost_name == "half_squared_error":
            left = (_sign("("), *_difference(y, target), _sign(")"))
            return (*start, *left, *times, *self._gives_error(k, j, gap * shown(slope)))
        return (*start, _error(pull), *times, *self._gives_error(k, j, shown(pull) * shown(slope)))

    def _hidden_error(self, k: int, j: int) -> Line:
        above, start = self.trace.layers[k + 1], _is(self.names.error(k))
        if self.row is None:
            return (*start, *self._average("pull × slope"), *self._gives_error(k, j))
        terms, claimed = _terms(self._all(above.delta), above.w[j, :], "error", "value")
        if above.w.shape[1] > 1:
            terms = (_sign("("), *terms, _sign(")"))
        slope = self._each(self.trace.layers[k].slope, j)
        gives = self._gives_error(k, j, claimed * shown(slope))
        return (*start, *terms, _sign("×"), _bracketed(_plain(slope)), *gives)

    def _gradient(self, edge: Edge, below: float, error: float) -> Line:
        k, layer = edge.layer, self.trace.layers[edge.layer]
        start = _is(self.names.gradient(k))
        value = float(layer.dw[edge.source, edge.target])
        if self.trace.batch > 1:
            product = (_symbol(self.names.error(k)), _sign("×"), _symbol(self.names.activation(k - 1)))
            return (*start, *_words("average of"), *product, *self._over_batch, *_gives(value, "error"))
        gives = _gives(value, "error", shown(error) * shown(below))
        return (*start, _error(error), _sign("×"), _bracketed(_value(below)), *gives)

    def _bias_gradient(self, k: int, j: int, db: Array) -> Line:
        start = _is(self.names.bias_gradient(k))
        if self.trace.batch == 1:
            return (*start, _symbol(self.names.error(k)), *_gives(float(db[j]), "error"))
        words = (*_words("average of"), _symbol(self.names.error(k)), *self._over_batch)
        return (*start, *words, *_gives(float(db[j]), "error"))

    def _update(self, symbol: Symbol, old: float, new: float, gradient: Array | None, at: _Index) -> Line:
        """new = old - rate * gradient for plain gradient descent; else the change, and whose it is."""
        start = (_symbol(symbol), _sign("←"), _value(old), _sign(MINUS))
        if self.trace.optimizer == "gradient_descent" and self.trace.penalty == 0.0 and gradient is not None:
            step = (_plain(self.trace.rate), _sign("×"), _bracketed(_error(gradient[at])))
            claimed = shown(float(old)) - shown(self.trace.rate) * shown(float(gradient[at]))
            return (*start, *step, *_gives(new, "value", claimed))
        gives = _gives(new, "value", shown(float(old)) - shown(float(old - new)))
        whose = _words(f"by {OPTIMIZERS[self.trace.optimizer]}")
        return (*start, _bracketed(_plain(old - new)), *gives, *whose)

    # -- its ingredients ------------------------------------------------------------------------------

    @property
    def names(self) -> Names:
        return Names(self.network)

    @property
    def _gap(self) -> Symbol:
        return self.names.activation(self.network.depth - 1) + upright(f" {MINUS} ") + self.names.target()

    def _told(self, kind: Kind, layer: int) -> bool:
        return known(self.network.depth, self.complete, kind, layer)

    def _all(self, array: Array) -> Array:
        return np.asarray(array.mean(axis=0) if self.row is None else array[self.row])

    def _each(self, array: Array, unit: int) -> float:
        return float(self._all(array)[unit])

    @property
    def _over_batch(self) -> Line:
        return _words(f"over {count(self.trace.batch)} examples")

    def _average(self, what: str) -> Line:
        return (*_words(f"average of {what}"), *self._over_batch)

    def _gives_error(self, k: int, j: int, claimed: float | None = None) -> Line:
        return _gives(self._each(self.trace.layers[k].delta, j), "error", claimed)


def _terms(left: Array, right: Array, left_role: Role, right_role: Role) -> tuple[Line, float]:
    """left . right, written out or as its largest terms and the rest; and what that makes as read."""
    products = left * right
    chosen = np.arange(len(products))
    if len(products) > _ALL_TERMS:
        chosen = np.sort(np.argsort(-np.abs(products), kind="stable")[:_LARGEST])
    line: Line = ()
    claimed = 0.0
    for i in chosen:
        claimed += shown(float(left[i])) * shown(float(right[i]))
        first = Piece(number(float(left[i])), left_role, float(left[i]))
        second = Piece(number(float(right[i])), right_role, float(right[i]))
        line += (*(_added(first) if line else (first,)), _sign("×"), _bracketed(second))
    left_out = len(products) - len(chosen)
    if left_out:
        rest = float(products.sum() - products[chosen].sum())
        line += (*_added(_plain(rest)), *_words(f"from {count(left_out)} smaller terms"))
        claimed += shown(rest)
    return line, claimed


def _apply(function: Activation, z: float) -> float:
    return float(function.function(np.array([[z]]))[0, 0])


def _added(piece: Piece) -> Line:
    """Plus the number, or minus its size."""
    if piece.value >= 0:
        return (_sign("+"), piece)
    return (_sign(MINUS), Piece(number(-piece.value), piece.role, piece.value))


def _bracketed(piece: Piece) -> Piece:
    """A negative number after a sign of operation stands in brackets."""
    return piece if piece.value >= 0 else Piece(f"({piece.content})", piece.role, piece.value)


def _difference(a: float, b: float) -> Line:
    return (_value(a), _sign(MINUS), _bracketed(_value(b)))


def _is(symbol: Symbol) -> Line:
    return (_symbol(symbol), _sign("="))


def _gives(value: float, role: Role, claimed: float | None = None) -> Line:
    """The result, after "=", or "≈" when the numbers as read come to something else."""
    sign = "=" if claimed is None else equals(claimed, value)
    return (_sign(sign), Piece(number(value), role, value))


def _value(x: float) -> Piece:
    return Piece(number(float(x)), "value", float(x))


def _error(x: float) -> Piece:
    return Piece(number(float(x)), "error", float(x))


def _plain(x: float) -> Piece:
    return Piece(number(float(x)), "plain", float(x))


def _symbol(symbol: Symbol) -> Piece:
    return Piece(symbol)


def _sign(text: str) -> Piece:
    return Piece(text)


def _words(text: str) -> Line:
    return tuple(Piece(word) for word in text.split())
