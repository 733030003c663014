"""Starts a window and leaves at once when it has been painted; its parent measures how long that took.

python -m tests.benchmarks.first_paint bpviz [ARGUMENTS]   the real command
python -m tests.benchmarks.first_paint bare                a window of Qt's own, with NumPy imported
python -m tests.benchmarks.first_paint filled              the real command, until all panels are there
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_BEFORE_OTHERS = 1  # Qt.EventPriority.HighEventPriority


def bare() -> None:
    import numpy  # noqa: F401
    from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

    app = QApplication([])
    window, inside = QMainWindow(), QWidget()
    window.setCentralWidget(inside)
    window.resize(1280, 800)
    leave_when_painted(inside)
    window.show()
    app.exec()


def bpviz(arguments: list[str], filled: bool = False) -> None:
    from bpviz import cli
    from bpviz.commands import window as command

    usual = command.qt_loaded

    @contextmanager
    def watched() -> Iterator[None]:
        with usual():
            _watch(filled)
            yield

    command.qt_loaded = watched
    cli.main(arguments)


def _watch(filled: bool) -> None:
    """The program is to make windows that are watched. It imports the same modules as without."""
    from bpviz.qt import app

    class Watched(app.MainWindow):
        def showEvent(self, event: Any) -> None:
            super().showEvent(event)
            if filled:
                self.afterwards.done.connect(leave)
            else:
                leave_when_painted(self.canvas)

    app.MainWindow = Watched  # type: ignore[misc]


def leave_when_painted(widget: Any) -> None:
    """All of a window is painted in one go, behind which the next event comes."""
    from PySide6.QtCore import QCoreApplication, QEvent, QObject

    class Leaver(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), _BEFORE_OTHERS)
            return False

        def event(self, event: QEvent) -> bool:
            if event.type() == QEvent.Type.User:
                leave()
            return super().event(event)

    leaver = Leaver(widget)
    widget.installEventFilter(leaver)


def leave() -> None:
    """Without Qt's farewell, which takes its own time."""
    os._exit(0)


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "bare":
        bare()
    else:
        bpviz(rest, filled=what == "filled")
