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
from bpviz.engine.kernel.memory import load, store
from bpviz.engine.kernel.tile import tile


@jit
def weighted_inputs(
    w: Any, w_at: int, rows: int, filled: int, units: int, a: Any, a_at: int, z: Any, stride: int, chunks: int
) -> None:
    """Z = A_in W + b, panel by panel; the bias is the weight of an input that is 1."""
    for panel in range((units + 7) // 8):
        for c in range(chunks):
            tile(
                w, w_at + panel * filled * 8, 1, 8, a, a_at + 8 * c, stride, rows,
                z, panel * 8 * stride + 8 * c, stride, False,
            )


def _elementwise(kind: Activation) -> Callable[..., bool]:
    function, slope = on_lanes(kind.function, {}), on_lanes(kind.slope, {})

    @jit
    def activate(
        z: Any, a: Any, a_at: int, d: Any, d_at: int, units: int, stride: int, chunks: int, top: Any
    ) -> bool:
        good = lanes(0.0) == lanes(0.0)
        for j in range(units):
            for at in range(j * stride, j * stride + 8 * chunks, 8):
                x = load(z, at)
                y = function(x)
                store(a, a_at + at, y)
                store(d, d_at + at, slope(x, y))
                good = good & (size(x) <= LIMIT)
        return all_true(good)

    return activate


@jit
def _softmax(
    z: Any, a: Any, a_at: int, d: Any, d_at: int, units: int, stride: int, chunks: int, top: Any
) -> bool:
    """Shares e^z / sum of e^z, and for the cost ln(sum of e^z); each relative to the largest z."""
    good = lanes(0.0) == lanes(0.0)
    for c in range(0, 8 * chunks, 8):
        largest = load(z, c)
        for j in range(1, units):
            largest = maximum(largest, load(z, j * stride + c))
        whole = lanes(0.0)
        for j in range(units):
            x = load(z, j * stride + c)
            e = exp(x - largest)
            store(a, a_at + j * stride + c, e)
            whole = whole + e
            good = good & (size(x) <= LIMIT)
        for j in range(units):
            store(a, a_at + j * stride + c, load(a, a_at + j * stride + c) / whole)
        store(top, c, largest + log(whole))
    return all_true(good)


# activate(number, ...) in the order of ACTIVATIONS. True when every weighted input is good; then so is every
# activation, since none of them exceeds the larger of |z| and 1.
activate = by_number([_elementwise(kind) if kind.elementwise else _softmax for kind in ACTIVATIONS.values()])
