"""Forward, compiled: Z = A_in W + b and A = R(Z), with R'(Z) while Z is at hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bpviz.engine.activation import ACTIVATIONS, Activation
from bpviz.engine.divergence import LIMIT
from bpviz.engine.kernel.choice import by_number
from bpviz.engine.kernel.elementary import abs as size
from bpviz.engine.kernel.elementary import exp, log, maximum
from bpviz.engine.kernel.formulas import on_lanes
from bpviz.engine.kernel.jit import jit
from bpviz.engine.kernel.lanes import all_true, lanes
from bpviz.engine.kernel.memory import load, load_number, store, store_number
from bpviz.engine.kernel.tile import tile

SOFTMAX = list(ACTIVATIONS).index("softmax")


@jit
def gather(
    source: int, width: int, rows: Any, begin: int, batch: int, live: int, out: int, stride: int
) -> None:
    """The examples of a batch as (number, example); the first one again in lanes that are only filled up."""
    for lane in range(live):
        row = rows[begin + lane] if lane < batch else rows[begin]
        at = source + row * width
        for i in range(width):
            store_number(out + i * stride + lane, load_number(at + i))


@jit
def weighted_inputs(
    w: int, rows: int, filled: int, units: int, a_in: int, z: int, stride: int, live: int
) -> None:
    """Z = A_in W + b, panel by panel; the bias is the weight of an input that is 1."""
    for j in range(0, units, 8):
        for c in range(0, live, 8):
            tile(w + j * filled, 1, 8, a_in + c, stride, rows, z + j * stride + c, stride, False)


def _elementwise(kind: Activation) -> Callable[..., bool]:
    function, slope = on_lanes(kind.function, {}), on_lanes(kind.slope, {})

    @jit
    def activate(
        _number: int, z: int, a: int, d: int, units: int, stride: int, live: int, _top: int
    ) -> bool:
        good = lanes(0.0) == lanes(0.0)
        for j in range(0, units * stride, stride):
            for at in range(j, j + live, 8):
                x = load(z + at)
                y = function(x)
                store(a + at, y)
                store(d + at, slope(x, y))
                good = good & (size(x) <= LIMIT)
        sound: bool = all_true(good)
        return sound

    return activate


@jit
def _softmax(
    _number: int, z: int, a: int, _d: int, units: int, stride: int, live: int, top: int
) -> bool:
    """Shares e^z / sum of e^z, and for the cost ln(sum of e^z); each relative to the largest z."""
    good = lanes(0.0) == lanes(0.0)
    for c in range(0, live, 8):
        largest = load(z + c)
        for at in range(c + stride, units * stride, stride):
            largest = maximum(largest, load(z + at))
        whole = lanes(0.0)
        for at in range(c, units * stride, stride):
            x = load(z + at)
            e = exp(x - largest)
            store(a + at, e)
            whole = whole + e
            good = good & (size(x) <= LIMIT)
        for at in range(c, units * stride, stride):
            store(a + at, load(a + at) / whole)
        store(top + c, largest + log(whole))
    sound: bool = all_true(good)
    return sound


# activate(number, ...) in the order of ACTIVATIONS. True when every weighted input is good; then so is every
# activation, since none of them exceeds the larger of |z| and 1.
activate = by_number([_elementwise(kind) if kind.elementwise else _softmax for kind in ACTIVATIONS.values()])
