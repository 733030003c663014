"""The entry into compiled code: many steps of training in one call."""

from __future__ import annotations

from typing import Any

from bpviz.engine.kernel.backward import are_good, errors, learn, pull_down, turned
from bpviz.engine.kernel.columns import (
    ACTIVATION,
    BETA1,
    BETA2,
    COST,
    DECAY,
    EACH_COST,
    EPSILON,
    ERRORS,
    FILLED,
    FIRST_MEMORY,
    GRADIENT,
    IN,
    INPUTS,
    L1,
    L2,
    MOMENTUM,
    OPTIMIZER,
    OUT,
    ROWS,
    SECOND_MEMORY,
    STRIDE,
    SUMS,
    TARGETS,
    TOP,
    TURNED,
    UNITS,
    WEIGHT_DECAY,
    WEIGHTS,
    X,
    Y,
)
from bpviz.engine.kernel.forward import SOFTMAX, activate, gather, weighted_inputs
from bpviz.engine.kernel.jit import cached, jit
from bpviz.engine.kernel.output import are_good_costs, judge, mean_cost, only_live
from bpviz.engine.kernel.rules import Constants


@cached
def train(
    layers: Any, plan: Any, settings: Any, rows: Any, ends: Any, rates: Any, costs: Any, count: int
) -> int:
    """Take len(ends) steps; step k learns from rows[ends[k - 1]:ends[k]] at rates[k] and puts down costs[k].

    count: the updates that the optimizer looks back on. Returns how many steps had only good numbers before
    the first that had not; that one has been taken in part. Without an optimizer nothing is learned.
    """
    learns = plan[OPTIMIZER] >= 0
    begin = 0
    for k in range(len(ends)):
        batch = ends[k] - begin
        live = (batch + 7) // 8 * 8
        good = _forward(layers, plan, rows, begin, batch, live)
        good &= _judged(layers, plan, batch, live)
        costs[k] = mean_cost(plan[EACH_COST], batch)
        if learns:
            good &= _back(layers, plan, settings, batch, live, rates[k], float(count + k + 1))
            if not good:
                return k
        begin = ends[k]
    return len(ends)


@jit
def _forward(layers: Any, plan: Any, rows: Any, begin: int, batch: int, live: int) -> bool:
    """The batch, Z and A of every layer."""
    stride, last = plan[STRIDE], len(layers) - 1
    gather(plan[X], layers[0, INPUTS], rows, begin, batch, live, layers[0, IN], stride)
    gather(plan[Y], layers[last, UNITS], rows, begin, batch, live, plan[TARGETS], stride)
    good = True
    for k in range(len(layers)):
        units = layers[k, UNITS]
        weighted_inputs(
            layers[k, WEIGHTS], layers[k, ROWS], layers[k, FILLED], units, layers[k, IN], plan[SUMS], stride,
            live,
        )
        good &= activate(
            layers[k, ACTIVATION], plan[SUMS], layers[k, OUT], layers[k, ERRORS], units, stride, live,
            plan[TOP],
        )
    return good


@jit
def _judged(layers: Any, plan: Any, batch: int, live: int) -> bool:
    """The cost of each example and E of the last layer."""
    last, stride = len(layers) - 1, plan[STRIDE]
    units, d = layers[last, UNITS], layers[last, ERRORS]
    judge(
        plan[COST], layers[last, ACTIVATION] == SOFTMAX, plan[SUMS], layers[last, OUT], plan[TARGETS], d,
        plan[EACH_COST], plan[TOP], units, stride, live,
    )
    only_live(d, units, stride, batch, live)
    return are_good_costs(plan[EACH_COST], batch)


@jit
def _back(
    layers: Any, plan: Any, settings: Any, batch: int, live: int, rate: float, count: float
) -> bool:
    """E of every layer from the last one on, and each layer's update as soon as E has been handed down."""
    o = Constants(settings[MOMENTUM], settings[DECAY], settings[BETA1], settings[BETA2], settings[EPSILON])
    l1, l2, decay = settings[L1], settings[L2], settings[WEIGHT_DECAY]
    stride, good = plan[STRIDE], True
    for k in range(len(layers) - 1, -1, -1):
        inputs, units, filled = layers[k, INPUTS], layers[k, UNITS], layers[k, FILLED]
        d, w = layers[k, ERRORS], layers[k, WEIGHTS]
        good &= are_good(d, units, stride, live)
        if k > 0:
            pull_down(w, filled, inputs, units, d, plan[SUMS], stride, live)
            errors(plan[SUMS], layers[k - 1, ERRORS], inputs, stride, live)
        turned(d, (units + 7) // 8 * 8, stride, batch, plan[TURNED])
        good &= learn(
            plan[OPTIMIZER], w, layers[k, FIRST_MEMORY], layers[k, SECOND_MEMORY], inputs, layers[k, ROWS],
            filled, units, layers[k, IN], stride, plan[TURNED], batch, plan[GRADIENT],
            l1, l2, decay, o, rate, count,
        )
    return good
