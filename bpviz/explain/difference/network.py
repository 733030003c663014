"""What differs between two networks, layer by layer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bpviz.engine.activation import activation
from bpviz.engine.cost import cost
from bpviz.engine.network import Layer, Network
from bpviz.explain.difference.words import Difference, Found, changed, joined
from bpviz.explain.number import count


def network(before: Network, after: Network) -> Found:
    """Inputs and outputs are as wide as the data ask for, and are not told."""
    if before.depth == after.depth:
        numbers = range(before.depth)
    else:
        yield _depths(before, after)
        numbers = range(-1, 0)
    hidden = [k for k in numbers if 0 <= k < before.depth - 1]
    yield from _by_layer(before, after, hidden, _units)
    yield from _by_layer(before, after, numbers, _activation)
    yield from _by_layer(before, after, numbers, _bias)
    yield from changed("cost", cost(before.cost).label, cost(after.cost).label)


def _depths(before: Network, after: Network) -> Difference:
    """How many hidden layers there were, and whether some were only added or removed."""
    a, b = before.depth - 1, after.depth - 1
    had = "1 hidden layer" if a == 1 else f"{a or 'no'} hidden layers"
    shorter, longer = sorted((before.layers[:-1], after.layers[:-1]), key=len)
    others = iter(longer)
    if not all(layer in others for layer in shorter):
        return Difference(had, f"{a} → {b} hidden layers")
    more = "layer" if abs(a - b) == 1 else f"{abs(a - b)} layers"
    return Difference(had, f"{more} {'added' if b > a else 'removed'}")


def _units(a: Layer, b: Layer) -> Difference | None:
    if a.units == b.units:
        return None
    had = "1 unit" if a.units == 1 else f"{count(a.units)} units"
    return Difference(had, f"{count(a.units)} → {count(b.units)} units")


def _activation(a: Layer, b: Layer) -> Difference | None:
    old, new = activation(a.activation).label, activation(b.activation).label
    return Difference(old, f"{old} → {new}") if old != new else None


def _bias(a: Layer, b: Layer) -> Difference | None:
    if a.bias == b.bias:
        return None
    return Difference("bias", "bias removed") if a.bias else Difference("no bias", "bias added")


def _by_layer(
    before: Network, after: Network, layers: Sequence[int],
    compared: Callable[[Layer, Layer], Difference | None],
) -> Found:
    """What differs alike in several layers is said once, with where: "sigmoid → ReLU in layers 1 to 10"."""
    alike: dict[Difference, list[int]] = {}
    for k in layers:
        found = compared(before.layers[k], after.layers[k])
        if found is not None:
            alike.setdefault(found, []).append(k % before.depth)
    for found, where in alike.items():
        place = _place(where, before.depth)
        yield Difference(f"{found.had} in {place}", f"{found.change} in {place}")


def _place(layers: Sequence[int], depth: int) -> str:
    hidden = [k + 1 for k in layers if k < depth - 1]
    words = [f"layer {hidden[0]}"] if len(hidden) == 1 else []
    if len(hidden) > 1:
        in_a_row = len(hidden) > 2 and hidden[-1] - hidden[0] == len(hidden) - 1
        words = [f"layers {hidden[0]} to {hidden[-1]}" if in_a_row else f"layers {joined(hidden)}"]
    return joined([*words, *["the output"] * (len(hidden) < len(layers))])
