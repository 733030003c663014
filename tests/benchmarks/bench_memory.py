"""How much memory a run of a million steps takes above that of the idle window.

Each preset runs in a window of its own process, offscreen, at full speed, with every plot and panel that is
open at the start. python -m tests.benchmarks.bench_memory prints its lines.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.line import Goal, Line

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from bpviz.qt.window import MainWindow

PRESETS = ("spiral", "xor", "digits")
STEPS = 1_000_000
LONGEST = 150.0   # seconds for a preset, after which the steps that were made have to do
SETTLED = 3.0     # seconds that the idle window is left alone
_FRAME = 0.008    # seconds of training between two frames
GROUP = "Memory"
_HERE = Path(__file__).resolve().parents[2]


def lines() -> list[Line]:
    return [line_of(name) for name in PRESETS]


def line_of(name: str) -> Line:
    seen = measured(name)
    who = "the kernel" if seen["kernel"] else "NumPy"
    what = f"{name}: {seen['steps']:,} steps by {who} above an idle window of {seen['idle']:.0f} MB"
    return Line(GROUP, what, seen["running"] - seen["idle"], "MB", Goal(150))


def measured(name: str) -> dict[str, float]:
    """In megabytes, both after the same settling; and the steps that were made."""
    with tempfile.TemporaryDirectory() as settings:
        own = {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": settings, "BPVIZ_DATA_DIR": settings}
        command = [sys.executable, "-m", "tests.benchmarks.bench_memory", name]
        ran = subprocess.run(
            command, cwd=_HERE, env=os.environ | own, check=True, stdout=subprocess.PIPE, text=True
        )
    seen: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return seen


def resident() -> float:
    """Megabytes of this process that are in memory; where nobody tells, the most there ever were."""
    status = Path("/proc/self/status")
    if status.exists():
        (told,) = (line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(told.split()[1]) / 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def child(name: str) -> None:
    from PySide6.QtWidgets import QApplication

    from bpviz.document.preset import load_preset
    from bpviz.qt.theme import Theme
    from bpviz.qt.window import MainWindow

    app = QApplication(["bpviz"])
    window = MainWindow(load_preset(name), Theme(app))
    window.resize(1280, 800)
    window.show()
    kernel = with_kernel(window)
    settle(app)
    idle = resident()
    steps = run(app, window)
    settle(app)
    print(json.dumps({"idle": idle, "running": resident(), "steps": steps, "kernel": kernel}))
    sys.stdout.flush()
    os._exit(0)  # nothing is left to be measured


def with_kernel(window: MainWindow) -> bool:
    """Compile and load what trains, if it can be had, before the idle window is measured."""
    from bpviz.engine.kernel import cache
    from bpviz.engine.kernel.trial import try_out

    if not cache.is_installed():
        return False
    try_out()
    window.session.use_kernel(lambda: True)
    return True


def run(app: QApplication, window: MainWindow) -> int:
    """At full speed, frame by frame."""
    until = time.perf_counter() + LONGEST
    trainer = window.session.trainer
    while trainer.step < STEPS and time.perf_counter() < until:
        assert window.session.advance(None, _FRAME)
        app.processEvents()
    return trainer.step


def settle(app: QApplication) -> None:
    until = time.perf_counter() + SETTLED
    while time.perf_counter() < until:
        app.processEvents()
        time.sleep(0.005)


def main() -> None:
    for line in lines():
        print(f"{line.what:<76}{line.measured:>8.1f} MB {line.goal_text:>12}  {line.verdict}", flush=True)


if __name__ == "__main__":
    child(sys.argv[1]) if len(sys.argv) > 1 else main()
