"""How soon the window is there, beside a bare one of Qt's, and how soon another preset is open.

python -m tests.benchmarks.bench_start prints both. Every start is a process of its own; they take turns.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import permutations
from statistics import median

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from bpviz.document.preset import load_preset, preset_names
from bpviz.qt.app import opened
from bpviz.qt.side_panel import PAGES
from bpviz.qt.window import MainWindow
from tests.benchmarks.line import Goal, Line

TURNS = 12
START = Goal(1.6)
OPENING = Goal(150)
SETTLING = 0.1   # seconds between two openings
_HERE = "--here"
_DISPLAY = ":94"
Environment = dict[str, str]
Times = tuple[float, float]  # seconds by the wall clock, and of the processor's time


def lines() -> list[Line]:
    with clean_environment() as environment:
        table = starting("without a screen", environment | {"QT_QPA_PLATFORM": "offscreen"})
        with x_server() as display:
            if display:
                table += starting("on X11", environment | {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display})
        return table + opening(environment | {"QT_QPA_PLATFORM": "offscreen"})


# -- starting -----------------------------------------------------------------------------------------


def starting(where: str, environment: Environment) -> list[Line]:
    """Medians. The ratio is that of two starts which followed each other."""
    times: dict[str, list[Times]] = {"bare": [], "bpviz": [], "filled": []}
    for turn in range(TURNS + 1):  # the first writes the byte code, and fills the caches of files
        for what, measured in times.items():
            taken = time_to_start(what, environment)
            if turn:
                measured.append(taken)
    pairs = list(zip(times["bpviz"], times["bare"], strict=True))
    wall, worked = (median(ours[k] / bare[k] for ours, bare in pairs) for k in range(2))
    bare, painted, filled = (1000 * median(taken[0] for taken in times[what]) for what in times)
    group = f"Start, {where}"
    return [
        Line(group, "a bare window of Qt's with NumPy imported", bare, "ms"),
        Line(group, "from the command to the first painted window", painted, "ms"),
        Line(group, "the same", wall, "x", START, f"the bare window; of the processor's time {worked:.2f} x"),
        Line(group, "from the command until all panels are there", filled, "ms"),
    ]


def time_to_start(what: str, environment: Environment) -> Times:
    began, worked = time.perf_counter(), _worked_by_children()
    command = [sys.executable, "-m", "tests.benchmarks.first_paint", what]
    subprocess.run(command, env=environment, check=True)  # with a timeout it would look every 50 ms only
    return time.perf_counter() - began, _worked_by_children() - worked


def _worked_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def clean_environment() -> Iterator[Environment]:
    """Settings as on the first day, and byte code kept, as it is where the program is installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory(prefix="bpviz-bench-") as folder:
        yield kept | {
            "XDG_CONFIG_HOME": folder, "BPVIZ_DATA_DIR": f"{folder}/data",
            "PYTHONPYCACHEPREFIX": f"{folder}/bytecode", "OPENBLAS_NUM_THREADS": "1",
        }  # fmt: skip


@contextmanager
def x_server() -> Iterator[str]:
    """A display of our own, or "" where there is none to be had."""
    program = shutil.which("Xvfb")
    if program is None:
        yield ""
        return
    command = [program, _DISPLAY, "-screen", "0", "1280x800x24"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1.0)
    try:
        yield _DISPLAY if server.poll() is None else ""
    finally:
        server.terminate()
        server.wait()


# -- opening ------------------------------------------------------------------------------------------


def opening(environment: Environment) -> list[Line]:
    """The longest from the call to the painted window: each preset from each other, then each page open.

    Measured is the work, which other programs on the machine do not lengthen.
    """
    ran = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_start", _HERE],
        env=environment, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    found: dict[str, list[Times]] = json.loads(ran.stdout)
    every = [taken for times in found.values() for taken in times]
    named = {f"{name}, longest of {len(times)}": times for name, times in found.items()}
    return [_opening(name, times) for name, times in (named | {"longest of all": every}).items()]


def _opening(name: str, times: list[Times]) -> Line:
    wall, worked = max(times, key=lambda taken: taken[1])
    beside = f"{1000 * wall:.0f} ms by the wall clock"
    return Line("Opening a preset", name, 1000 * worked, "ms", OPENING, beside)


class Paints(QObject):
    """Counts what the canvas paints."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def measured() -> dict[str, list[Times]]:
    """In a process of its own."""
    app, window = opened(load_preset("toy"))
    paints = Paints()
    window.canvas.installEventFilter(paints)
    settle(app, 2.0)
    names = preset_names()
    found: dict[str, list[Times]] = {name: [] for name in names}
    for before, name in permutations(names, 2):
        if window.session.preset.name != before:
            time_to_open(app, window, paints, before)
        found[name].append(time_to_open(app, window, paints, name))
    for page in PAGES:
        window.show_page(page)
        for name in ("spiral", "digits"):
            time_to_open(app, window, paints, "toy")
            found[f"{name}, page {page}"] = [time_to_open(app, window, paints, name)]
    window.close()
    return found


def time_to_open(app: QApplication, window: MainWindow, paints: Paints, name: str) -> Times:
    settle(app, SETTLING)
    before, began, worked = paints.count, time.perf_counter(), time.process_time()
    window.open_preset(load_preset(name))
    while paints.count == before:
        app.processEvents()
    return time.perf_counter() - began, time.process_time() - worked


def settle(app: QApplication, seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        app.processEvents()
        time.sleep(0.001)


def main() -> None:
    if _HERE in sys.argv:
        print(json.dumps(measured()))
        return
    for line in lines():
        figures = f"{line.measured:>10,.2f} {line.unit:<4}{line.goal_text:<12}{line.verdict:<12}{line.beside}"
        print(f"{line.group}: {line.what:<60}{figures}")


if __name__ == "__main__":
    main()
