"""The entry into compiled code: many steps of training in one call."""

from __future__ import annotations

from typing import Any

from bpviz.engine.divergence import LIMIT
from bpviz.engine.kernel.backward import Settings, are_good, errors, learn, pull_down, turned
from bpviz.engine.kernel.elementary import abs as size
from bpviz.engine.kernel.forward import activate, weighted_inputs
from bpviz.engine.kernel.jit import cached, jit
from bpviz.engine.kernel.lanes import all_true, lanes
from bpviz.engine.kernel.memory import load, number_at, put, store
from bpviz.engine.kernel.output import judge, only_live


@jit
def gather(source: Any, width: int, rows: Any, begin: int, batch: int, chunks: int, out: Any, at: int, stride: int) -> None:
    for l in range(8 * chunks):
        row = rows[begin + l] if l < batch else rows[begin]
        for i in range(width):
            put(out, at + i * stride + l, number_at(source, row * width + i))


@jit
def mean_cost(each: Any, batch: int) -> float:
    whole = 0.0
    for b in range(batch):
        whole += each[b]
    return whole / batch


@cached
def train(
    table: Any, codes: Any, numbers: Any, x: Any, y: Any, rows: Any, ends: Any, rates: Any,
    w: Any, m: Any, s: Any, a: Any, d: Any, z: Any, dt: Any, g: Any, target: Any, each: Any, top: Any, costs: Any,
    count: int,
) -> int:
    depth = table.shape[0]
    stride, cost_code, optimizer = codes[0], codes[1], codes[2]
    o = Settings(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
    l1, l2, decay = numbers[5], numbers[6], numbers[7]
    last = depth - 1
    begin = 0
    for step in range(len(ends)):
        batch = ends[step] - begin
        chunks = (batch + 7) // 8
        gather(x, table[0, 0], rows, begin, batch, chunks, a, 0, stride)
        gather(y, table[last, 1], rows, begin, batch, chunks, target, 0, stride)
        good = True
        for k in range(depth):
            units = table[k, 1]
            weighted_inputs(w, table[k, 4], table[k, 2], table[k, 3], units, a, table[k, 5] * stride, z, stride, chunks)
            above = (table[k, 5] + table[k, 3]) * stride
            good &= activate(table[k, 7], z, a, above, d, table[k, 6] * stride, units, stride, chunks, top)
        out = (table[last, 5] + table[last, 3]) * stride
        units = table[last, 1]
        d_at = table[last, 6] * stride
        judge(cost_code, z, a, out, target, d, d_at, each, top, units, stride, chunks)
        only_live(d, d_at, units, stride, batch, chunks)
        for b in range(batch):
            good &= each[b] <= LIMIT
        costs[step] = mean_cost(each, batch)
        for k in range(depth - 1, -1, -1):
            units, filled, w_at, inputs = table[k, 1], table[k, 3], table[k, 4], table[k, 0]
            d_at = table[k, 6] * stride
            good &= are_good(d, d_at, units, stride, chunks)
            if k > 0:
                below = table[k - 1, 6] * stride
                pull_down(w, w_at, filled, inputs, units, d, d_at, z, stride, chunks)
                errors(z, d, below, inputs, stride, chunks)
            wide = turned(d, d_at, units, stride, batch, dt)
            good &= learn(
                optimizer, w, m, s, w_at, inputs, table[k, 2], filled, units, a, table[k, 5] * stride, stride,
                dt, wide, batch, g, l1, l2, decay, o, rates[step], float(count + step + 1),
            )
        if not good:
            return step
        begin = ends[step]
    return len(ends)
