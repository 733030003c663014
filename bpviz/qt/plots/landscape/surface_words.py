"""What is said above a surface."""

from __future__ import annotations

from bpviz.engine.trainer import Trainer
from bpviz.explain.number import count, number
from bpviz.qt.plots.landscape.surface_planes import Aim

APART = " · "   # between what is said


def pointed_words(aim: Aim, x: float, y: float, cost: float) -> str:
    """Where the mouse is, and the cost there."""
    return f"{aim.x} {number(x)}, {aim.y} {number(y)}: cost {number(cost)}"


def present_words(
    cost: float, slope: float, surface_step: int | None, axes: Aim | None, examples: int, trainer: Trainer
) -> str:
    """Where the run is, the foremost first: what has no room is cut off.

    surface_step: of the surface, where it is that of another step. axes: to be named, where they are not
    beside the surface. examples: how many of those that are trained on the cost is of.
    """
    words = [f"cost {number(cost)}"]
    if surface_step is not None:
        words.append(f"surface of step {count(surface_step)}")
    if axes is not None:
        words.append(f"→ {axes.x}, ↑ {axes.y}")
    words.append(f"slope {number(slope)}")
    if examples < trainer.train.count:
        words.append(f"{count(examples)} of {count(trainer.train.count)} examples")
    if trainer.learning.l1 or trainer.learning.l2:
        words.append("without penalty")
    return APART.join(words)
