"""What every equation is written from: the record, whose numbers, how far it is told, what is in focus."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bpviz.engine.activation import activation
from bpviz.engine.arrays import Array
from bpviz.engine.network import Network
from bpviz.engine.trace import LayerTrace, StepTrace
from bpviz.explain.address import Address, Edge
from bpviz.explain.equation.expression import (
    Average,
    Constant,
    Difference,
    Expression,
    Product,
    Sum,
    Term,
)
from bpviz.explain.number import count
from bpviz.explain.part import Part, What, is_told
from bpviz.explain.quantities import Role
from bpviz.explain.reading import row_of, value_of
from bpviz.explain.symbol import Names, Symbol, upright

ALL_TERMS = 4   # a sum of up to so many terms is written out,
LARGEST = 3     # a longer one begins with so many of its largest

ONE = Constant(upright("1"), 1.0)

_ROLES: dict[What, Role] = {
    What.SLOPE: "plain", What.COST: "plain", What.RATE: "plain",
    What.PULL: "error", What.ERROR: "error", What.GRADIENT: "error", What.BIAS_GRADIENT: "error",
}


@dataclass(frozen=True, slots=True)
class Context:
    """row is one example of the batch, or None for the mean over a batch of several.

    complete is the index of the last complete phase. focus decides which unit of a layer is written out.
    """

    network: Network
    trace: StepTrace
    row: int | None
    complete: int
    names: Names
    focus: Address | None = None

    @property
    def last(self) -> int:
        return self.network.depth - 1

    @property
    def batch(self) -> int:
        return self.trace.batch

    @property
    def shares(self) -> bool:
        """Whether a fused output's error is just ŷ − y: softmax's targets must sum to 1 for that."""
        if self.trace.cost_name == "binary_cross_entropy":
            return True
        return bool(np.allclose(self.trace.targets.sum(axis=1), 1.0, rtol=0, atol=1e-12))

    def layer(self, k: int) -> LayerTrace:
        return self.trace.layers[k]

    def label(self, k: int) -> str:
        """The activation function's short name."""
        return activation(self.layer(k).activation).label.partition(" (")[0]

    # -- terms ------------------------------------------------------------------------------------------

    def term(self, what: What, layer: int, unit: int | None = None, source: int | None = None) -> Term:
        return self.term_of(Part(what, layer, unit, source))

    def term_of(self, part: Part) -> Term:
        """A quantity with its symbol and its number."""
        told = is_told(part, self.network.depth, self.complete)
        value = value_of(part, self.trace, self.row)
        return Term(self.names.of(part), value, _ROLES.get(part.what, "value"), part, told)

    def gap(self, j: int) -> Expression:
        """ŷ − y of one output."""
        return Difference(self.term(What.ACTIVATION, self.last, j), self.term(What.TARGET, self.last, j))

    def units(self, what: What, layer: int) -> Array:
        """The numbers of a whole layer."""
        return row_of(Part(what, layer), self.trace, self.row)

    def dot(self, left: list[Term], right: list[Term], more: tuple[Term, ...] = ()) -> Expression:
        """Their products added up; of a long sum its largest terms, and what the others come to."""
        products = np.array([a.value * b.value for a, b in zip(left, right, strict=True)])
        chosen = _largest(products)
        terms: list[Expression] = [Product((left[i], right[i])) for i in chosen]
        return Sum((*terms, *self._rest(products, chosen, all(term.told for term in left)), *more))

    def total(self, terms: list[Expression], values: Array, told: bool) -> Expression:
        """The same for terms of any kind, each with what it comes to."""
        chosen = _largest(values)
        shown = [terms[i] for i in chosen]
        return Sum((*shown, *self._rest(values, chosen, told)))

    def averaged(self, left: Term, inner: Expression) -> Expression:
        """1/n times the sum of something over the batch, which has no single number."""
        return Average(inner, left.value, self.batch)

    def mean_or(self, left: Term, right: Expression) -> Expression:
        """The right side; what is not linear has no numbers for a batch's mean."""
        return self.averaged(left, right) if self.row is None and self.batch > 1 else right

    @property
    def cost(self) -> Symbol:
        """C, or C_3 where the example that is shown is one of several."""
        return self.names.cost("" if self.row is None or self.batch == 1 else str(self.row + 1))

    # -- focus ------------------------------------------------------------------------------------------

    def unit(self, k: int) -> int:
        """The unit of a layer (or input) that is written out: the one in focus, else the first."""
        focus = self.focus
        if isinstance(focus, Edge):
            return {focus.layer: focus.target, focus.layer - 1: focus.source}.get(k, 0)
        return focus.unit if focus is not None and focus.layer == k else 0

    def edge(self, k: int) -> Edge:
        return Edge(k, self.unit(k - 1), self.unit(k))

    def is_scalar(self, k: int) -> bool:
        """Whether a layer has one input and one unit, so that its equations are about single numbers."""
        return self.network.sizes[k] == self.network.sizes[k + 1] == 1

    def _rest(self, values: Array, chosen: list[int], told: bool) -> tuple[Term, ...]:
        left_out = len(values) - len(chosen)
        if not left_out:
            return ()
        rest = float(np.delete(values, chosen).sum())
        return (Term(upright(f"{count(left_out)} smaller terms"), rest, "plain", None, told),)


def _largest(values: Array) -> list[int]:
    """All of a few; else the largest by size, in their order."""
    if len(values) <= ALL_TERMS:
        return list(range(len(values)))
    sizes = -np.nan_to_num(np.abs(values), nan=np.inf)
    return sorted(int(i) for i in np.argsort(sizes, kind="stable")[:LARGEST])
