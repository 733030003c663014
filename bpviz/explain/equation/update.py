"""The update: W_new = W − rate . C'(W), or what another optimizer makes of the gradient."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bpviz.engine.optimizer import OPTIMIZERS
from bpviz.explain.address import Edge
from bpviz.explain.equation.context import Context
from bpviz.explain.equation.equation import Equation
from bpviz.explain.equation.expression import Difference, Product, Sum, Term
from bpviz.explain.part import Part, What, weight_part
from bpviz.explain.phase import Kind, Phase
from bpviz.explain.symbol import upright


def update(c: Context, k: int) -> tuple[Equation, ...]:
    """W_new = W − rate . C'(W) for plain gradient descent; else the change, and whose it is."""
    made = [_updated(c, c.edge(k))]
    if k == c.last and not isinstance(made[0].right, Difference):
        made = [replace(made[0], note=_manner(c))]
    if c.layer(k).b is not None:
        made.append(_updated(c, c.unit(k), k))
    return tuple(made)


def _updated(c: Context, at: Edge | int, k: int = 0) -> Equation:
    """One weight, or one bias of layer k."""
    if isinstance(at, Edge):
        old, new, gradient = (weight_part(what, at) for what in (What.WEIGHT, What.NEW_WEIGHT, What.GRADIENT))
    else:
        old, new, gradient = (Part(what, k, at) for what in (What.BIAS, What.NEW_BIAS, What.BIAS_GRADIENT))
    before, after, slope = (c.term_of(part) for part in (old, new, gradient))
    left = after
    phase = Phase(Kind.UPDATE, c.last)
    rate = c.term(What.RATE, c.last)
    plain = c.trace.optimizer == "gradient_descent" and _is_descent(before, after, slope, rate)
    if plain:
        return Equation(phase, left, Difference(before, Product((rate, slope))))
    delta = upright("Δ") + before.symbol
    change = Term(delta, after.value - before.value, "value", new, after.told)
    return Equation(phase, left, Sum((before, change)))


def _manner(c: Context) -> str:
    """What makes the changes where they are not rate times gradient."""
    how = OPTIMIZERS[c.trace.optimizer]
    penalty = " and the penalty on weights" if c.trace.penalty else ""
    return f"The changes Δ are what {how} makes of the gradients{penalty}."


def _is_descent(before: Term, after: Term, slope: Term, rate: Term) -> bool:
    """Whether rate times gradient is all that moved it."""
    return bool(np.isclose(before.value - rate.value * slope.value, after.value, rtol=1e-9, atol=0.0))
