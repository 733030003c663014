"""At the output, compiled: the cost of each example and the error of the last layer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bpviz.engine.cost import COSTS, Cost
from bpviz.engine.divergence import LIMIT
from bpviz.engine.evaluation import on_one_side
from bpviz.engine.kernel.choice import by_number
from bpviz.engine.kernel.elementary import abs as size
from bpviz.engine.kernel.elementary import exp, log1p, maximum, where
from bpviz.engine.kernel.formulas import on_lanes, unchanged
from bpviz.engine.kernel.jit import jit
from bpviz.engine.kernel.lanes import lanes
from bpviz.engine.kernel.memory import load, load_number, store, store_number

_ONE_OUTPUT = {"_summed": unchanged}


def _compiled(kind: Cost) -> Callable[..., None]:
    value, slope = on_lanes(kind.value, _ONE_OUTPUT), on_lanes(kind.slope, _ONE_OUTPUT)

    @jit
    def judge(
        _number: int, softmax: bool, _z: int, a: int, y: int, d: int, each: int, _top: int, units: int,
        stride: int, live: int,
    ) -> None:
        """E = C'(yhat) R'(Z), where d holds R'(Z) so far.

        After softmax E_i = a_i (C'(yhat_i) - sum over k of C'(yhat_k) a_k).
        """
        for c in range(0, live, 8):
            cost, pulled = lanes(0.0), lanes(0.0)
            for at in range(c, units * stride, stride):
                yhat, target = load(a + at), load(y + at)
                cost = cost + value(yhat, target)
                pull = slope(yhat, target)
                pulled = pulled + pull * yhat
                store(d + at, pull if softmax else pull * load(d + at))
            if softmax:
                for at in range(c, units * stride, stride):
                    store(d + at, load(a + at) * (load(d + at) - pulled))
            store(each + c, cost)

    return judge


@jit
def _sigmoid_with_binary_cross_entropy(
    _number: int, _softmax: bool, z: int, a: int, y: int, d: int, each: int, _top: int, units: int,
    stride: int, live: int,
) -> None:
    """C = max(z, 0) - z y + ln(1 + e^-|z|) and E = yhat - y."""
    for c in range(0, live, 8):
        cost = lanes(0.0)
        for at in range(c, units * stride, stride):
            x, target = load(z + at), load(y + at)
            cost = cost + (maximum(x, 0.0) - x * target + log1p(exp(-size(x))))
            store(d + at, load(a + at) - target)
        store(each + c, cost)


@jit
def _softmax_with_categorical_cross_entropy(
    _number: int, _softmax: bool, z: int, a: int, y: int, d: int, each: int, top: int, units: int,
    stride: int, live: int,
) -> None:
    """C = sum of y (ln(sum of e^z) - z) and E = yhat (sum of y) - y."""
    for c in range(0, live, 8):
        cost, shares = lanes(0.0), lanes(0.0)
        for at in range(c, units * stride, stride):
            target = load(y + at)
            cost = cost + target * (load(top + c) - load(z + at))
            shares = shares + target
        for at in range(c, units * stride, stride):
            store(d + at, load(a + at) * shares - load(y + at))
        store(each + c, cost)


# judge(number, ...): the costs in their order, then the two that belong together with their output.
judge = by_number([
    *map(_compiled, COSTS.values()),
    _sigmoid_with_binary_cross_entropy,
    _softmax_with_categorical_cross_entropy,
])


@jit
def only_live(d: int, units: int, stride: int, batch: int, live: int) -> None:
    """No error in the lanes that only fill up the last eight examples."""
    for j in range(d, d + units * stride, stride):
        for lane in range(batch, live):
            store_number(j + lane, 0.0)


@jit
def are_good_costs(each: int, batch: int) -> bool:
    good = True
    for b in range(batch):
        good &= load_number(each + b) <= LIMIT
    return good


@jit
def mean(each: int, batch: int) -> float:
    """The average over the batch: of costs C, or of what is told right."""
    whole = 0.0
    for b in range(batch):
        whole += load_number(each + b)
    return whole / batch


_on_one_side = on_lanes(on_one_side, {})


@jit
def are_right(a: int, y: int, units: int, stride: int, live: int, each: int) -> None:
    """For each example 1 where its class is told right, else 0."""
    for c in range(0, live, 8):
        if units == 1:
            right = _on_one_side(load(a + c), load(y + c))
        else:
            right = _largest(a + c, units, stride) == _largest(y + c, units, stride)
        store(each + c, where(right, 1.0, 0.0))


@jit
def _largest(first: int, units: int, stride: int) -> Any:
    """Which of the units is the largest, the first of equals."""
    top, found = load(first), lanes(0.0)
    for k in range(1, units):
        x = load(first + k * stride)
        found = where(x > top, float(k), found)
        top = maximum(top, x)
    return found
