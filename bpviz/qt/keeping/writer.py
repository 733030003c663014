"""Work that ends in a file or a long text: in a thread, one after another, and none of it given up."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from bpviz.document.blocks import Cancel, Progress
from bpviz.document.errors import DocumentError
from bpviz.qt.data.job import Job


@dataclass(frozen=True, slots=True)
class _Task:
    work: Callable[[], object]
    then: Callable[[Any], object]

    def __call__(self, _progress: Progress, _cancelled: Cancel) -> _Outcome:
        try:
            return _Outcome(self.work())
        except Exception as error:  # raised again, or told, among the events of the window
            return _Outcome(error=error)


@dataclass(frozen=True, slots=True)
class _Outcome:
    value: object = None
    error: Exception | None = None


class Writer(QObject):
    """The work touches nothing of Qt; what follows it, by its outcome, is done in the window's thread."""

    failed = Signal(str)  # why something could not be done, in a sentence; what waits goes on

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[_Task] = deque()
        self._present: _Task | None = None
        self._job = Job(self)
        self._job.done.connect(self._finish_one)

    @property
    def busy(self) -> bool:
        return self._present is not None

    def add(self, work: Callable[[], object], then: Callable[[Any], object]) -> None:
        """Do this when all that was asked for before is done."""
        self._waiting.append(_Task(work, then))
        if not self.busy:
            self._begin_next()

    def finish(self) -> None:
        """Wait until nothing is left to be done."""
        while self.busy:
            self._job.finish()

    def _begin_next(self) -> None:
        self._present = self._waiting.popleft() if self._waiting else None
        if self._present is not None:
            self._job.start(self._present)

    def _finish_one(self, outcome: _Outcome) -> None:
        task, error = self._present, outcome.error
        self._begin_next()
        if isinstance(error, DocumentError):
            self.failed.emit(str(error))
        elif isinstance(error, MemoryError):
            self.failed.emit("There is not enough memory to write this.")
        elif error is not None:
            raise error
        elif task is not None:
            task.then(outcome.value)
