"""The real program while it is used: frames a second beside training, and the longest time without an answer.

python -m tests.benchmarks.bench_window drives it in a process of its own, without a screen, for two minutes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from bpviz.document.preset import load_preset, preset_names
from bpviz.engine.kernel import warm
from bpviz.explain.moment import Moment
from bpviz.explain.phase import score
from bpviz.qt.app import opened
from bpviz.qt.side_panel import PAGES
from bpviz.qt.window import MainWindow
from tests.benchmarks.line import Goal, Line
from tests.benchmarks.watchdog import Block, Watchdog

RUNNING = 3.0   # seconds of each preset at full speed
FRAMES = Goal(30, at_least=True)
SHARE = Goal(0.5, at_least=True)
BLOCK = Goal(50)
HERE = "--here"
Script = Iterator[float]  # does something, and yields the seconds to let pass


def lines() -> list[Line]:
    """Each preset and each page at full speed; then the longest block of each kind of use."""
    return lines_of("tests.benchmarks.bench_window")


def lines_of(module: str) -> list[Line]:
    """What a module finds that drives the window when it is called with HERE."""
    subprocess.run(warm.COMMAND, check=True)  # the kernel is compiled; the window has but to load it
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "OPENBLAS_NUM_THREADS": "1"}
    with tempfile.TemporaryDirectory(prefix="bpviz-settings-") as settings:
        ran = subprocess.run(
            [sys.executable, "-m", module, HERE],
            env=environment | {"XDG_CONFIG_HOME": settings, "BPVIZ_DATA_DIR": settings},
            stdout=subprocess.PIPE, check=True,
        )  # fmt: skip
    found = json.loads(ran.stdout)
    table = [line for name, figures in found["running"].items() for line in _running(name, figures)]
    return table + [_block(name, Block(**block)) for name, block in found["blocks"].items()]


def _running(name: str, f: dict[str, float]) -> list[Line]:
    group = f"Full speed, {name}"
    return [
        Line(group, "frames shown", f["frames"], "frames/s", FRAMES),
        Line(group, "share of the wall time that goes into training", f["training"], "", SHARE),
        Line(group, "steps taken", f["steps"], "steps/s"),
        Line(group, "epochs trained", f["epochs"], "epochs/s"),
    ]


def _block(name: str, block: Block) -> Line:
    wall = f"{1000 * block.wall:.0f} ms by the wall clock"
    return Line("Longest time without an answer", name, 1000 * block.worked, "ms", BLOCK, wall)


# -- in a process of its own --------------------------------------------------------------------------


@dataclass
class Count(QObject):
    """Counts what the canvas paints."""

    paints: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.paints += event.type() == QEvent.Type.Paint
        return False


class Drive:
    """Uses the window as a person would, and keeps what was measured."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        self.app, self.window = app, window
        self.watchdog, self.count = Watchdog(), Count()
        self.running: dict[str, dict[str, float]] = {}
        self.trained = 0.0
        self._advance = window.session.advance
        window.session.advance = self._counted  # type: ignore[method-assign]
        window.canvas.installEventFilter(self.count)
        self.watchdog.begin()
        self.go_on(self.everything())

    def go_on(self, script: Script) -> None:
        wait = next(script, None)
        if wait is None:
            self.window.close()
            self.app.quit()
        else:
            QTimer.singleShot(round(1000 * wait), lambda: self.go_on(script))

    def _counted(self, *arguments: float) -> bool:
        good = self._advance(*arguments)
        self.trained += self.window.session.trained
        return good

    # -- what is done -------------------------------------------------------------------------------

    def everything(self) -> Script:
        self.watchdog.watch("the start, until all is there")
        yield 1.5
        self.watchdog.watch("running toy while the kernel is loaded")
        self.window.player.set_speed(1.0)
        self.window.player.run()
        yield 6.0
        self.window.player.pause()
        yield from self.presets()
        yield from self.pages()
        yield from self.stepping()
        yield from self.scrubbing()
        yield from self.windows()
        yield from self.dressing()

    def presets(self) -> Script:
        for name in preset_names():
            self.watchdog.watch("opening a preset")
            self.window.open_preset(load_preset(name))
            yield 0.4
            yield from self.run(name)

    def pages(self) -> Script:
        self.window.open_preset(load_preset("spiral"))
        yield 0.4
        for page in PAGES[1:]:
            self.watchdog.watch("opening a page for the first time")
            self.window.show_page(page)
            yield 0.6
            yield from self.run("spiral", page)
        self.watchdog.watch("turning pages")
        for page in PAGES * 2:
            self.window.show_page(page)
            yield 0.2

    def run(self, name: str, page: str = PAGES[0]) -> Script:
        yield from self.run_as(f"{name}, page {page}")

    def run_as(self, told: str) -> Script:
        self.watchdog.watch(f"running {told}")
        player, trainer = self.window.player, self.window.session.trainer
        player.run()
        yield 0.3
        began, paints, trained, step = time.perf_counter(), self.count.paints, self.trained, trainer.step
        yield RUNNING
        wall, steps = time.perf_counter() - began, trainer.step - step
        self.running[told] = {
            "frames": (self.count.paints - paints) / wall,
            "training": (self.trained - trained) / wall,
            "steps": steps / wall,
            "epochs": steps / trainer.steps_per_epoch / wall,
        }
        player.pause()
        yield 0.2

    def stepping(self) -> Script:
        player = self.window.player
        for name in ("toy", "spiral", "digits"):
            self.watchdog.watch("opening a preset")
            self.window.open_preset(load_preset(name))
            yield 0.4
            self.watchdog.watch("stepping through phases and steps")
            for act in (player.next_phase, player.next_step, player.previous_phase, player.previous_step):
                for _ in range(6):
                    act()
                    yield 0.1

    def scrubbing(self) -> Script:
        window, player = self.window, self.window.player
        for name in ("toy", "spiral", "digits"):
            window.open_preset(load_preset(name))
            yield 0.4
            yield from self.run(name, window.side.shown)
            self.watchdog.watch("scrubbing the timeline")
            last = len(score(window.session.network.depth)) - 1
            for k in range(40):
                player.seek(Moment(round(last * k / 40), 0.5))
                yield 0.02
            self.watchdog.watch("scrubbing the run")
            reached = window.session.trainer.reached
            for k in range(40):
                player.seek_step(reached * (k * 17 % 40) // 40)
                yield 0.03

    def windows(self) -> Script:
        """Gallery, playground, shortcuts: opened and closed."""
        for name in ("gallery", "playground", "shortcuts"):
            self.watchdog.watch(f"opening the {name}")
            getattr(self.window, f"show_{name}")()
            yield 1.2
            for dialog in self.window.findChildren(QDialog):
                dialog.close()
            yield 0.2

    def dressing(self) -> Script:
        self.watchdog.watch("changing the theme")
        for _ in range(4):
            self.window.theme.cycle()
            yield 0.4
        self.watchdog.watch("resizing the window")
        for k in range(20):
            self.window.resize(1280 - 12 * k, 800 - 6 * k)
            yield 0.03
        yield 0.3


def measured(kind: type[Drive]) -> dict[str, object]:
    app, window = opened(load_preset("toy"))
    drive = kind(app, window)
    app.exec()
    blocks = {name: asdict(block) for name, block in drive.watchdog.longest.items() if name}
    return {"running": drive.running, "blocks": blocks}


def main(kind: type[Drive], module: str) -> None:
    if HERE in sys.argv:
        print(json.dumps(measured(kind)))
        return
    for line in lines_of(module):
        figures = f"{line.measured:>12,.2f} {line.unit:<9}{line.goal_text:<16}{line.verdict:<12}{line.beside}"
        print(f"{line.group}: {line.what:<60}{figures}")


if __name__ == "__main__":
    main(Drive, "tests.benchmarks.bench_window")
