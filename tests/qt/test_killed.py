"""The real program as a process of its own: worked with, killed, and started again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_PROGRAM = """
import json, sys
from contextlib import contextmanager
from bpviz import cli
from bpviz.commands import window as command
usual, mode = command.qt_loaded, sys.argv[1]

def tell(**facts):
    print(json.dumps(facts), flush=True)

@contextmanager
def driven():
    from PySide6.QtCore import QTimer
    with usual():
        from bpviz.qt import app
        class Driven(app.MainWindow):
            def __init__(self, *about):
                super().__init__(*about)
                self.afterwards.done.connect(self.begin)
                self.filing.autosaving._timer.setInterval(50)

            def begin(self):
                if mode == "restore":
                    self.filing.recovery._reader.finish()
                    tell(offered=self.restore_bar.text)
                    self.restore_bar.restore_button.click()
                    from bpviz.document.storage import document_text
                    tell(text=document_text(self.session.snapshot()), title=self.windowTitle())
                    self.filing.autosaving._writer.finish()
                    from bpviz.qt.keeping import questions
                    questions.about_changes = lambda parent, name: questions.Answer.LEAVE
                    self.close()
                    return
                from bpviz.document.editing import add_unit
                self.session.apply(add_unit(self.session.experiment, 0))
                self.filing.autosaving.kept.connect(self.say)
                self.timer = QTimer(self)
                self.timer.timeout.connect(self.train)
                self.timer.start(1)

            def train(self):
                self.session.advance(1)

            def say(self):
                tell(kept=self.session.trainer.step)
        app.MainWindow = Driven
        yield

command.qt_loaded = driven
sys.exit(cli.main(sys.argv[2:]))
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bpviz-killed-") as name:
        yield Path(name)


@contextmanager
def started(folder: Path, mode: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    own = {"BPVIZ_DATA_DIR": str(folder), "XDG_CONFIG_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-W", "ignore", "-c", _PROGRAM, mode, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | own) as process:
        try:
            yield process
        finally:
            process.kill()


def told(process: subprocess.Popen[str]) -> dict[str, object]:
    assert process.stdout is not None
    facts: dict[str, object] = json.loads(process.stdout.readline())
    return facts


def left(folder: Path) -> list[str]:
    """The documents that are kept there."""
    kept = (folder / "autosave").glob("*.bpviz")
    return [path.read_text("utf-8").partition("\n")[2] for path in kept]


def test_a_program_killed_at_work_loses_nothing_that_was_kept_and_gives_it_back_to_the_bit(
    folder: Path
) -> None:
    with started(folder, "work", "spiral") as process:
        steps = [told(process)["kept"] for _ in range(3)]
        process.send_signal(signal.SIGKILL)
        assert process.wait(20) == -signal.SIGKILL
    (kept,) = left(folder)
    step = json.loads(kept)["run"]["step"]
    assert step >= steps[1], "the last or, killed while it was written, the one before"
    with started(folder, "restore", "toy") as process:
        offered, restored = told(process), told(process)
        assert process.wait(20) == 0
    assert str(offered["offered"]).startswith(f"bpviz ended unexpectedly. Kept: Two spirals, step {step:,}, ")
    assert restored["text"] == kept
    assert left(folder) == [], "it ended well now"


def test_a_program_that_the_system_ends_does_not_ask_but_leaves_its_last_state(folder: Path) -> None:
    with started(folder, "work", "xor") as process:
        step = told(process)["kept"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 128 + signal.SIGTERM
    (kept,) = left(folder)
    assert json.loads(kept)["run"]["step"] >= step
