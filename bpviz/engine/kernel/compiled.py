"""The entry into compiled code: many steps of training in one call, epochs judged on the way."""

from __future__ import annotations

from typing import Any

from bpviz.engine.kernel.backward import are_good, errors, learn, pull_down, turned
from bpviz.engine.kernel.columns import (
    ACTIVATION,
    AT,
    BETA1,
    BETA2,
    COST,
    COUNT,
    DECAY,
    EACH_COST,
    EPSILON,
    ERRORS,
    FILLED,
    FIRST_AT,
    FIRST_MEMORY,
    GRADIENT,
    IN,
    INPUTS,
    L1,
    L2,
    MEAN_COST,
    MOMENTUM,
    OUT,
    ROWS,
    SECOND_AT,
    SECOND_MEMORY,
    SHARE_RIGHT,
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
from bpviz.engine.kernel.memory import store_number
from bpviz.engine.kernel.output import are_good_costs, are_right, judge, mean, only_live
from bpviz.engine.kernel.rules import Constants


@cached
def train(
    layers: Any, plan: Any, optimizer: int, settings: Any, rows: Any, ends: Any, rates: Any, costs: Any,
    count: int, held: Any, kept: Any, judged: Any, set_layers: Any, set_plans: Any, verdicts: Any,
) -> int:
    """Take len(ends) steps; step k learns from rows[ends[k - 1]:ends[k]] at rates[k] and puts down costs[k].

    After step judged[i] verdicts[i] tells of each whole set. count: the updates that the optimizer looks back
    on. What `held` tells the places of stays at the numbers in `kept`. Returns how many steps had only good
    numbers before the first that had not; that one has been taken in part.
    """
    begin = told = 0
    for k in range(len(ends)):
        batch = ends[k] - begin
        live = (batch + 7) // 8 * 8
        _take(layers, plan, rows, begin, batch, live)
        good = _forward(layers, plan, live)
        good &= _judged(layers, plan, batch, live)
        costs[k] = mean(plan[EACH_COST], batch)
        good &= _back(layers, plan, optimizer, settings, batch, live, rates[k], float(count + k + 1))
        if not good:
            return k
        _hold(held, kept)
        begin = ends[k]
        if told < len(judged) and judged[told] == k:
            for one in range(len(set_plans)):
                _tell(set_layers[one], set_plans[one], verdicts[told, one])
            told += 1
    return len(ends)


@jit
def _hold(held: Any, kept: Any) -> None:
    """Put back what is frozen and has moved like the rest; nothing is remembered of it."""
    for i in range(len(kept)):
        store_number(held[i, AT], kept[i])
        store_number(held[i, FIRST_AT], 0.0)
        store_number(held[i, SECOND_AT], 0.0)


@jit
def _tell(layers: Any, plan: Any, verdict: Any) -> None:
    """What the set that lies there whole costs, and the share of it that is told right."""
    last, stride, count = len(layers) - 1, plan[STRIDE], plan[COUNT]
    _forward(layers, plan, stride)
    _judged(layers, plan, count, stride)
    verdict[MEAN_COST] = mean(plan[EACH_COST], count)
    are_right(layers[last, OUT], plan[TARGETS], layers[last, UNITS], stride, stride, plan[EACH_COST])
    verdict[SHARE_RIGHT] = mean(plan[EACH_COST], count)


@jit
def _take(layers: Any, plan: Any, rows: Any, begin: int, batch: int, live: int) -> None:
    """The batch."""
    stride, last = plan[STRIDE], len(layers) - 1
    gather(plan[X], layers[0, INPUTS], rows, begin, batch, live, layers[0, IN], stride)
    gather(plan[Y], layers[last, UNITS], rows, begin, batch, live, plan[TARGETS], stride)


@jit
def _forward(layers: Any, plan: Any, live: int) -> bool:
    """Z and A of every layer."""
    stride, good = plan[STRIDE], True
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
    layers: Any, plan: Any, optimizer: int, settings: Any, batch: int, live: int, rate: float, count: float
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
            optimizer, w, layers[k, FIRST_MEMORY], layers[k, SECOND_MEMORY], inputs, layers[k, ROWS],
            filled, units, layers[k, IN], stride, plan[TURNED], batch, plan[GRADIENT],
            l1, l2, decay, o, rate, count,
        )
    return good
