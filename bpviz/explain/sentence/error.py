"""The way back in words: the output layer error, and how it reaches the hidden layers."""

from __future__ import annotations

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.explain.number import count, number, shown
from bpviz.explain.sentence.telling import FEW, Telling, alike, equals, outcome, vector

_COST_WORD = {"binary_cross_entropy": "cross-entropy", "categorical_cross_entropy": "cross-entropy"}


def output_error(telling: Telling) -> str:
    """E_o = C'(ŷ) · R'(Z_o), or ŷ − y where output and cost are made for each other."""
    title = telling.title(" error")
    layer, trace = telling.layer, telling.trace
    error = telling.row(layer.delta)
    if trace.fused and _is_gap(telling):
        return title + _fused(telling)
    symbol = telling.names.error(telling.k)
    if layer.activation == "softmax":
        return f"{title}softmax ties all outputs together; {outcome(telling, symbol, error)}"
    if error.size > 1:
        return title + _several_outputs(telling)
    return title + (outcome(telling, symbol, error) if telling.mean else _one_output(telling))


def _is_gap(telling: Telling) -> bool:
    """Softmax with targets that do not add up to 1 has another error than ŷ − y."""
    gap = telling.trace.outputs - telling.trace.targets
    return bool(np.allclose(telling.layer.delta, gap, rtol=1e-9, atol=1e-12))


def _fused(telling: Telling) -> str:
    error = telling.row(telling.layer.delta)
    pair = f"{telling.function} with {_COST_WORD[telling.trace.cost_name]}"
    if error.size > 1:
        found = outcome(telling, telling.names.error(telling.k), error)
        return f"for {pair} it is simply ŷ − y; {found}"
    a, y = float(telling.row(telling.trace.outputs)[0]), float(telling.row(telling.trace.targets)[0])
    sign = equals(shown(a) - shown(y), float(error[0]))
    return f"for {pair} it is simply ŷ − y = {number(a)} − {number(y)} {sign} {number(float(error[0]))}"


def _several_outputs(telling: Telling) -> str:
    found = outcome(telling, telling.names.error(telling.k), telling.row(telling.layer.delta))
    closed = telling.closed_words()
    if closed:
        return f"{closed} and {'stops' if telling.closed() == 1 else 'stop'} it; {found}"
    is_gap = telling.trace.cost_name == "half_squared_error"
    text = "at each output the gap" if is_gap else "at each output the cost's slope"
    if telling.layer.activation != "identity":
        text += f" times the {telling.function} slope"
    return f"{text}; {found}"


def _one_output(telling: Telling) -> str:
    layer, trace = telling.layer, telling.trace
    a, y = float(telling.row(trace.outputs)[0]), float(telling.row(trace.targets)[0])
    pull, slope = float(telling.row(layer.pull)[0]), float(telling.row(layer.slope)[0])
    error = float(telling.row(layer.delta)[0])
    symbol = telling.names.error(telling.k).plain
    gap = _gap_words(a - y)
    if telling.closed():
        return f"{gap}, but its ReLU is closed and stops the error, so {symbol} = {number(error)}"
    reasons = [gap] if pull == a - y else [gap, f"the cost's slope is {number(pull)}"]
    claimed = shown(pull)
    if telling.closed() == 0:
        reasons.append("its ReLU is open")
    elif layer.activation != "identity":
        reasons.append(f"the slope of its {telling.function} is {number(slope)}")
        claimed *= shown(slope)
    return f"{_joined(reasons)}, so {symbol} {equals(claimed, error)} {number(error)}"


def _gap_words(gap: float) -> str:
    if gap == 0:
        return "the prediction is exact"
    return f"the prediction is {number(abs(gap))} too {'high' if gap > 0 else 'low'}"


def _joined(reasons: list[str]) -> str:
    return reasons[0] if len(reasons) == 1 else f"{', '.join(reasons[:-1])} and {reasons[-1]}"


def hidden_error(telling: Telling) -> str:
    """E_h = E_o · W_o · R'(Z_h), summed over the units above."""
    above = telling.trace.layers[telling.k + 1]
    title = telling.title(" error")
    if above.w.size == 1:
        return title + (_one_weight_mean(telling) if telling.mean else _one_weight(telling))
    return title + _many_weights(telling)


def _one_weight(telling: Telling) -> str:
    above = telling.trace.layers[telling.k + 1]
    came, weight = float(telling.row(above.delta)[0]), float(above.w[0, 0])
    slope, error = float(telling.row(telling.layer.slope)[0]), float(telling.row(telling.layer.delta)[0])
    back = f"{_source(telling)} travels back over the weight {number(weight)}"
    claimed = shown(came) * shown(weight)
    if telling.closed():
        through = ", but the ReLU is closed and stops it"
    elif telling.closed() == 0:
        through = " through an open ReLU"
    elif telling.layer.activation == "identity":
        through = " and passes unchanged"
    else:
        through = f", times the {telling.function} slope {number(slope)}"
        claimed *= shown(slope)
    sign = "=" if telling.closed() else equals(claimed, error)
    return f"{back}{through}: {telling.names.error(telling.k).plain} {sign} {number(error)}"


def _one_weight_mean(telling: Telling) -> str:
    weight, error = float(telling.trace.layers[telling.k + 1].w[0, 0]), telling.row(telling.layer.delta)
    found = outcome(telling, telling.names.error(telling.k), error)
    return f"{_source(telling)} comes back over the weight {number(weight)}; {found}"


def _many_weights(telling: Telling) -> str:
    """How many weights it comes over, or, what matters more, how many closed ReLUs stop it."""
    above, error = telling.trace.layers[telling.k + 1], telling.row(telling.layer.delta)
    lone = above.delta.shape[1] == 1
    back = f"{_source(telling)} {'comes' if lone else 'come'} back"
    closed = telling.closed()
    if not closed or telling.mean:
        return f"{back} over {count(above.w.size)} weights; {_reaches(telling, error)}"
    stop = f"{telling.closed_words()} and {'stops' if closed == 1 else 'stop'} {'it' if lone else 'them'}"
    return f"{back}; {stop}; {outcome(telling, telling.names.error(telling.k), error)}"


def _reaches(telling: Telling, error: Array) -> str:
    if error.size <= FEW or alike(error):
        return outcome(telling, telling.names.error(telling.k), error)
    top = int(np.argmax(np.abs(error)))
    return f"the largest reaches {telling.unit(telling.k, top)}: {number(float(error[top]))}"


def _source(telling: Telling) -> str:
    """Where the error comes from: "the output error 0.580", "E_5 = 0.0213", "the errors of 3 outputs"."""
    k = telling.k + 1
    output = k == telling.network.depth - 1
    came = telling.row(telling.trace.layers[k].delta)
    if came.size > 1:
        return f"the errors of {count(came.size)} {'outputs' if output else 'units'}"
    if output:
        return f"the output error {vector(came)}"
    return f"{telling.names.error(k).plain} = {vector(came)}"
