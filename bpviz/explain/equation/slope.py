"""The slope R'(Z) of an activation, worked out from what the forward pass left behind."""

from __future__ import annotations

from functools import partial

from bpviz.engine.activation import activation
from bpviz.explain.equation.context import ONE, Context
from bpviz.explain.equation.equation import Equation
from bpviz.explain.equation.expression import Call, Difference, Expression, Product, Square
from bpviz.explain.one_number import slope_at
from bpviz.explain.part import What
from bpviz.explain.phase import Phase


def slope_aside(c: Context, phase: Phase, k: int, j: int) -> list[Equation]:
    """R'(Z) worked out, where that is more than 1 or 0."""
    name, function = c.layer(k).activation, activation(c.layer(k).activation)
    if name in ("relu", "leaky_relu", "identity") or c.row is None:
        return []
    left, a, z = (c.term(what, k, j) for what in (What.SLOPE, What.ACTIVATION, What.WEIGHTED_INPUT))
    right: Expression
    rule = ""
    if name == "sigmoid":
        right = Product((a, Difference(ONE, a)))
    elif name == "tanh":
        right = Difference(ONE, Square(a))
    else:
        label = c.label(k).replace(" ", r"\ ")
        right = Call(rf"\mathrm{{{label}}}'(", ")", (f"{c.label(k)}′(", ")"), z, partial(slope_at, name))
        rule = f"{c.names.function().latex}'(z) = {function.slope_latex}"
    return [Equation(phase, left, right, rule=rule, aside=True)]


def dead_note(c: Context, k: int, i: int) -> str:
    """Names the factor that is 0 and stops the error."""
    slope = c.term(What.SLOPE, k, i)
    if c.row is None or not slope.told or slope.value != 0.0:
        return ""
    symbol = slope.symbol.plain
    if c.layer(k).activation == "relu":
        return f"{symbol} = 0: the ReLU is closed, so no error passes."
    return f"{symbol} = 0: the {c.label(k)} is flat here, so no error passes."
