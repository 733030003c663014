"""What the window's first picture waits for, and what comes behind it. Each start is its own process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset, preset_names
from bpviz.qt.side_panel import PAGES
from bpviz.qt.theme import Theme
from bpviz.qt.window import MainWindow

Told = dict[str, Any]
Start = tuple[Told, Told]

_PROGRAM = """
import json, os, sys
from contextlib import contextmanager
from bpviz import cli
from bpviz.commands import window as command
usual = command.qt_loaded

def tell(window):
    frames = {name: getattr(window, name).geometry().getRect() for name in (
        "setup_frame", "canvas_frame", "plot_frame", "side_frame", "transport_frame", "top_bar", "canvas")}
    return {"modules": sorted(sys.modules), "frames": frames, "left": window.afterwards.left}

@contextmanager
def watched():
    from PySide6.QtCore import QTimer
    with usual():
        from bpviz.qt import app
        class Watched(app.MainWindow):
            def showEvent(self, event):
                super().showEvent(event)
                paint = self.canvas.paintEvent
                def painted(event):
                    paint(event)
                    self.canvas.paintEvent = paint
                    told.append(tell(self))
                self.canvas.paintEvent = painted
                self.afterwards.done.connect(lambda: QTimer.singleShot(0, self.end))
            def end(self):
                told.append(tell(self))
                print(json.dumps(told), flush=True)
                os._exit(0)
        app.MainWindow = Watched
        yield

told = []
command.qt_loaded = watched
cli.main([])
"""


@pytest.fixture(scope="module")
def start() -> Start:
    """What is so when the network has first been painted, and when all is there."""
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", _PROGRAM]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    first, last = json.loads(ran.stdout)
    return first, last


LATE = (
    "pyqtgraph", "bpviz.qt.plots.chart", "bpviz.qt.plots.page",
    "numba", "llvmlite", "ziamath", "ziafont", "numpy.random", "html", "socket",
    "bpviz.qt.gallery", "bpviz.qt.kernel_loader", "bpviz.qt.equations.equations_panel",
    "bpviz.qt.inspector", "bpviz.qt.plots.cost.cost_plot", "bpviz.commands.render", "bpviz.commands.train",
    "hashlib", "difflib", "bpviz.engine.kernel", "bpviz.document.csv_file",
    "bpviz.document.storage", "bpviz.document.autosave", "bpviz.document.weights", "bpviz.document.snapshot",
    "bpviz.document.editing", "bpviz.qt.data.data_window", "bpviz.qt.keeping.questions", "safetensors",
    "bpviz.qt.keeping.field_undo", "bpviz.explain.sentence.update",
)  # fmt: skip
MOST_MODULES = 156  # of the program's own; each takes 0.2 ms, and a class of its own 0.1 to 0.3 more


@pytest.mark.parametrize("module", LATE)
def test_the_first_picture_does_without(start: Start, module: str) -> None:
    assert module not in start[0]["modules"]


def test_the_first_picture_needs_few_modules(start: Start) -> None:
    """Where one more is needed at once, another may be imported later."""
    own = [name for name in start[0]["modules"] if name.partition(".")[0] == "bpviz"]
    assert len(own) <= MOST_MODULES


def test_behind_it_comes_what_is_seen_and_what_may_be_opened(
    start: Start
) -> None:
    first, last = start
    assert first["left"] and not last["left"]
    for module in ("bpviz.qt.plots.cost.cost_plot", "bpviz.qt.equations.equations_panel", "bpviz.qt.gallery"):
        assert module in last["modules"]
    assert "numba" not in last["modules"]


def test_no_panel_moves_when_the_others_are_filled(
    start: Start
) -> None:
    assert start[0]["frames"] == start[1]["frames"]


# -- the filled window --------------------------------------------------------------------------------


class Paints(QObject):
    """Counts what is painted, by the kind of widget."""

    def __init__(self) -> None:
        super().__init__()
        self.counted: Counter[str] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.counted[type(watched).__name__] += 1
        return False


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(load_preset("spiral"), Theme(qapp))
    window.show()
    qtbot.waitUntil(lambda: window.afterwards.left == 0, timeout=20_000)
    yield window
    window.close()
    window.deleteLater()


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_painted_while_nothing_changes(
    qapp: QApplication, qtbot: QtBot, window: MainWindow, page: str
) -> None:
    window.show_page(page)
    quiet = 0

    def settled() -> bool:
        """What is typeset in slices comes in by and by, by timers."""
        nonlocal quiet
        busy = paints.counted or any(timer.isActive() for timer in window.findChildren(QTimer))
        quiet = 0 if busy else quiet + 1
        paints.counted.clear()
        return quiet > 20

    paints = Paints()
    qapp.installEventFilter(paints)
    qtbot.waitUntil(settled, timeout=20_000)
    for _ in range(200):
        qapp.processEvents()
    qapp.removeEventFilter(paints)
    assert not paints.counted


def test_the_list_of_presets_shows_the_open_one_before_and_after_it_is_filled(
    qapp: QApplication, qtbot: QtBot
) -> None:
    window = MainWindow(load_preset("spiral"), Theme(qapp))
    box = window.top_bar._presets
    assert (box.currentText(), box.count()) == ("Two spirals", 1)
    window.show()
    qtbot.waitUntil(lambda: window.afterwards.left == 0, timeout=20_000)
    assert (box.currentText(), box.count()) == ("Two spirals", len(preset_names()))
    window.close()
    window.deleteLater()


def test_the_tab_key_goes_through_the_panels_as_they_stand(window: MainWindow) -> None:
    """Though most are made late: top bar, set-up, network, plots, equations, transport."""
    panels = [
        window.top_bar, window.setup_frame, window.canvas, window.plot_frame, window.side_frame,
        window.transport_frame,
    ]  # fmt: skip
    met: list[QWidget] = [panels[0]]
    widget = window.nextInFocusChain()
    while widget is not window:
        owners = [panel for panel in panels if panel is widget or panel.isAncestorOf(widget)]
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and owners and met[-1] is not owners[0]:
            met.append(owners[0])
        widget = widget.nextInFocusChain()
    assert met == panels
