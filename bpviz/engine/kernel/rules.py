"""The optimizers' rules, compiled: eight rows of eight weights move by their gradients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from bpviz.engine.divergence import LIMIT
from bpviz.engine.kernel.choice import by_number
from bpviz.engine.kernel.elementary import abs as size
from bpviz.engine.kernel.elementary import sign
from bpviz.engine.kernel.formulas import on_lanes
from bpviz.engine.kernel.jit import jit
from bpviz.engine.kernel.lanes import all_true, lanes
from bpviz.engine.kernel.memory import load, store
from bpviz.engine.kernel.remembered import MEMORIES
from bpviz.engine.optimizer import OPTIMIZERS
from bpviz.engine.update import RULES  # what the engine itself updates with, one array at a time


class Constants(NamedTuple):
    """What rules read of OptimizerSettings."""

    momentum: float
    decay: float
    beta1: float
    beta2: float
    epsilon: float


def _compiled(name: str) -> Callable[..., Any]:
    """The rule as moved(x, g, m, s, o, rate, count) -> x; m and s are places, written to as it keeps them."""
    rule = on_lanes(RULES[name][0], {})
    kept = MEMORIES[RULES[name][1]]

    @jit
    def without(x: Any, g: Any, _m: int, _s: int, o: Any, rate: float, count: float) -> Any:
        return rule(x, g, (), o, rate, count)[0]

    @jit
    def with_one(x: Any, g: Any, m: int, _s: int, o: Any, rate: float, count: float) -> Any:
        new, memory = rule(x, g, (load(m),), o, rate, count)
        store(m, memory[0])
        return new

    @jit
    def with_two(x: Any, g: Any, m: int, s: int, o: Any, rate: float, count: float) -> Any:
        new, memory = rule(x, g, (load(m), load(s)), o, rate, count)
        store(m, memory[0])
        store(s, memory[1])
        return new

    return (without, with_one, with_two)[kept]


def _mover(name: str) -> Callable[..., bool]:
    moved = _compiled(name)
    decays = 1.0 if name == "adamw" else 0.0

    @jit
    def move(
        _number: int, w: int, m: int, s: int, g: int, scale: float, rows: int, weights: int, l1: float,
        l2: float, decay: float, o: Any, rate: float, count: float,
    ) -> bool:
        """rows of eight, of which the first `weights` are weights and what follows is a bias."""
        good = lanes(0.0) == lanes(0.0)
        for i in range(rows):
            at = 8 * i
            x, gradient = load(w + at), load(g + at) * scale
            good = good & (size(gradient) <= LIMIT)
            shrink = 0.0
            if i < weights:
                gradient = (gradient + l1 * sign(x)) + l2 * x
                shrink = rate * decay * decays
            new = moved(x, gradient, m + at, s + at, o, rate, count) - shrink * x
            store(w + at, new)
            good = good & (size(new) <= LIMIT)
        sound: bool = all_true(good)
        return sound

    return move


# move(number, ...) in the order of OPTIMIZERS. True when every gradient and every new weight is good.
move = by_number([_mover(name) for name in OPTIMIZERS])
