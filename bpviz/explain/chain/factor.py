"""The factors of one path, from the cost down: each as a derivative, and as the quantity that it is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Literal

import numpy as np

from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.chain.paths import Way
from bpviz.explain.equation.expression import (
    Constant,
    Difference,
    Expression,
    Negative,
    Product,
    Term,
)
from bpviz.explain.part import Part, What, is_told, told_by
from bpviz.explain.phase import Kind as PhaseKind
from bpviz.explain.phase import Phase
from bpviz.explain.quantities import Role
from bpviz.explain.reading import value_of
from bpviz.explain.symbol import Names, Symbol, upright

Form = Literal["derivatives", "quantities"]  # C'(ŷ) · ŷ'(Z_o) · Z_o'(W_o), or (ŷ − y) · R'(Z_o) · H
_EXACT_SHARES = 1e-12


class Kind(Enum):
    """What a factor is in the network."""

    COST = "cost"        # C'(ŷ), or C'(Z) at once
    SLOPE = "slope"      # an activation by its weighted input
    WEIGHT = "weight"    # a weighted input by the activation below
    INPUT = "input"      # a weighted input by its weight: the activation that comes in
    BIAS = "bias"        # a weighted input by its bias: 1


@dataclass(frozen=True, slots=True)
class Factor:
    """One number, twice named: as derivative Z_o'(H), and as the quantity W_o that is worked with.

    short is the quantity in one symbol; layer is the layer it belongs to, by which factors are grouped.
    """

    kind: Kind
    layer: int
    derivative: Term
    quantity: Expression
    short: Symbol

    @property
    def value(self) -> float:
        return self.derivative.value

    @property
    def told(self) -> bool:
        return self.derivative.told

    def expression(self, form: Form) -> Expression:
        return self.derivative if form == "derivatives" else self.quantity

    def symbol(self, form: Form) -> Symbol:
        """Its name in one line."""
        return self.derivative.symbol if form == "derivatives" else self.short

    def is_told_by(self, phase: Phase, depth: int) -> bool:
        """Whether the phase computes this factor, or works with it."""
        if self.kind is Kind.WEIGHT and phase == Phase(PhaseKind.HIDDEN_ERROR, self.layer - 1):
            return True
        if self.kind in (Kind.INPUT, Kind.BIAS) and phase == Phase(PhaseKind.GRADIENT, self.layer):
            return True
        part = self.derivative.part
        return part is not None and told_by(part, depth) == phase


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the factors of a step's example. row is None for the batch: then no factor has a number."""

    network: Network
    trace: StepTrace
    names: Names
    complete: int
    row: int | None

    def factors(self, variable: Part, way: Way) -> tuple[Factor, ...]:
        """C'(ŷ) · ŷ'(Z_o) · Z_o'(H) · H'(Z_h) · Z_h'(W_h), as far as the variable."""
        last = self.network.depth - 1
        made: list[Factor] = []
        for layer in range(last, way.first - 1, -1):
            unit = way.units[layer - way.first]
            lowest = layer == way.first
            if layer == last:
                made += self._top(variable, unit, way.through)
            else:
                made.append(self._weight(layer + 1, unit, way.units[layer + 1 - way.first]))
                if not (lowest and variable.what is What.ACTIVATION):
                    made.append(self._slope(layer, unit))
        if variable.what is What.WEIGHT:
            made.append(self._input(variable))
        elif variable.what is What.BIAS:
            made.append(self._bias(variable))
        return tuple(made)

    # -- one factor each ------------------------------------------------------------------------------

    def _top(self, variable: Part, unit: int, through: int | None) -> list[Factor]:
        """What the cost and the output make of Z_o: C'(ŷ) · ŷ'(Z_o), or E_o = ŷ − y at once."""
        last = self.network.depth - 1
        if variable.what is What.ACTIVATION and variable.layer == last:
            return [self._pull(unit)]
        if self.trace.fused:
            return [self._error(unit)]
        if through is None:
            return [self._pull(unit), self._slope(last, unit)]
        return [self._pull(through), self._share(through, unit)]

    def _error(self, unit: int) -> Factor:
        last, names = self.network.depth - 1, self.names
        part = Part(What.ERROR, last, unit)
        z = names.of(Part(What.WEIGHTED_INPUT, last, unit))
        term = self._term(names.chain_factor(names.cost(), z), part, "error")
        if self._whole_targets():
            return Factor(Kind.COST, last, term, self._gap(unit), self._gap_symbol(unit))
        return self._named(Kind.COST, last, term)

    def _pull(self, unit: int) -> Factor:
        last, names = self.network.depth - 1, self.names
        part = Part(What.PULL, last, unit)
        prediction = names.of(Part(What.ACTIVATION, last, unit))
        term = self._term(names.chain_factor(names.cost(), prediction), part, "error")
        if self.trace.cost_name == "half_squared_error":
            return Factor(Kind.COST, last, term, self._gap(unit), self._gap_symbol(unit))
        if self.trace.cost_name == "mean_squared_error":
            twice = Product((Constant(upright("2"), 2.0), self._gap(unit)))
            return Factor(Kind.COST, last, term, twice, upright("2") + self._gap_symbol(unit))
        return self._named(Kind.COST, last, term)

    def _slope(self, layer: int, unit: int) -> Factor:
        names, part = self.names, Part(What.SLOPE, layer, unit)
        a, z = Part(What.ACTIVATION, layer, unit), Part(What.WEIGHTED_INPUT, layer, unit)
        term = self._term(names.chain_factor(names.of(a), names.of(z)), part, "plain")
        return self._named(Kind.SLOPE, layer, term)

    def _share(self, through: int, unit: int) -> Factor:
        """∂ŷ_k/∂Z_i = ŷ_k ([k = i] − ŷ_i): with softmax every output follows every Z."""
        last, names = self.network.depth - 1, self.names
        a = Part(What.ACTIVATION, last, through)
        mine = Part(What.ACTIVATION, last, unit)
        z = names.of(Part(What.WEIGHTED_INPUT, last, unit))
        part = Part(What.SLOPE, last, unit if unit == through else None)
        value = math.nan
        if self.row is not None:
            p, q = value_of(a, self.trace, self.row), value_of(mine, self.trace, self.row)
            value = p * (float(through == unit) - q)
        symbol = names.chain_factor(names.of(a), z)
        term = Term(symbol, value, "plain", part, self._told(part))
        one, other = self._quantity(a), self._quantity(mine)
        minus, dot = upright("−"), upright("·")
        if through == unit:
            rest = Difference(Constant(upright("1"), 1.0), other)
            short = names.of(a) + upright("(1 − ") + names.of(mine) + upright(")")
            return Factor(Kind.SLOPE, last, term, Product((one, rest)), short)
        short = minus + names.of(a) + dot + names.of(mine)
        return Factor(Kind.SLOPE, last, term, Negative(Product((one, other))), short)

    def _weight(self, layer: int, source: int, unit: int) -> Factor:
        names, part = self.names, Part(What.WEIGHT, layer, unit, source)
        z = names.of(Part(What.WEIGHTED_INPUT, layer, unit))
        below = names.of(Part(What.ACTIVATION, layer - 1, source))
        term = self._term(names.chain_factor(z, below), part, "value")
        return self._named(Kind.WEIGHT, layer, term)

    def _input(self, weight: Part) -> Factor:
        names, k = self.names, weight.layer
        part = Part(What.ACTIVATION, k - 1, weight.source)
        z = names.of(Part(What.WEIGHTED_INPUT, k, weight.unit))
        term = self._term(names.chain_factor(z, names.of(weight)), part, "value")
        return self._named(Kind.INPUT, k, term)

    def _bias(self, bias: Part) -> Factor:
        names, k = self.names, bias.layer
        z = names.of(Part(What.WEIGHTED_INPUT, k, bias.unit))
        value = 1.0 if self.row is not None else math.nan
        term = Term(names.chain_factor(z, names.of(bias)), value, "plain", bias, self.row is not None)
        return Factor(Kind.BIAS, k, term, Constant(upright("1"), 1.0), upright("1"))

    # -- their ingredients ----------------------------------------------------------------------------

    def _term(self, symbol: Symbol, part: Part, role: Role) -> Term:
        value = math.nan if self.row is None else value_of(part, self.trace, self.row)
        return Term(symbol, value, role, part, self._told(part))

    def _named(self, kind: Kind, layer: int, derivative: Term) -> Factor:
        """Its quantity is the same number under its own name."""
        part = derivative.part
        assert part is not None
        symbol = self.names.of(part)
        quantity = Term(symbol, derivative.value, derivative.role, part, derivative.told)
        return Factor(kind, layer, derivative, quantity, symbol)

    def _quantity(self, part: Part) -> Term:
        return self._term(self.names.of(part), part, "value")

    def _gap(self, unit: int) -> Difference:
        """ŷ − y of one output."""
        last = self.network.depth - 1
        return Difference(
            self._quantity(Part(What.ACTIVATION, last, unit)), self._quantity(Part(What.TARGET, last, unit))
        )

    def _gap_symbol(self, unit: int) -> Symbol:
        last, names = self.network.depth - 1, self.names
        prediction, target = Part(What.ACTIVATION, last, unit), Part(What.TARGET, last, unit)
        return upright("(") + names.of(prediction) + upright(" − ") + names.of(target) + upright(")")

    def _whole_targets(self) -> bool:
        """Whether E is ŷ − y to the letter: with softmax, where the targets are shares that sum to 1."""
        if self.trace.cost_name == "binary_cross_entropy":
            return True
        targets = self.trace.targets if self.row is None else self.trace.targets[self.row]
        return bool(np.all(np.abs(targets.sum(axis=-1) - 1.0) < _EXACT_SHARES))

    def _told(self, part: Part) -> bool:
        return self.row is not None and is_told(part, self.network.depth, self.complete)
