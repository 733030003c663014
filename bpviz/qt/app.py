"""Starts the program: one application, its theme, one window."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from bpviz.document.preset import Preset
from bpviz.qt.theme import STYLE, Theme, icon
from bpviz.qt.window import MainWindow

if TYPE_CHECKING:
    from bpviz.document.snapshot import Snapshot

SIGNALLED = 128  # and the number of the signal: the exit code of a program that one has ended


def run(source: Preset | Snapshot, path: Path | None = None) -> int:
    """Open the window on a preset or a document and stay until it is closed; the exit code of the program.

    path: of the document. Who is made to end keeps what is open for the next start.
    """
    app, window = opened(source, path)
    code = app.exec()
    if code > SIGNALLED:
        window.filing.autosaving.finish()
    return code


def opened(source: Preset | Snapshot, path: Path | None = None) -> tuple[QApplication, MainWindow]:
    """All of the program but its event loop."""
    app = QApplication(["bpviz", *STYLE])  # the name that taskbars show
    app.setApplicationName("bpviz")
    app.setDesktopFileName("bpviz")
    theme = Theme(app)
    theme.set_mode(str(QSettings("bpviz", "bpviz").value("theme", "system")))
    window = MainWindow(source, theme, path)
    window.keep_within(app.primaryScreen().availableSize())
    window.show()
    _leave_on_interrupt(app)
    window.afterwards.done.connect(partial(_settle, app, window))
    return app, window


def _settle(app: QApplication, window: MainWindow) -> None:
    """All that is seen is there. Garbage is looked for among what comes from now on: to look at all that was
    loaded would stop the window for 50 ms, and find nothing."""
    gc.freeze()
    gc.enable()
    app.setWindowIcon(icon("bpviz", window.theme.palette.ink, 64))
    _share_undo(app, window)
    _train_by_kernel(app, window)


def _share_undo(app: QApplication, window: MainWindow) -> None:
    from bpviz.qt.keeping.field_undo import FieldUndo

    FieldUndo(app, window)


def _train_by_kernel(app: QApplication, window: MainWindow) -> None:
    """As soon as it is ready, which it is made only behind a window that someone looks at."""
    from bpviz.qt.kernel_loader import KernelLoader

    loader = KernelLoader(parent=app)
    window.session.use_kernel(loader.is_loaded)
    app.aboutToQuit.connect(loader.stop)
    loader.begin()


def _leave_on_interrupt(app: QApplication) -> None:
    """Ctrl-C in the terminal, or the system as it shuts down, closes the program unasked. Python sees signals
    only between two of its own instructions, so a slow timer gives it the occasion while Qt waits."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leaver(app))
    occasion = QTimer(app)
    occasion.timeout.connect(_nothing)
    occasion.start(200)


def _leaver(app: QApplication) -> Callable[[int, FrameType | None], None]:
    def leave(number: int, _frame: FrameType | None) -> None:
        app.exit(SIGNALLED + number)

    return leave


def _nothing() -> None:
    pass
