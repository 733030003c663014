"""How many steps a second running makes, frame by frame as in the window: by NumPy, and by the kernel.

python -m tests.benchmarks.bench_running prints both, their ratio and the longest frame, all of one run.
"""

from __future__ import annotations

import time

from bpviz.document.preset import load_preset
from bpviz.engine.kernel import cache
from bpviz.engine.kernel.trial import try_out
from bpviz.engine.trainer import Trainer

PRESETS = ("toy", "xor", "spiral", "digits")
BUDGET = 0.008   # seconds that the window gives to a frame's training
FRAMES = 125
Row = tuple[str, float]


def rows() -> list[Row]:
    """Name and seconds a step; NumPy first, as what the kernel is compared with."""
    table = []
    for name in PRESETS if cache.is_installed() else ():
        for who, (seconds, _) in measured(name).items():
            table.append((f"{name}, one step of running at {1000 * BUDGET:g} ms a frame: {who}", seconds))
    return table


def measured(name: str) -> dict[str, tuple[float, float]]:
    """Seconds a step and the longest frame's seconds of both. They take turns, frame by frame."""
    try_out()
    trainers = {"NumPy": load_preset(name).experiment.start(), "kernel": load_preset(name).experiment.start()}
    trainers["kernel"].use(_loaded)
    times: dict[str, list[float]] = {who: [] for who in trainers}
    for _ in range(FRAMES):
        for who, trainer in trainers.items():
            times[who].append(_frame(trainer))
    return {who: (sum(times[who]) / trainer.step, max(times[who])) for who, trainer in trainers.items()}


def _frame(trainer: Trainer) -> float:
    began = time.perf_counter()
    assert trainer.run(None, BUDGET) is None
    return time.perf_counter() - began


def _loaded() -> bool:
    return True


def main() -> None:
    for name in PRESETS:
        result = measured(name)
        plain = result["NumPy"][0]
        for who, (seconds, longest) in result.items():
            print(
                f"{name:<8}{who:<8}{1 / seconds:>12,.0f} steps a second{plain / seconds:>8.1f} x"
                f"{1000 * longest:>8.1f} ms the longest frame"
            )


if __name__ == "__main__":
    main()
