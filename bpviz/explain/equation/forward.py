"""The forward equations: Z = X W + b, H = R(Z), and the cost."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial

import numpy as np

from bpviz.engine.activation import activation
from bpviz.engine.cost import TINY
from bpviz.explain.equation.context import ONE, Context
from bpviz.explain.equation.equation import Equation
from bpviz.explain.equation.expression import (
    Call,
    Constant,
    Difference,
    Expression,
    Negative,
    Product,
    Quotient,
    Square,
    Sum,
    Term,
    evaluate,
)
from bpviz.explain.one_number import activation_at, cost_at_gap
from bpviz.explain.part import What
from bpviz.explain.phase import Kind, Phase
from bpviz.explain.symbol import Symbol, upright

_HALF = Constant(upright("½"), 0.5)


def weighted_input(c: Context, k: int) -> Equation:
    """Z_j = sum_i A_i W_ij + b_j of the unit in focus."""
    j, inputs = c.unit(k), range(c.network.sizes[k])
    below = [c.term(What.ACTIVATION, k - 1, i) for i in inputs]
    weights = [c.term(What.WEIGHT, k, j, i) for i in inputs]
    bias = (c.term(What.BIAS, k, j),) if c.layer(k).b is not None else ()
    return Equation(
        Phase(Kind.SUM, k), c.term(What.WEIGHTED_INPUT, k, j), c.dot(below, weights, bias)
    )


def activated(c: Context, k: int) -> Equation:
    """A_j = R(Z_j), with what R is; softmax shares among all outputs."""
    j = c.unit(k)
    left, function = c.term(What.ACTIVATION, k, j), activation(c.layer(k).activation)
    phase, z = Phase(Kind.ACTIVATE, k), c.term(What.WEIGHTED_INPUT, k, j)
    if not function.elementwise:
        return Equation(phase, left, softmax(c, k, j) if c.row is not None else _shared(c, left, k, j))
    opening = f"{c.names.function().latex}("
    applied = Call(opening, ")", (f"{c.label(k)}(", ")"), z, partial(activation_at, function.name))
    rule = f"{c.names.function().latex}(z) = {function.latex}"
    return Equation(phase, left, c.mean_or(left, applied), rule=rule)


def softmax(c: Context, k: int, j: int) -> Expression:
    """e^Z_j / sum_k e^Z_k. Where an exponential overflows, its number reads infinity."""
    powers = [_power(c.term(What.WEIGHTED_INPUT, k, i)) for i in range(c.network.sizes[k + 1])]
    values = np.array([power.value for power in powers])
    return Quotient(powers[j], c.total(list(powers), values, powers[0].told))


def _shared(c: Context, left: Term, k: int, j: int) -> Expression:
    """The average over the batch of a share that softmax gives."""
    of = Symbol((), rf"\mathrm{{softmax}}_{{{j + 1}}}({c.names.weighted_input(k).latex})")
    return c.averaged(left, replace(left, symbol=of))


def cost(c: Context) -> tuple[Equation, ...]:
    """The cost of the example in focus, summed over the outputs, and the batch's average."""
    phase, whole = Phase(Kind.COST, c.last), c.term(What.COST, c.last)
    outputs = [j for j in range(c.network.outputs) if _counts(c, j)]
    shares = [_share(c, j) for j in outputs]
    left = Term(c.cost, whole.value, "plain", whole.part, whole.told)
    if not shares:  # no target asks for anything
        shares = [Constant(upright("0"), 0.0)]
    values = np.array([evaluate(share) for share in shares])
    added = c.total(shares, values, whole.told) if len(shares) > 1 else shares[0]
    if c.row is None and len(shares) > 1:
        added = Term(c.names.cost("i"), left.value, "plain", left.part, left.told)
    if c.row is None:
        return (Equation(phase, left, c.averaged(left, added)),)
    own = Equation(phase, left, added)
    if c.batch == 1:
        return (own,)
    mean = Term(c.names.cost(), c.trace.cost, "plain", whole.part, whole.told)
    inner = Term(c.names.cost("i"), c.trace.cost, "plain", whole.part, whole.told)
    return own, Equation(phase, mean, c.averaged(mean, inner))


def logarithm(x: float) -> float:
    return math.log(x) if x > 0 else -math.inf


def guarded_logarithm(x: float) -> float:
    """ln x, of nothing nearer to 0 than a cost looks at that is not computed from Z."""
    return logarithm(max(x, TINY))


def _counts(c: Context, j: int) -> bool:
    """Whether an output is in the cost at all: categorical cross-entropy reads only what the target names."""
    if c.trace.cost_name != "categorical_cross_entropy" or c.row is None:
        return True
    return c.term(What.TARGET, c.last, j).value != 0.0


def _share(c: Context, j: int) -> Expression:
    """One output's part of the cost, as the field writes it."""
    match c.trace.cost_name:
        case "half_squared_error":
            return Product((_HALF, Square(c.gap(j))))
        case "mean_squared_error":
            return Square(c.gap(j))
        case "absolute_error":
            return Call("|", "|", ("|", "|"), c.gap(j), abs)
        case "huber":
            return Call("H_1(", ")", ("Huber(", ")"), c.gap(j), partial(cost_at_gap, "huber"))
        case "binary_cross_entropy":
            return _binary(c, j)
    return _surprise(c, j)


def _binary(c: Context, j: int) -> Expression:
    """−y ln ŷ − (1 − y) ln(1 − ŷ); of a target 0 or 1 only the half that counts."""
    prediction, target = c.term(What.ACTIVATION, c.last, j), c.term(What.TARGET, c.last, j)
    of_one, of_zero = _ln(c, prediction), _ln(c, Difference(ONE, prediction))
    if c.row is not None and target.value in (0.0, 1.0):
        return Negative(of_one if target.value else of_zero)
    both = Sum((Product((target, of_one)), Product((Difference(ONE, target), of_zero))))
    return Negative(both)


def _surprise(c: Context, j: int) -> Expression:
    """−y ln ŷ; without its y where that is 1."""
    target, log = c.term(What.TARGET, c.last, j), _ln(c, c.term(What.ACTIVATION, c.last, j))
    return Negative(log if c.row is not None and target.value == 1.0 else Product((target, log)))


def _ln(c: Context, of: Expression) -> Expression:
    return Call(r"\ln(", ")", ("ln(", ")"), of, logarithm if c.trace.fused else guarded_logarithm)


def _power(z: Term) -> Term:
    """e to a weighted input."""
    try:
        value = math.exp(z.value)
    except OverflowError:
        value = math.inf
    return Term(Symbol(z.symbol.runs, rf"e^{{{z.symbol.latex}}}"), value, "value", z.part, z.told)

