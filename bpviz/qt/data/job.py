"""One piece of work at a time in a thread, its outcome brought back among the events of the window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from threading import Event, Thread

from PySide6.QtCore import QObject, QTimer, Signal

from bpviz.document.blocks import Cancel, Progress
from bpviz.document.errors import DocumentError

_LOOK_MS = 15
_SWITCH = 0.0005  # seconds after which a thread yields: the window paints in many short turns

Work = Callable[[Progress, Cancel], object]


class Job(QObject):
    """Starting anew gives up what was begun before: only the newest work is heard of.

    The work is called in the thread with a Progress and a Cancel, and touches nothing of Qt.
    """

    progressed = Signal(float)  # share done, 0 to 1
    done = Signal(object)       # what the work returned
    failed = Signal(str)        # why it cannot be done, in a sentence

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._task: _Task | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def running(self) -> bool:
        return self._task is not None

    @property
    def worker(self) -> Thread | None:
        """Where the present work is done."""
        return None if self._task is None else self._task.thread

    def start(self, work: Work) -> None:
        self.stop()
        self._task = _Task(work)
        self._task.thread.start()
        self._timer.start()

    def stop(self) -> None:
        """Give up: the thread ends when it next asks, and nothing more is heard of it."""
        self._timer.stop()
        if self._task is not None:
            self._task.cancelled.set()
            self._task = None

    def finish(self) -> None:
        """Wait for the present work, and bring its outcome now."""
        if self._task is not None:
            self._task.thread.join()
            self._look()

    def _look(self) -> None:
        task = self._task
        if task is None:
            return
        if task.thread.is_alive():
            self.progressed.emit(task.share)
            return
        self.stop()
        if task.error is None:
            self.done.emit(task.outcome)
        else:
            self.failed.emit(_sentence(task.error))


class _Task:
    """What thread and window share: plain values, each written by one of them."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.cancelled = Event()
        self.share = 0.0
        self.outcome: object = None
        self.error: Exception | None = None
        self.thread = Thread(target=self._run, name="data", daemon=True)

    def _run(self) -> None:
        usual = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH)
        try:
            self.outcome = self._work(self._note, self.cancelled.is_set)
        except Exception as error:  # told in the window, where the unexpected is raised again
            self.error = error
        finally:
            sys.setswitchinterval(usual)

    def _note(self, share: float) -> None:
        self.share = share


def _sentence(error: Exception) -> str:
    if isinstance(error, DocumentError):
        return str(error)
    if isinstance(error, MemoryError):
        return "There is not enough memory for this file."
    raise error
