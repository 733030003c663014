"""All equations of a step, in groups as one reads them: forward, cost, errors, gradients, update."""

from __future__ import annotations

import numpy as np

from bpviz.engine.activation import activation
from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import Address
from bpviz.explain.equation import matrix
from bpviz.explain.equation.context import Context
from bpviz.explain.equation.equation import Group, Line
from bpviz.explain.equation.forward import activated, cost, weighted_input
from bpviz.explain.equation.gradient import bias_gradient, weight_gradient
from bpviz.explain.equation.hidden_error import hidden_error
from bpviz.explain.equation.output_error import output_error
from bpviz.explain.equation.update import update
from bpviz.explain.symbol import Names


def sheet(
    network: Network,
    trace: StepTrace,
    complete: int,
    example: int | None,
    names: Names,
    focus: Address | None = None,
) -> tuple[Group, ...]:
    """The equations with the numbers of one example, or of the batch's mean where example is None.

    complete is the index of the last complete phase: what comes later is not told yet. focus chooses the
    unit and the weight that are written out in layers with several.
    """
    row = 0 if trace.batch == 1 else example
    with np.errstate(all="ignore"):  # a step may have overflowed; NaN and infinity have their own signs
        return _groups(Context(network, trace, row, complete, names, focus))


def _groups(c: Context) -> tuple[Group, ...]:
    layers = range(c.network.depth)
    back = tuple(reversed(layers))
    return (
        Group("Forward", tuple(line for k in layers for line in _forward(c, k))),
        Group("Cost", cost(c)),
        Group("Output layer error", (*_output_matrix(c), *output_error(c))),
        *((Group("Hidden layer error", tuple(line for k in back[1:] for line in _hidden(c, k))),)
          if len(back) > 1 else ()),
        Group("Derivative for any weight: error times input",
              tuple(line for k in back for line in _gradients(c, k))),
        Group("Update", update(c)),
    )


def _forward(c: Context, k: int) -> tuple[Line, ...]:
    whole: tuple[Line, ...] = () if c.is_scalar(k) else (matrix.weighted_input(c, k),)
    return (*whole, weighted_input(c, k), activated(c, k))


def _output_matrix(c: Context) -> tuple[Line, ...]:
    """A lone output needs none; softmax has no form by units, unless it is fused."""
    tied = not activation(c.layer(c.last).activation).elementwise and not (c.trace.fused and c.shares)
    return () if c.network.outputs == 1 or tied else (matrix.output_error(c),)


def _hidden(c: Context, k: int) -> tuple[Line, ...]:
    whole: tuple[Line, ...] = () if c.is_scalar(k + 1) else (matrix.hidden_error(c, k),)
    return (*whole, *hidden_error(c, k))


def _gradients(c: Context, k: int) -> tuple[Line, ...]:
    whole: tuple[Line, ...] = () if c.is_scalar(k) else (matrix.gradient(c, k),)
    biases = bias_gradient(c, k) if c.layer(k).db is not None else ()
    return (*whole, *weight_gradient(c, k), *biases)
