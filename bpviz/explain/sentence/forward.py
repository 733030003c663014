"""The way forward in words: the input, the weighted inputs, the activations."""

from __future__ import annotations

from bpviz.explain.number import count, number, shown
from bpviz.explain.sentence.telling import FEW, Telling, alike, equals, spread, vector


def given(telling: Telling) -> str:
    x = telling.row(telling.trace.inputs)
    scope = telling.scope
    if telling.example is not None and telling.trace.batch > 1:
        scope = f", example {count(telling.example + 1)} of the batch of {count(telling.trace.batch)}"
    return f"Input{scope}: X = {vector(x)}" if x.size <= FEW else f"Input{scope}: {spread(x, 'values')}"


def weigh(telling: Telling) -> str:
    """Z = A_in W + b. Holds for means too, being linear."""
    layer = telling.layer
    z = telling.row(layer.z)
    if z.size > 1:
        return telling.title() + spread(z, "weighted inputs")
    source = "input" if telling.k == 0 else "activation"
    symbol = telling.names.weighted_input(telling.k).plain
    if layer.w.size == 1:
        return f"{telling.title()}{_one_product(telling, source)}, the weighted input {symbol}"
    bias = "" if layer.b is None else f", plus the bias {number(float(layer.b[0]))},"
    many = f"{count(layer.w.shape[0])} {source}s, each times its weight{bias}"
    return f"{telling.title()}{many} make the weighted input {symbol} = {number(float(z[0]))}"


def _one_product(telling: Telling, source: str) -> str:
    """ "input 2.00 × weight 0.600 + bias 0.100 = 1.30"."""
    layer = telling.layer
    below, weight = float(telling.row(layer.a_in)[0]), float(layer.w[0, 0])
    z = float(telling.row(layer.z)[0])
    text = f"{source} {number(below)} × weight {number(weight)}"
    claimed = shown(below) * shown(weight)
    if layer.b is not None:
        text += f" + bias {number(float(layer.b[0]))}"
        claimed += shown(float(layer.b[0]))
    return f"{text} {equals(claimed, z)} {number(z)}"


def activate(telling: Telling) -> str:
    if telling.layer.activation == "softmax":
        return telling.title() + _shares(telling)
    if telling.layer.z.shape[1] == 1:
        return telling.title() + (_one_mean(telling) if telling.mean else _one(telling))
    a = telling.row(telling.layer.a)
    noun = "predictions" if _is_output(telling) else "activations"
    closed = telling.closed_words()
    if alike(a) and closed.startswith("all"):
        return f"{telling.title()}{closed}, so all {noun} are 0"
    text = f"{telling.title()}{telling.subject} gives {spread(a, noun)}"
    return f"{text}; {closed}" if closed else text


def _one(telling: Telling) -> str:
    layer = telling.layer
    z, a = float(telling.row(layer.z)[0]), float(telling.row(layer.a)[0])
    weighted = f"{telling.names.weighted_input(telling.k).plain} = {number(z)}"
    result = f"{telling.names.activation(telling.k).plain} = {number(a)}"
    if telling.closed() == 0:
        return f"the ReLU is open and lets {weighted} through: {result}"
    if telling.closed():
        return f"the ReLU is closed, for {weighted} is not above 0: {result}"
    if layer.activation == "identity":
        return f"{telling.subject} leaves {weighted} as it is: {result}"
    return f"{telling.function} turns {weighted} into {result}"


def _one_mean(telling: Telling) -> str:
    a = float(telling.row(telling.layer.a)[0])
    return f"{telling.subject} gives {telling.names.activation(telling.k).plain} = {number(a)}"


def _shares(telling: Telling) -> str:
    a = telling.row(telling.layer.a)
    top = int(a.argmax())
    largest = f"the largest is {number(float(a[top]))} at {telling.unit(telling.k, top)}"
    return f"softmax makes {count(a.size)} shares that add up to 1; {largest}"


def _is_output(telling: Telling) -> bool:
    return telling.k == telling.network.depth - 1
