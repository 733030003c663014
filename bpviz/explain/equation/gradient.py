"""The derivative for any weight: C'(W) = E . input, averaged over the batch."""

from __future__ import annotations

import math

from bpviz.explain.equation.context import Context
from bpviz.explain.equation.equation import Equation
from bpviz.explain.equation.expression import Expression, Product, Term
from bpviz.explain.part import Part, What, weight_part
from bpviz.explain.phase import Kind, Phase
from bpviz.explain.symbol import Symbol


def weight_gradient(c: Context, k: int) -> tuple[Equation, ...]:
    """C'(w) = E . input for one example; averaged over the batch it is what updates."""
    edge = c.edge(k)
    part = weight_part(What.GRADIENT, edge)
    error, below = c.term(What.ERROR, k, edge.target), c.term(What.ACTIVATION, k - 1, edge.source)
    return _gradient(c, k, part, (error, below), c.names.of(weight_part(What.WEIGHT, edge)))


def bias_gradient(c: Context, k: int) -> tuple[Equation, ...]:
    """C'(b) = E: a bias is a weight whose input is 1."""
    j = c.unit(k)
    error = c.term(What.ERROR, k, j)
    return _gradient(c, k, Part(What.BIAS_GRADIENT, k, j), (error,), c.names.of(Part(What.BIAS, k, j)))


def _gradient(
    c: Context, k: int, part: Part, factors: tuple[Term, ...], variable: Symbol
) -> tuple[Equation, ...]:
    phase = Phase(Kind.GRADIENT, k)
    right: Expression = Product(factors) if len(factors) > 1 else factors[0]
    whole = c.term(part.what, k, part.unit, part.source)
    if c.batch == 1:
        return (Equation(phase, whole, right),)
    inner = Term(c.names.derivative(c.names.cost("i"), variable), whole.value, "error", part, whole.told)
    mean = Equation(phase, whole, c.averaged(whole, inner))
    if c.row is None:
        return (Equation(phase, whole, c.averaged(whole, right)),)
    own = math.prod(factor.value for factor in factors)
    share = Term(c.names.derivative(c.cost, variable), own, "error", part, whole.told)
    return Equation(phase, share, right), mean
