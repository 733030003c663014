"""The gradients in words."""

from __future__ import annotations

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.explain.number import count, number, shown
from bpviz.explain.sentence.telling import Telling, alike, equals


def gradient(telling: Telling) -> str:
    """C'(W) = E · input, the mean over the batch; that is what updates, whichever example is shown."""
    layer = telling.layer
    if layer.w.size == 1:
        return _one_gradient(telling)
    title = f"{telling.layer_title} gradient{telling.average_scope}: "
    work = f"{title}error times input for {count(layer.w.size)} weights; "
    if alike(layer.dw):
        return f"{work}every one is {number(float(layer.dw[0, 0]))}"
    source, target = largest(layer.dw)
    value = number(float(layer.dw[source, target]))
    return f"{work}the largest is {value}, {way(telling, telling.k, source, target)}"


def _one_gradient(telling: Telling) -> str:
    layer, batch = telling.layer, telling.trace.batch
    title = f"{telling.layer_title} gradient"
    symbol, result = telling.names.gradient(telling.k).plain, float(layer.dw[0, 0])
    if telling.example is None:
        return f"{title}{telling.average_scope}: error times input makes {symbol} = {number(result)}"
    error, below = float(layer.delta[telling.example, 0]), float(layer.a_in[telling.example, 0])
    sign = equals(shown(error) * shown(below), error * below)
    if batch > 1:
        own = f"{number(error)} × {number(below)} {sign} {number(error * below)}"
        average = f"averaged over the batch of {count(batch)}, {symbol} = {number(result)}"
        return f"{title}: example {count(telling.example + 1)} gives {own}; {average}"
    work = f"the error {number(error)} times its input {number(below)} makes {symbol} {sign} {number(result)}"
    bias = "" if layer.db is None else f"; the bias gradient is {number(float(layer.db[0]))}"
    return f"{title}: {work}{bias}"


def largest(array: Array) -> tuple[int, int]:
    """Where the number of largest size stands, as (source, target)."""
    source, target = np.unravel_index(int(np.argmax(np.abs(array))), array.shape)
    return int(source), int(target)


def way(telling: Telling, k: int, source: int, target: int) -> str:
    return f"from {telling.unit(k - 1, source)} to {telling.unit(k, target)}"
