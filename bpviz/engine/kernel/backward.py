"""Back, compiled: errors of the layers below, gradients, and the update of each weight where its gradient is."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from typing import Any

from bpviz.engine.divergence import LIMIT
from bpviz.engine.kernel.choice import by_number
from bpviz.engine.kernel.elementary import abs as size
from bpviz.engine.kernel.elementary import sign
from bpviz.engine.kernel.formulas import on_lanes
from bpviz.engine.kernel.jit import jit
from bpviz.engine.kernel.lanes import all_true, lanes
from bpviz.engine.kernel.memory import load, number_at, put, store
from bpviz.engine.kernel.tile import tile
from bpviz.engine.optimizer import OPTIMIZERS
from bpviz.engine.update import _RULES

Settings = namedtuple("Settings", ["momentum", "decay", "beta1", "beta2", "epsilon"])


@jit
def pull_down(
    w: Any, w_at: int, filled: int, inputs: int, units: int, d: Any, d_at: int, pull: Any, stride: int, chunks: int
) -> None:
    """dC/dA of the layer below = E W^T."""
    for i in range(0, inputs, 8):
        for c in range(0, 8 * chunks, 8):
            for j in range(0, units, 8):
                tile(
                    w, w_at + j * filled + i * 8, 8, 1, d, d_at + j * stride + c, stride, min(8, units - j),
                    pull, i * stride + c, stride, j > 0,
                )


@jit
def errors(pull: Any, d: Any, d_at: int, units: int, stride: int, chunks: int) -> None:
    """E = dC/dA R'(Z), where d holds R'(Z) so far."""
    for j in range(units):
        for at in range(j * stride, j * stride + 8 * chunks, 8):
            store(d, d_at + at, load(pull, at) * load(d, d_at + at))


@jit
def are_good(d: Any, d_at: int, units: int, stride: int, chunks: int) -> bool:
    good = lanes(0.0) == lanes(0.0)
    for j in range(units):
        for at in range(d_at + j * stride, d_at + j * stride + 8 * chunks, 8):
            good = good & (size(load(d, at)) <= LIMIT)
    return all_true(good)


@jit
def turned(d: Any, d_at: int, units: int, stride: int, batch: int, dt: Any) -> int:
    """Errors as (example, unit), so that eight neighbours are eight units. Returns how long a row is."""
    wide = (units + 7) // 8 * 8
    for j in range(wide):
        for b in range(batch):
            put(dt, b * wide + j, number_at(d, d_at + j * stride + b))
    return wide


def _mover(name: str) -> Callable[..., bool]:
    rule = on_lanes(_RULES[name][0], {})
    kept = {"": 0, "velocity": 1, "mean square": 1, "mean and mean square": 2}[_RULES[name][1]]

    @jit
    def move(
        w: Any, m: Any, s: Any, at: int, g: Any, scale: float, rows: int, penalised: int, l1: float, l2: float,
        decay: float, o: Any, rate: float, count: float,
    ) -> bool:
        good = lanes(0.0) == lanes(0.0)
        for i in range(rows):
            here = at + 8 * i
            x, gradient = load(w, here), load(g, 8 * i) * scale
            good = good & (size(gradient) <= LIMIT)
            shrink = 0.0
            if i < penalised:
                gradient = (gradient + l1 * sign(x)) + l2 * x
                shrink = rate * decay
            if kept == 0:
                new, _ = rule(x, gradient, (), o, rate, count)
            elif kept == 1:
                new, (m_new,) = rule(x, gradient, (load(m, here),), o, rate, count)
                store(m, here, m_new)
            else:
                new, (m_new, s_new) = rule(x, gradient, (load(m, here), load(s, here)), o, rate, count)
                store(m, here, m_new)
                store(s, here, s_new)
            new = new - shrink * x
            store(w, here, new)
            good = good & (size(new) <= LIMIT)
        return all_true(good)

    return move


move = by_number([_mover(name) for name in OPTIMIZERS])


@jit
def learn(
    optimizer: int, w: Any, m: Any, s: Any, w_at: int, inputs: int, rows: int, filled: int, units: int,
    a: Any, a_at: int, stride: int, dt: Any, wide: int, batch: int, g: Any,
    l1: float, l2: float, decay: float, o: Any, rate: float, count: float,
) -> bool:
    """C'(W) = A_in^T E / batch, eight rows of eight units at a time, each followed by its update."""
    good = True
    for panel in range(wide // 8):
        for i in range(0, rows, 8):
            tile(a, a_at + i * stride, stride, 1, dt, 8 * panel, wide, batch, g, 0, 8, False)
            good &= move(
                optimizer, w, m, s, w_at + (panel * filled + i) * 8, g, 1.0 / batch, min(8, rows - i), inputs - i,
                l1, l2, decay, o, rate, count,
            )
    return good
