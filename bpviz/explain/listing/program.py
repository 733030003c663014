"""Writes a whole training step as a program, for the network, batch and optimizer at hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.freezing import masks
from bpviz.engine.network import Network
from bpviz.engine.optimizer import Learning
from bpviz.engine.trace import StepTrace
from bpviz.engine.update import OptimizerState
from bpviz.explain.listing import activations, costs
from bpviz.explain.listing.backward import backward
from bpviz.explain.listing.draft import Draft
from bpviz.explain.listing.forward import cost, feed_forward, given
from bpviz.explain.listing.line import Line, Listing
from bpviz.explain.listing.literal import shape
from bpviz.explain.listing.optimizers import rule
from bpviz.explain.listing.updates import updates
from bpviz.explain.listing.variables import Variables
from bpviz.explain.part import Part, What

Recall = Callable[[], OptimizerState]


def listing(network: Network, trace: StepTrace, learning: Learning, recall: Recall) -> Listing:
    """The step as a program; learning is what was in force at it.

    recall gives what the optimizer remembered before the step. It is called when the program is copied, and
    only if there was anything to remember.
    """
    draft = Draft(Variables.of(network, trace.batch))
    _functions(draft, trace, learning.l1)
    _parameters(draft, trace)
    _settings(draft, trace, learning)
    _memory(draft, trace, recall)
    fixed = _fixed(draft, trace)
    given(draft, trace)
    feed_forward(draft)
    cost(draft, trace.fused)
    backward(draft, trace)
    updates(draft, learning, fixed)
    _printed(draft)
    lines = draft.lines
    module = "math" if draft.names.scalar else "np"
    if any(f"{module}." in line.text for line in lines):
        first = "import math" if draft.names.scalar else "import numpy as np"
        lines = [Line(first), Line(""), *lines]
    return Listing(tuple(lines))


def _functions(draft: Draft, trace: StepTrace, l1: float) -> None:
    """The functions in use, no others."""
    network, scalar = draft.names.network, draft.names.scalar
    used = dict.fromkeys(layer.activation for layer in network.layers)
    sloped = {layer.activation for layer in (network.layers[:-1] if trace.fused else network.layers)}
    wanted: list[str] = []
    for name in used:
        if name == "identity":
            continue
        prime = "softmax_error" if name == "softmax" else f"{name}_prime"
        wanted += [name, prime] if name in sloped else [name]
    if scalar and l1:
        wanted.append("sign")
    texts = activations.definitions(wanted, scalar)
    for text in (*texts, *costs.definitions(network.cost, trace.fused, scalar)):
        draft.blank()
        draft.block(text)


def _parameters(draft: Draft, trace: StepTrace) -> None:
    names = draft.names
    biases = any(layer.b is not None for layer in trace.layers)
    draft.heading("Weights and biases" if biases else "Weights")
    for k, layer in enumerate(trace.layers):
        draft.given(names.weight(k), layer.w, None, Part(What.WEIGHT, k))
        if layer.b is not None:
            draft.given(names.bias(k), layer.b, None, Part(What.BIAS, k))


def _settings(draft: Draft, trace: StepTrace, learning: Learning) -> None:
    """The learning rate in force, and the constants of penalties and optimizer."""
    draft.heading("Learning rate and settings" if rule(trace.optimizer) else "Learning rate")
    draft.setting("lr", trace.rate, Part(What.RATE, len(trace.layers) - 1))
    optimizer = rule(trace.optimizer)
    penalties = {"l1": learning.l1, "l2": learning.l2}
    chosen = {name: value for name, value in penalties.items() if value}
    for name, value in (chosen | (optimizer.settings(learning.optimizer) if optimizer else {})).items():
        draft.setting(name, value)
    if optimizer is not None and optimizer.name == "adam":
        draft.block(f"t = {trace.optimizer_next.count}  # updates, with this one")


def _memory(draft: Draft, trace: StepTrace, recall: Recall) -> None:
    """What the optimizer remembers of earlier steps, for every array of parameters."""
    optimizer = rule(trace.optimizer)
    if optimizer is None:
        return
    names, fresh = draft.names, trace.optimizer_next.count == 1
    draft.heading("What it remembers: nothing yet" if fresh else "What it remembers")
    place = 0
    for k, layer in enumerate(trace.layers):
        named = [(names.weight(k), layer.w)] + ([(names.bias(k), layer.b)] if layer.b is not None else [])
        for name, array in named:
            for i, letter in enumerate(optimizer.keeps):
                read = None if fresh else partial(_recalled, recall, place, i, names.scalar)
                draft.remembered(letter + name, name, shape(array), read)
            place += 1


def _recalled(recall: Recall, place: int, which: int, scalar: bool) -> Array:
    array = recall().slots[place][which]
    return array.reshape(()) if scalar else array


def _fixed(draft: Draft, trace: StepTrace) -> dict[str, Array]:
    """By name, 1 for each frozen number of an array that has any; written down where it has others too."""
    names, made = draft.names, {}
    for k, (of_w, of_b) in enumerate(masks(trace.parameters_next, trace.frozen)):
        made[names.weight(k)] = of_w.astype(np.float64)
        if of_b is not None:
            made[names.bias(k)] = of_b.astype(np.float64)
    fixed = {name: array for name, array in made.items() if array.any()}
    if any(not array.all() for array in fixed.values()):
        draft.heading("Frozen: 1 where the update leaves it")
    for name, array in fixed.items():
        if not array.all():
            draft.constant(f"frozen{name}", array)
    return fixed


def _printed(draft: Draft) -> None:
    """Prints cost, derivatives, and what the update made: a name and its number or list on each line."""
    names = draft.names
    draft.heading("Print the cost, the derivatives", "and the new weights")
    draft.block("numbers = dict(\n    C=C,")
    for k in reversed(range(names.network.depth)):
        pairs = [(names.gradient(k), names.weight(k))]
        if names.network.layers[k].bias:
            pairs.append((names.bias_gradient(k), names.bias(k)))
        shown = [name for pair in zip(*pairs, strict=True) for name in pair]
        draft.block(f"    {', '.join(f'{name}={name}' for name in shown)},")
    value = "value" if names.scalar else "value.tolist()"
    draft.block(f')\nfor name, value in numbers.items():\n    print(name, "=", {value})')
