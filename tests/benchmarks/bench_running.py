"""How many steps a second running makes in the frames that the window gives it: by NumPy, and by the kernel.

Everything that the trainer does is in it: batches, costs, both sets judged after every epoch, checkpoints.
Nothing is shown; what is seen of it is another figure.
"""

from __future__ import annotations

import gc
import time

import numpy as np

from bpviz.document.preset import load_preset
from bpviz.engine.kernel import cache
from bpviz.engine.kernel.trial import try_out
from bpviz.engine.trainer import Trainer
from tests.benchmarks.line import Goal, Line, left_out, rounded

GOALS = {
    "toy": Goal(20, at_least=True), "xor": Goal(20, at_least=True), "iris": Goal(20, at_least=True),
    "spiral": Goal(20, at_least=True), "digits": Goal(2, at_least=True),
}
BUDGET = 0.008   # seconds that the window gives to a frame's training
FRAMES = 125
GROUP = f"Running without a window, {1000 * BUDGET:g} ms a frame"


def lines() -> list[Line]:
    if not cache.is_installed():
        return [left_out(GROUP, "kernel", "numba is not installed")]
    return [line for name, goal in GOALS.items() for line in lines_of(name, goal)]


def lines_of(name: str, goal: Goal) -> list[Line]:
    """The figures of one preset."""
    plain, ours, frames, steps_per_epoch = measured(name)
    most = f"95 of 100 within {rounded(1000 * float(np.percentile(frames, 95)))} ms"
    return [
        Line(GROUP, f"{name}: steps", 1 / ours, "steps/s", None, f"NumPy {1 / plain:,.0f}"),
        Line(GROUP, f"{name}: epochs", 1 / ours / steps_per_epoch, "epochs/s"),
        Line(GROUP, f"{name}: faster than by NumPy", plain / ours, "x", goal, "the recording trainer"),
        Line(GROUP, f"{name}: longest frame", 1000 * max(frames), "ms", None, most),
    ]


def measured(name: str) -> tuple[float, float, list[float], int]:
    """Seconds a step of NumPy and of the kernel, which take turns frame by frame; the kernel's frames."""
    try_out()
    gc.freeze()  # as the window does when the kernel is loaded
    plain, ours = (load_preset(name).experiment.start() for _ in range(2))
    ours.use(_loaded)
    times: dict[Trainer, list[float]] = {plain: [], ours: []}
    for _ in range(FRAMES):
        for trainer, frames in times.items():
            frames.append(_frame(trainer))
    each = [sum(frames) / trainer.step for trainer, frames in times.items()]
    return each[0], each[1], times[ours], ours.steps_per_epoch


def _frame(trainer: Trainer) -> float:
    began = time.perf_counter()
    assert trainer.run(None, BUDGET) is None
    return time.perf_counter() - began


def _loaded() -> bool:
    return True


if __name__ == "__main__":
    from tests.benchmarks.run import print_lines

    print_lines(lines())
