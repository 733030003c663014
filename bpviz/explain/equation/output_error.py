"""The output layer error: E_o = (ŷ − y) . R'(Z_o), and what takes its place for other pairs of functions."""

from __future__ import annotations

from functools import partial

from bpviz.engine.activation import activation
from bpviz.engine.cost import TINY, cost
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
    Term,
)
from bpviz.explain.equation.slope import dead_note, slope_aside
from bpviz.explain.one_number import cost_slope_at_gap
from bpviz.explain.part import Part, What
from bpviz.explain.phase import Kind, Phase
from bpviz.explain.symbol import Symbol, upright

_TWO = Constant(upright("2"), 2.0)
_PAIRS = {
    "binary_cross_entropy": "sigmoid and binary cross-entropy",
    "categorical_cross_entropy": "softmax and categorical cross-entropy",
}


def output_error(c: Context) -> tuple[Equation, ...]:
    """E_o = (ŷ − y) . R'(Z_o), with where its factors come from; E_o = ŷ − y where output and cost fuse."""
    k, j = c.last, c.unit(c.last)
    phase, left = Phase(Kind.OUTPUT_ERROR, k), c.term(What.ERROR, k, j)
    if c.trace.fused:
        return (Equation(phase, left, _fused(c, j), note=fused_reason(c)),)
    pull, slope = c.term(What.PULL, k, j), c.term(What.SLOPE, k, j)
    asides = [] if c.trace.cost_name == "half_squared_error" else [_pull_of_cost(c, j)]
    if not activation(c.layer(k).activation).elementwise:
        right = left if c.row is None else _through_softmax(c, j)
        note = "Softmax ties all outputs together: each ŷ follows every Z."
        return (*asides, Equation(phase, left, c.mean_or(left, right), note=note))
    first: Expression = c.gap(j) if c.trace.cost_name == "half_squared_error" else pull
    asides += slope_aside(c, phase, k, j)
    return (*asides, Equation(phase, left, c.mean_or(left, Product((first, slope))), note=dead_note(c, k, j)))


def fused_reason(c: Context) -> str:
    """Why E_o is simply ŷ − y."""
    whole = c.names.derivative(c.names.cost(), c.names.weighted_input(c.last)).plain
    return f"{_PAIRS[c.trace.cost_name].capitalize()} belong together: {whole} shortens to {_gap_words(c)}."


def _gap_words(c: Context) -> str:
    """Softmax whose targets sum to something else than 1 takes ŷ as often as they do."""
    return "ŷ − y" if c.shares else "ŷ · Σy − y"


def _fused(c: Context, j: int) -> Expression:
    """ŷ − y; softmax whose targets sum to something else than 1 takes ŷ as often as they sum to."""
    prediction, target = c.term(What.ACTIVATION, c.last, j), c.term(What.TARGET, c.last, j)
    if c.shares:
        return c.gap(j)
    sums = c.trace.targets.sum(axis=1)
    left = c.term(What.ERROR, c.last, j)
    total = Term(Symbol((), r"\textstyle\sum y"), float(sums[c.row or 0]), "value", None, target.told)
    return c.mean_or(left, Difference(Product((prediction, total)), target))


def _through_softmax(c: Context, j: int) -> Expression:
    """sum_k C'(ŷ_k) . dŷ_k/dZ_j, where dŷ_k/dZ_j = ŷ_k ([k = j] − ŷ_j)."""
    k, outputs = c.last, range(c.network.outputs)
    pulls = [c.term(What.PULL, k, i) for i in outputs]
    a = c.units(What.ACTIVATION, k)
    z = Part(What.WEIGHTED_INPUT, k, j)
    slopes = [
        Term(
            c.names.chain_factor(c.names.of(Part(What.ACTIVATION, k, i)), c.names.of(z)),
            float(a[i] * ((i == j) - a[j])), "plain", Part(What.SLOPE, k, j), pulls[i].told,
        )
        for i in outputs
    ]
    return c.dot(pulls, slopes)


def _pull_of_cost(c: Context, j: int) -> Equation:
    """C'(ŷ) as the cost's own slope gives it."""
    left = c.term(What.PULL, c.last, j)
    phase = Phase(Kind.OUTPUT_ERROR, c.last)
    prediction = c.term(What.ACTIVATION, c.last, j)
    if c.row is not None and cost(c.trace.cost_name).probabilities and not _seen(prediction.value):
        note = f"{prediction.symbol.plain} is as good as 0 or 1: there the cost is taken to be flat."
        return Equation(phase, left, Constant(upright("0"), 0.0), note=note, aside=True)
    return Equation(phase, left, c.mean_or(left, _cost_slope(c, j)), aside=True)


def _seen(probability: float) -> bool:
    """Whether cross-entropy looks at it as it is; nearer to 0 and 1 its logarithm would have no end."""
    return TINY <= probability <= 1.0 - TINY


def _cost_slope(c: Context, j: int) -> Expression:
    prediction, target = c.term(What.ACTIVATION, c.last, j), c.term(What.TARGET, c.last, j)
    at = partial(cost_slope_at_gap, c.trace.cost_name)
    match c.trace.cost_name:
        case "mean_squared_error":
            return Product((_TWO, c.gap(j)))
        case "absolute_error":
            return Call(r"\mathrm{sign}(", ")", ("sign(", ")"), c.gap(j), at)
        case "huber":
            return Call(r"\mathrm{clip}(", ", -1, 1)", ("clip(", ")"), c.gap(j), at)
        case "binary_cross_entropy":
            return Quotient(c.gap(j), Product((prediction, Difference(ONE, prediction))))
        case "categorical_cross_entropy":
            return Negative(Quotient(target, prediction))
    return c.gap(j)
