"""How long it takes to show any earlier step of a run: to go there, its record, the window's next picture.

python -m tests.benchmarks.bench_travel prints its lines.
"""

from __future__ import annotations

import gc
import math
import os
import random
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtWidgets import QApplication

from bpviz.document.preset import load_preset
from bpviz.engine.kernel import cache
from bpviz.engine.kernel.trial import try_out
from bpviz.engine.trainer import Trainer
from bpviz.qt.fonts import load_fonts
from bpviz.qt.theme import Theme
from bpviz.qt.window import MainWindow
from tests.benchmarks.line import Goal, Line

PRESETS = ("spiral", "digits", "iris", "xor")
STEPS = 100_000
FURTHER = 1_000_000  # by the kernel only; no goal was set for it
VISITS = 200
GROUP = "Time travel"


def lines() -> list[Line]:
    made = []
    kernel = cache.is_installed()
    if kernel:
        try_out()
        gc.freeze()  # as the window does with what numba leaves
    for name in PRESETS:
        for who in ("NumPy", "kernel")[: 1 + kernel]:
            trainer = trained(load_preset(name).experiment.start(), STEPS, who)
            made += told(f"{name} by {who}, any of {STEPS:,} steps", visits(trainer), Goal(50))
            if who == "kernel":
                trained(trainer, FURTHER, who)
                made += told(f"{name} by {who}, any of {FURTHER:,} steps", visits(trainer), None)
    for name in ("spiral", "digits"):
        made += told(f"{name}, any of {STEPS:,} steps, and its picture", in_a_window(name, kernel), Goal(50))
    return made


def told(what: str, times: list[float], goal: Goal | None) -> list[Line]:
    median, late = np.percentile(times, (50, 95)).tolist()
    return [
        Line(GROUP, f"{what}: median", 1000 * median, "ms"),
        Line(GROUP, f"{what}: 95th percentile", 1000 * late, "ms"),
        Line(GROUP, f"{what}: longest", 1000 * max(times), "ms", goal),
    ]


def trained(trainer: Trainer, steps: int, who: str) -> Trainer:
    """Frame by frame, as in the window."""
    if who == "kernel":
        trainer.use(lambda: True)
    trainer.go_to(trainer.reached)
    while trainer.step < steps:
        assert trainer.run(steps - trainer.step, 0.008) is None
    return trainer


def visits(trainer: Trainer) -> list[float]:
    return timed(trainer.reached, lambda step: visit(trainer, step))


def visit(trainer: Trainer, step: int) -> None:
    trainer.go_to(step)
    assert trainer.record().step == step
    assert not math.isnan(trainer.last_epoch.training)


def timed(reached: int, show: Callable[[int], None]) -> list[float]:
    """Seconds for each of some steps, drawn evenly from all."""
    times = []
    for step in random.Random(0).sample(range(reached), VISITS):
        began = time.perf_counter()
        show(step)
        times.append(time.perf_counter() - began)
    return times


def in_a_window(name: str, kernel: bool) -> list[float]:
    """With every panel that is open at the start, as far as each draws within the same frame."""
    app = QApplication.instance() or QApplication(["bpviz"])
    assert isinstance(app, QApplication)
    load_fonts()
    window = MainWindow(load_preset(name), Theme(app))
    window.resize(1280, 800)
    window.show()
    settle(app, 1.0)
    trained(window.session.trainer, STEPS, "kernel" if kernel else "NumPy")

    def show(step: int) -> None:
        window.player.seek_step(step)
        app.processEvents()

    for step in range(0, STEPS, STEPS // 10):  # what is typeset once is not what is measured
        show(step)
        settle(app, 0.1)
    times = timed(STEPS, show)
    window.close()
    window.deleteLater()
    return times


def settle(app: QApplication, seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        app.processEvents()


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for line in lines():
        print(f"{line.what:<72}{line.measured:>9.2f} {line.unit:<4}{line.goal_text:>10}  {line.verdict}")


if __name__ == "__main__":
    main()
