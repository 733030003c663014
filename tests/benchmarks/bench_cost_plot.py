"""A frame of the cost plot with a million steps behind it, and the memory that the history of costs holds.

python -m tests.benchmarks.bench_cost_plot prints the lines of both.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bpviz.document.earlier import EarlierRun
from bpviz.document.preset import load_preset
from bpviz.engine.costs import CostHistory
from bpviz.qt.fonts import load_fonts
from bpviz.qt.player import Player
from bpviz.qt.plots.cost.chosen import Chosen
from bpviz.qt.plots.cost.cost_plot import CostPlot
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme
from tests.benchmarks.line import Goal, Line
from tests.qt.plot_bench import page_of

STEPS = 1_000_000
PRESETS = ("spiral", "xor")  # 23 steps to an epoch; each step an epoch of its own
SIZE = (900, 240)
RUNS = 4
ROUNDS = 40
GROUP = "Cost plot"


def lines() -> list[Line]:
    return [*frames(), *memory()]


def frames() -> list[Line]:
    """Refresh and painting: each axis, logarithmic and linear; while read; beside earlier runs."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    load_fonts()
    theme = Theme(app)
    made = []
    for name in PRESETS:
        plot = plot_of(name, theme, app)
        for log in (True, False):
            for by_epoch in (False, True):
                plot.choose(Chosen(log=log, along="epoch" if by_epoch else "step"))
                axes = f"{'logarithmic' if log else 'linear'}, per {'epoch' if by_epoch else 'step'}"
                made += timed(f"{name}, {STEPS:,} steps, {axes}", lambda plot=plot: frame(plot))
        made += timed(f"{name}, {STEPS:,} steps, while values are read", lambda plot=plot: frame(plot, 0.6))
        compare(plot.session, RUNS)
        made += timed(f"{name}, {STEPS:,} steps, {RUNS} earlier runs as long", lambda plot=plot: frame(plot))
        plot.close()
    return made


def compare(session: Session, count: int) -> None:
    """Keep the present costs as those of so many earlier runs."""
    costs = session.trainer.costs
    session.set_runs("compare", tuple(EarlierRun(f"run {k}", costs.copy()) for k in range(count)))


def timed(what: str, work: Callable[[], None]) -> list[Line]:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - began))
    goal = Goal(5)
    return [
        Line(GROUP, f"{what}: median", float(np.median(times)), "ms", goal),
        Line(GROUP, f"{what}: 95th percentile", float(np.percentile(times, 95)), "ms", goal),
    ]


def frame(plot: CostPlot, pointer: float | None = None) -> None:
    """pointer: where the mouse is, as a share of the width."""
    if pointer is not None:
        QTest.mouseMove(plot.view, QPoint(round(pointer * plot.view.width()), 60))
    plot.refresh()
    plot.view.repaint()


def plot_of(name: str, theme: Theme, app: QApplication) -> CostPlot:
    """A plot of a run that nobody had to wait for, with noise and spikes in every curve."""
    session = Session(load_preset(name))
    trainer = session.trainer
    fill(trainer.costs, STEPS, trainer.steps_per_epoch, trainer.validation is not None)
    trainer.reached = STEPS
    plot = page_of(CostPlot, session, Player(session), theme)
    plot.resize(*SIZE)
    plot.show()
    app.processEvents()
    return plot


def fill(costs: CostHistory, steps: int, per_epoch: int, validation: bool) -> None:
    random = np.random.default_rng(0)
    falling = 0.003 + np.exp(-np.arange(steps) / steps * 6)
    batches = falling * random.lognormal(0, 0.35, steps)
    batches[random.integers(0, steps, 12)] *= 40
    ends = np.arange(per_epoch, steps + 1, per_epoch)
    rows = falling[ends - 1, None] * random.lognormal(0, 0.2, (len(ends), 4))
    if not validation:
        rows[:, 1] = np.nan
    costs.put_steps(batches)
    costs.put_epochs(ends, rows)


def memory() -> list[Line]:
    """With an epoch at every step, which takes the most."""
    made = []
    for steps in (10_000, 1_000_000, 10_000_000):
        costs = CostHistory()
        for _ in range(0, steps, 10_000):
            first = costs.count + 1
            costs.put_steps(np.ones(10_000))
            costs.put_epochs(np.arange(first, first + 10_000), np.ones((10_000, 4)))
        made.append(Line(GROUP, f"memory of the history, {steps:,} steps", costs.nbytes / 1e6, "MB", Goal(5)))
    return made


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for line in lines():
        print(f"{line.what:<72}{line.measured:>9.2f} {line.unit:<4}{line.goal_text:>10}  {line.verdict}")


if __name__ == "__main__":
    main()
