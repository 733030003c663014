"""Keeps what is open in a file of its own while it changes, for the case that the program is killed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from bpviz.qt.keeping.documents import Documents
from bpviz.qt.keeping.writer import Writer
from bpviz.qt.session import Session

if TYPE_CHECKING:
    from bpviz.document.autosave import Autosave

EVERY_MS = 5000


class Autosaving(QObject):
    """A few seconds after a change, be it an edit or training, all of it is written, beside the window.

    What a file of the person's own holds needs no other: saving removes it, and so does a good end.
    """

    kept = Signal()       # what was open some moments ago is there
    failed = Signal(str)  # it cannot be kept, and why; not said again before it went well once

    def __init__(
        self, session: Session, documents: Documents, parent: QObject | None = None, every: int = EVERY_MS
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._documents = documents
        self._autosave: Autosave | None = None
        self._trouble = self._ended = False
        self._writer = Writer(self)
        self._writer.failed.connect(self._fail)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(every)
        self._timer.timeout.connect(self.keep)
        session.step_changed.connect(self._wait)
        session.history_changed.connect(self._wait)
        documents.saved.connect(self._rest)

    def keep(self) -> None:
        """Write what is open now."""
        self._timer.stop()
        if self._writer.busy:  # a slow disk gets what comes after, not all that was between
            self._timer.start()
            return
        work = partial(self._file().write, self._session.snapshot(), self._documents.path)
        self._writer.add(work, self._note)

    def finish(self) -> None:
        """Write what has not been written yet, and wait for it: the program ends unasked."""
        changed = self._timer.isActive()
        self._writer.finish()
        if changed:
            self.keep()
            self._writer.finish()

    def end(self) -> None:
        """The session ended well: nothing stays behind, and nothing more is kept."""
        self._ended = True
        self._timer.stop()
        self._writer.finish()
        if self._autosave is not None:
            self._autosave.remove()

    def _file(self) -> Autosave:
        if self._autosave is None:
            from bpviz.document.autosave import Autosave

            self._autosave = Autosave()
        return self._autosave

    def _wait(self) -> None:
        if not (self._ended or self._timer.isActive()):
            self._timer.start()

    def _rest(self) -> None:
        """All is saved. What has changed since saving began is kept when its time comes."""
        if self._autosave is not None and not self._documents.modified:
            self._timer.stop()
            self._writer.add(self._autosave.remove, _nothing)

    def _note(self, _nothing: None) -> None:
        self._trouble = False
        self.kept.emit()

    def _fail(self, sentence: str) -> None:
        if not self._trouble:
            self._trouble = True
            self.failed.emit(f"What is open is not kept for the case of a crash: {sentence}")


def _nothing(_outcome: object) -> None:
    pass
