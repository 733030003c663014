"""The step's last lines: every weight and bias moves, by the optimizer's real rule."""

from __future__ import annotations

from collections.abc import Mapping

from bpviz.engine.arrays import Array
from bpviz.engine.optimizer import OPTIMIZERS, Learning
from bpviz.explain.listing.draft import Draft
from bpviz.explain.listing.optimizers import definition, rule
from bpviz.explain.part import Part, What
from bpviz.explain.phase import Kind, Phase


def updates(draft: Draft, learning: Learning, fixed: Mapping[str, Array]) -> None:
    """The rule, and its use for every layer, the output first as its derivatives came.

    fixed: by the name of an array, 1 where it is frozen; only arrays of which something is.
    """
    names = draft.names
    phase = Phase(Kind.UPDATE, names.network.depth - 1)
    optimizer = rule(learning.optimizer.name)
    draft.heading("Update weights" + (f": {OPTIMIZERS[learning.optimizer.name]}" if optimizer else ""))
    if optimizer is not None:
        draft.block(definition(optimizer, names.scalar) + "\n", phase)
    for k in reversed(range(names.network.depth)):
        arrays = [(names.weight(k), Part(What.NEW_WEIGHT, k))]
        if names.network.layers[k].bias:
            arrays.append((names.bias(k), Part(What.NEW_BIAS, k)))
        for name, part in arrays:
            _update(draft, phase, _moved(draft, learning, name, part), part, name, fixed.get(name))


def _update(
    draft: Draft, phase: Phase, moved: str, part: Part, name: str, fixed: Array | None
) -> None:
    if fixed is not None:
        right = f"{name}  # frozen" if fixed.all() else f"np.where(frozen{name}, {name}, {moved})"
        draft.assign(name, right, phase, part)
    elif moved.startswith(f"{name} - "):
        draft.assign(name, moved.removeprefix(f"{name} - "), phase, part, sign="-=")
    else:
        draft.assign(name, moved, phase, part)


def _moved(draft: Draft, learning: Learning, name: str, part: Part) -> str:
    """What an array comes to where nothing of it is frozen."""
    of_weight = part.what is What.NEW_WEIGHT
    gradient = f"d{name}" + (_penalty(draft, learning, name) if of_weight else "")
    optimizer = rule(learning.optimizer.name)
    if optimizer is None:
        gradient = f"({gradient})" if " " in gradient else gradient
        return f"{name} - lr * {gradient}"
    kept = ", ".join(f"{letter}{name}" for letter in optimizer.keeps)
    moved = f"{optimizer.name}({name}, {gradient}, {kept})"
    return f"{moved} - lr * decay * {name}" if of_weight and learning.optimizer.name == "adamw" else moved


def _penalty(draft: Draft, learning: Learning, name: str) -> str:
    """What the penalties add to the gradient: l1 sign(W) + l2 W."""
    sign = f"sign({name})" if draft.names.scalar else f"np.sign({name})"
    return (f" + l1 * {sign}" if learning.l1 else "") + (f" + l2 * {name}" if learning.l2 else "")
