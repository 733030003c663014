"""The cost in words, in a form for each."""

from __future__ import annotations

import math

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.explain.number import count, number, shown
from bpviz.explain.sentence.telling import Telling, equals

_OF_ONE = {
    "half_squared_error": "half the squared gap",
    "mean_squared_error": "the squared gap",
    "absolute_error": "the size of the gap",
    "huber": "the Huber cost of the gap",
    "binary_cross_entropy": "the cross-entropy of prediction and target",
    "categorical_cross_entropy": "the cross-entropy of prediction and target",
}
_OF_SEVERAL = {
    "half_squared_error": "half the squared gaps of {n} outputs add up to {c}",
    "mean_squared_error": "the squared gaps of {n} outputs add up to {c}",
    "absolute_error": "the sizes of the gaps of {n} outputs add up to {c}",
    "huber": "the Huber costs of {n} outputs add up to {c}",
    "binary_cross_entropy": "the cross-entropies of {n} outputs add up to {c}",
    "categorical_cross_entropy": "the cross-entropy of {n} predictions and their targets is {c}",
}


def cost(telling: Telling) -> str:
    trace, example = telling.trace, telling.example
    if example is None:
        return f"Cost{telling.scope}: {_general(telling, trace.cost)}"
    text = f"Cost{telling.scope}: {_of_example(telling, float(trace.example_costs[example]))}"
    if trace.batch > 1:
        text += f"; the batch of {count(trace.batch)} averages {number(trace.cost)}"
    return text


def _general(telling: Telling, value: float) -> str:
    name, outputs = telling.trace.cost_name, telling.network.outputs
    if outputs > 1:
        return _OF_SEVERAL[name].format(n=count(outputs), c=number(value))
    return f"{_OF_ONE[name]} is {number(value)}"


def _of_example(telling: Telling, value: float) -> str:
    """With its equation where there is one short enough."""
    a, y = telling.row(telling.trace.outputs), telling.row(telling.trace.targets)
    name = telling.trace.cost_name
    if name == "categorical_cross_entropy":
        return _categorical(telling, a, y, value)
    if a.size > 1:
        return _general(telling, value)
    if name == "binary_cross_entropy":
        return _binary(telling, float(a[0]), float(y[0]), value)
    return _gap_cost(name, float(a[0]), float(y[0]), value)


def _gap_cost(name: str, a: float, y: float, value: float) -> str:
    gap = f"{number(a)} − {number(y)}" if y >= 0 else f"{number(a)} − ({number(y)})"
    size = abs(shown(a) - shown(y))
    linear = name == "huber" and abs(a - y) > 1
    if name == "absolute_error":
        text, claimed = f"the size of the gap, |{gap}|", size
    elif linear:
        text, claimed = f"beyond a gap of 1 it grows evenly, |{gap}| − 0.5", size - 0.5
    elif name == "mean_squared_error":
        text, claimed = f"the squared gap, ({gap})²", size * size
    else:
        text, claimed = f"half the squared gap, 0.5 × ({gap})²", 0.5 * size * size
    return f"{text} {equals(claimed, value)} {number(value)}"


def _binary(telling: Telling, a: float, y: float, value: float) -> str:
    if y == 1:
        chance, text = shown(a), f"−ln {number(a)}"
    elif y == 0:
        chance, text = 1 - shown(a), f"−ln(1 − {number(a)})"
    else:
        return _general(telling, value)
    if not 0 < chance < 1:  # too near the end for the digits on screen to say anything
        return f"cross-entropy, {number(value)} for the prediction {number(a)} where {number(y)} is right"
    return f"cross-entropy, {text} {equals(-math.log(chance), value)} {number(value)}"


def _categorical(telling: Telling, a: Array, y: Array, value: float) -> str:
    right = int(y.argmax())
    if y[right] != 1 or np.count_nonzero(y) != 1:
        return _general(telling, value)
    share = float(a[right])
    place = telling.unit(telling.network.depth - 1, right)
    if not 0 < shown(share) < 1:
        return f"cross-entropy, {number(value)} for the {number(share)} at {place}, the right one"
    sign = equals(-math.log(shown(share)), value)
    return f"{place} is right and has {number(share)}; −ln {number(share)} {sign} {number(value)}"
