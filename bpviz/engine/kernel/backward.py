"""Back, compiled: errors of the layers below, gradients, and each weight's update where its gradient is."""

from __future__ import annotations

from typing import Any

from bpviz.engine.divergence import LIMIT
from bpviz.engine.kernel.elementary import abs as size
from bpviz.engine.kernel.jit import jit
from bpviz.engine.kernel.lanes import all_true, lanes
from bpviz.engine.kernel.memory import load, load_number, store, store_number
from bpviz.engine.kernel.rules import move
from bpviz.engine.kernel.tile import tile


@jit
def pull_down(
    w: int, filled: int, inputs: int, units: int, d: int, pull: int, stride: int, live: int
) -> None:
    """dC/dA of the layer below = E W^T."""
    for i in range(0, inputs, 8):
        for c in range(0, live, 8):
            for j in range(0, units, 8):
                tile(
                    w + j * filled + i * 8, 8, 1, d + j * stride + c, stride, min(8, units - j),
                    pull + i * stride + c, stride, j > 0,
                )


@jit
def errors(pull: int, d: int, units: int, stride: int, live: int) -> None:
    """E = dC/dA R'(Z), where d holds R'(Z) so far."""
    for j in range(0, units * stride, stride):
        for at in range(j, j + live, 8):
            store(d + at, load(pull + at) * load(d + at))


@jit
def are_good(d: int, units: int, stride: int, live: int) -> bool:
    """Whether all these errors are numbers that mean something."""
    good = lanes(0.0) == lanes(0.0)
    for j in range(0, units * stride, stride):
        for at in range(j, j + live, 8):
            good = good & (size(load(d + at)) <= LIMIT)
    sound: bool = all_true(good)
    return sound


@jit
def turned(d: int, wide: int, stride: int, batch: int, dt: int) -> None:
    """Errors as (example, unit), so that eight neighbours are eight units."""
    for j in range(wide):
        for b in range(batch):
            store_number(dt + b * wide + j, load_number(d + j * stride + b))


@jit
def learn(
    optimizer: int, w: int, m: int, s: int, inputs: int, rows: int, filled: int, units: int,
    a_in: int, stride: int, dt: int, batch: int, g: int,
    l1: float, l2: float, decay: float, o: Any, rate: float, count: float,
) -> bool:
    """C'(W) = A_in^T E / batch, eight rows of eight units at a time, each followed by its update."""
    good = True
    wide = (units + 7) // 8 * 8
    for j in range(0, wide, 8):
        for i in range(0, rows, 8):
            tile(a_in + i * stride, stride, 1, dt + j, wide, batch, g, 8, False)
            at = j * filled + i * 8
            good &= move(
                optimizer, w + at, m + at, s + at, g, 1.0 / batch, min(8, rows - i), inputs - i,
                l1, l2, decay, o, rate, count,
            )
    return good
