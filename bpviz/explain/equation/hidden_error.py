"""The hidden layer error: E_h = E_o . W_o . R'(Z_h), summed over the units above."""

from __future__ import annotations

from bpviz.explain.equation.context import Context
from bpviz.explain.equation.equation import Equation
from bpviz.explain.equation.expression import Product, Sum
from bpviz.explain.equation.slope import dead_note, slope_aside
from bpviz.explain.part import What
from bpviz.explain.phase import Kind, Phase


def hidden_error(c: Context, k: int) -> tuple[Equation, ...]:
    """E_i = (sum_j E_j W_ij) . R'(Z_i): the errors above, weighted, through this unit's own slope."""
    i, above = c.unit(k), range(c.network.sizes[k + 2])
    phase, left = Phase(Kind.HIDDEN_ERROR, k), c.term(What.ERROR, k, i)
    errors = [c.term(What.ERROR, k + 1, j) for j in above]
    weights = [c.term(What.WEIGHT, k + 1, j, i) for j in above]
    slope = c.term(What.SLOPE, k, i)
    arriving = c.dot(errors, weights)
    alone = isinstance(arriving, Sum) and len(arriving.terms) == 1
    right = Product((errors[0], weights[0], slope)) if alone else Product((arriving, slope))
    note = dead_note(c, k, i)
    asides = slope_aside(c, phase, k, i)
    if c.row is None:
        right = Product((c.term(What.PULL, k, i), slope))
    return (*asides, Equation(phase, left, c.mean_or(left, right), note=note))
