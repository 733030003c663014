"""The update: W_new = W − rate . C'(W), or what another optimizer makes of the gradient."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bpviz.engine.optimizer import OPTIMIZERS
from bpviz.explain.address import Address, Edge, Node, parameter_at
from bpviz.explain.equation.context import Context
from bpviz.explain.equation.equation import Equation
from bpviz.explain.equation.expression import Difference, Product, Sum, Term
from bpviz.explain.part import Part, What, weight_part
from bpviz.explain.phase import Kind, Phase
from bpviz.explain.symbol import upright


def update(c: Context) -> tuple[Equation, ...]:
    """W_new = W − rate . C'(W) for plain gradient descent; else the change, and once whose it is.

    A frozen one stays: W_new = W.
    """
    made = [one for k in reversed(range(c.network.depth)) for one in _of_layer(c, k)]
    changed = next((i for i, one in enumerate(made) if isinstance(one.right, Sum)), None)
    if changed is not None:
        made[changed] = replace(made[changed], note=_manner(c))
    return tuple(made)


def _of_layer(c: Context, k: int) -> list[Equation]:
    made = [_updated(c, c.edge(k))]
    if c.layer(k).b is not None:
        made.append(_updated(c, Node(k, c.unit(k))))
    return made


def _updated(c: Context, at: Address) -> Equation:
    """One weight, or one bias."""
    if isinstance(at, Edge):
        old, new, gradient = (weight_part(what, at) for what in (What.WEIGHT, What.NEW_WEIGHT, What.GRADIENT))
    else:
        parts = (What.BIAS, What.NEW_BIAS, What.BIAS_GRADIENT)
        old, new, gradient = (Part(what, at.layer, at.unit) for what in parts)
    before, after, slope = (c.term_of(part) for part in (old, new, gradient))
    left = after
    phase = Phase(Kind.UPDATE, c.last)
    if parameter_at(at) in c.trace.frozen:
        return Equation(phase, left, before, f"{before.symbol.plain} is frozen: training leaves it as it is.")
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
