"""The step's last lines: every weight and bias moves, by the optimizer's real rule."""

from __future__ import annotations

from bpviz.engine.optimizer import OPTIMIZERS, Learning
from bpviz.explain.listing.draft import Draft
from bpviz.explain.listing.optimizers import definition, rule
from bpviz.explain.part import Part, What
from bpviz.explain.phase import Kind, Phase


def updates(draft: Draft, learning: Learning) -> None:
    """The rule, and its use for every layer, the output first as its derivatives came."""
    names = draft.names
    phase = Phase(Kind.UPDATE, names.network.depth - 1)
    optimizer = rule(learning.optimizer.name)
    draft.heading("Update weights" + (f": {OPTIMIZERS[learning.optimizer.name]}" if optimizer else ""))
    if optimizer is not None:
        draft.block(definition(optimizer, names.scalar) + "\n", phase)
    for k in reversed(range(names.network.depth)):
        _update(draft, learning, phase, names.weight(k), Part(What.NEW_WEIGHT, k))
        if names.network.layers[k].bias:
            _update(draft, learning, phase, names.bias(k), Part(What.NEW_BIAS, k))


def _update(draft: Draft, learning: Learning, phase: Phase, name: str, part: Part) -> None:
    of_weight = part.what is What.NEW_WEIGHT
    gradient = f"d{name}" + (_penalty(draft, learning, name) if of_weight else "")
    optimizer = rule(learning.optimizer.name)
    if optimizer is None:
        gradient = f"({gradient})" if " " in gradient else gradient
        draft.assign(name, f"lr * {gradient}", phase, part, sign="-=")
        return
    kept = ", ".join(f"{letter}{name}" for letter in optimizer.keeps)
    right = f"{optimizer.name}({name}, {gradient}, {kept})"
    if of_weight and learning.optimizer.name == "adamw":
        right += f" - lr * decay * {name}"
    draft.assign(name, right, phase, part)


def _penalty(draft: Draft, learning: Learning, name: str) -> str:
    """What the penalties add to the gradient: l1 sign(W) + l2 W."""
    sign = f"sign({name})" if draft.names.scalar else f"np.sign({name})"
    return (f" + l1 * {sign}" if learning.l1 else "") + (f" + l2 * {name}" if learning.l2 else "")
