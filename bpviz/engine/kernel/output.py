"""At the output, compiled: the cost of each example and the error of the last layer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bpviz.engine.cost import COSTS, Cost
from bpviz.engine.kernel.choice import by_number
from bpviz.engine.kernel.elementary import abs as size
from bpviz.engine.kernel.elementary import exp, log1p, maximum, where
from bpviz.engine.kernel.formulas import on_lanes, unchanged
from bpviz.engine.kernel.jit import jit
from bpviz.engine.kernel.lanes import lanes
from bpviz.engine.kernel.memory import load, store

_ONE_OUTPUT = {"_summed": unchanged}


def _elementwise(kind: Cost) -> Callable[..., None]:
    value, slope = on_lanes(kind.value, _ONE_OUTPUT), on_lanes(kind.slope, _ONE_OUTPUT)

    @jit
    def judge(
        z: Any, a: Any, a_at: int, y: Any, d: Any, d_at: int, costs: Any, top: Any, units: int, stride: int,
        chunks: int,
    ) -> None:
        """E = C'(yhat) R'(Z), where d holds R'(Z) so far."""
        for c in range(0, 8 * chunks, 8):
            cost = lanes(0.0)
            for at in range(c, units * stride, stride):
                yhat, target = load(a, a_at + at), load(y, at)
                cost = cost + value(yhat, target)
                store(d, d_at + at, slope(yhat, target) * load(d, d_at + at))
            store(costs, c, cost)

    return judge


def _through_softmax(kind: Cost) -> Callable[..., None]:
    value, slope = on_lanes(kind.value, _ONE_OUTPUT), on_lanes(kind.slope, _ONE_OUTPUT)

    @jit
    def judge(
        z: Any, a: Any, a_at: int, y: Any, d: Any, d_at: int, costs: Any, top: Any, units: int, stride: int,
        chunks: int,
    ) -> None:
        """E_i = a_i (C'(yhat_i) - sum over k of C'(yhat_k) a_k)."""
        for c in range(0, 8 * chunks, 8):
            cost, pulled = lanes(0.0), lanes(0.0)
            for at in range(c, units * stride, stride):
                yhat, target = load(a, a_at + at), load(y, at)
                cost = cost + value(yhat, target)
                pull = slope(yhat, target)
                store(d, d_at + at, pull)
                pulled = pulled + pull * yhat
            for at in range(c, units * stride, stride):
                store(d, d_at + at, load(a, a_at + at) * (load(d, d_at + at) - pulled))
            store(costs, c, cost)

    return judge


@jit
def _sigmoid_with_binary_cross_entropy(
    z: Any, a: Any, a_at: int, y: Any, d: Any, d_at: int, costs: Any, top: Any, units: int, stride: int,
    chunks: int,
) -> None:
    """C = max(z, 0) - z y + ln(1 + e^-|z|) and E = yhat - y."""
    for c in range(0, 8 * chunks, 8):
        cost = lanes(0.0)
        for at in range(c, units * stride, stride):
            x, target = load(z, at), load(y, at)
            cost = cost + (maximum(x, 0.0) - x * target + log1p(exp(-size(x))))
            store(d, d_at + at, load(a, a_at + at) - target)
        store(costs, c, cost)


@jit
def _softmax_with_categorical_cross_entropy(
    z: Any, a: Any, a_at: int, y: Any, d: Any, d_at: int, costs: Any, top: Any, units: int, stride: int,
    chunks: int,
) -> None:
    """C = sum of y (ln(sum of e^z) - z) and E = yhat (sum of y) - y."""
    for c in range(0, 8 * chunks, 8):
        cost, shares = lanes(0.0), lanes(0.0)
        for at in range(c, units * stride, stride):
            target = load(y, at)
            cost = cost + target * (load(top, c) - load(z, at))
            shares = shares + target
        for at in range(c, units * stride, stride):
            store(d, d_at + at, load(a, a_at + at) * shares - load(y, at))
        store(costs, c, cost)


# judge(number, ...): every cost with an elementwise output, every cost after softmax, then the two pairs.
judge = by_number([
    *map(_elementwise, COSTS.values()),
    *map(_through_softmax, COSTS.values()),
    _sigmoid_with_binary_cross_entropy,
    _softmax_with_categorical_cross_entropy,
])


@jit
def only_live(d: Any, d_at: int, units: int, stride: int, from_lane: int, chunks: int) -> None:
    """No error in the lanes that only fill up the last eight examples."""
    for j in range(units):
        at = d_at + j * stride
        for lane in range(from_lane, 8 * chunks):
            put_zero(d, at + lane)


@jit
def put_zero(d: Any, at: int) -> None:
    d[at] = 0.0


_ = where
