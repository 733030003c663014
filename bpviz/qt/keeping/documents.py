"""The open document: where it lies, whether all of it is there, and how it is saved, opened and shared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from PySide6.QtCore import QObject, Signal

from bpviz.document.errors import DocumentError
from bpviz.document.preset import Preset
from bpviz.engine.errors import EngineError
from bpviz.engine.network import Network, Parameters
from bpviz.qt.data.job import Job
from bpviz.qt.keeping.home import Home, Mark, mark_of
from bpviz.qt.keeping.recent import add_recent
from bpviz.qt.keeping.writer import Writer
from bpviz.qt.session import Session

if TYPE_CHECKING:
    from bpviz.document.snapshot import Snapshot

NO_TEXT = "There is no experiment on the clipboard: copy one as text first, here or in another bpviz."


class Documents(QObject):
    """Files are read and written beside the window; what is open changes only when all of it has been read.

    The storage is imported by who first needs it, in the window's thread: PySide may crash where two threads
    import at once.
    """

    changed = Signal()       # another document or path, or whether there is something to be saved
    opening = Signal()       # the session is about to be another
    opened = Signal()        # it is
    saved = Signal()         # a file holds what was open when saving began
    copied = Signal(str)     # the document as text
    exported = Signal(object)  # the path that holds the weights now
    failed = Signal(str)     # what could not be done, and why, in a sentence

    def __init__(self, session: Session, path: Path | None = None, parent: QObject | None = None) -> None:
        """path: of the document that the session began with, if it came from one."""
        super().__init__(parent)
        self._session = session
        self._homes: WeakSet[Home] = WeakSet()
        session.home = self._new_home(path)
        self._told: tuple[str, bool] | None = None
        self._then: Callable[[Any], None] = self._take_nothing
        self._reader = Job(self)
        self._reader.done.connect(self._read)
        self._reader.failed.connect(self.failed)
        self._writer = Writer(self)
        self._writer.failed.connect(self.failed)
        session.step_changed.connect(self._look)
        session.history_changed.connect(self._look)
        self._look()

    # -- what is open ------------------------------------------------------------------------

    @property
    def path(self) -> Path | None:
        """Where the open document was saved or opened, if it was."""
        return self._home.path

    @property
    def name(self) -> str:
        """That of its file, or else the title of the experiment."""
        return self._session.preset.title if self.path is None else self.path.name

    @property
    def modified(self) -> bool:
        """Whether closing would lose an edit; for a document with a file, also what was trained since."""
        return self._home.differs(self._mark)

    # -- saving and sharing ------------------------------------------------------------------

    def save(self, path: Path) -> None:
        """Write the document as it is now to this file, which it has from then on."""
        from bpviz.document.storage import write_document

        kept = partial(self._keep, self._home, path, self._mark)
        self._writer.add(partial(write_document, path, self._session.snapshot()), kept)

    def copy(self) -> None:
        """Make the whole document one text, and hand it out by `copied`."""
        from bpviz.document.storage import document_text

        self._writer.add(partial(document_text, self._session.snapshot()), self.copied.emit)

    def export_weights(self, path: Path) -> None:
        from bpviz.document.weights import write_weights

        _import_format(path)
        parameters = self._session.trainer.parameters
        work = partial(write_weights, path, self._session.network, parameters)
        self._writer.add(work, partial(self._say_exported, path))

    def finish(self) -> None:
        """Wait until everything that was to be written is written, or has failed."""
        self._writer.finish()

    # -- opening -----------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Open what this file holds, a document or a preset. It can be undone."""
        from bpviz.document.storage import open_file

        self._begin(partial(open_file, path), partial(self._take_file, path))

    def open_preset(self, preset: Preset) -> None:
        """Open an experiment without a run. It can be undone."""
        self._reader.stop()
        self._enter(partial(self._session.open_preset, preset, self._new_home()))

    def paste(self, text: str) -> None:
        """Open the document that a text holds. It can be undone."""
        from bpviz.document.storage import read_text

        if "{" not in text:
            self.failed.emit(NO_TEXT)
            return
        self._begin(partial(read_text, text), self._take_text)

    def restore(self, snapshot: Snapshot, path: Path | None) -> bool:
        """Go on with what was left behind; it counts as not saved. It can be undone."""
        whole = replace(snapshot, home=self._new_home(path, saved=False))
        name = f"restore {snapshot.preset.title}"
        return self._enter(partial(self._session.open_snapshot, name, whole))

    def import_weights(self, path: Path) -> None:
        """Go on from the weights and biases in this file. It can be undone."""
        from bpviz.document.weights import read_weights

        _import_format(path)
        network = self._session.network
        self._begin(partial(read_weights, path, network), partial(self._take_weights, path, network))

    # -- within ------------------------------------------------------------------------------

    @property
    def _home(self) -> Home:
        """Of the open document; one that another than this opened has none yet."""
        if not isinstance(self._session.home, Home):
            self._session.home = self._new_home()
        return self._session.home

    def _new_home(self, path: Path | None = None, saved: bool = True) -> Home:
        home = Home(path, saved)
        self._homes.add(home)
        return home

    @property
    def _mark(self) -> Mark:
        return mark_of(self._session.preset, self._session.trainer, self._session.runs)

    def _look(self) -> None:
        """Hear of the session's changes, and say what they change here."""
        self._home.begin(self._mark)
        told = (self.name, self.modified)
        if told != self._told:
            self._told = told
            self.changed.emit()

    def _keep(self, home: Home, path: Path, mark: Mark, _nothing: None) -> None:
        for other in self._homes:  # those that undo leads to
            other.lose(path)
        home.keep(path, mark)
        add_recent(path)
        self._look()
        self.saved.emit()

    def _say_exported(self, path: Path, _nothing: None) -> None:
        self.exported.emit(path)

    def _begin(self, work: Callable[[], object], then: Callable[[Any], None]) -> None:
        """Read something; what was being read before is not waited for any more."""
        self._then = then
        self._reader.start(lambda _progress, _cancelled: work())

    def _read(self, outcome: object) -> None:
        then, self._then = self._then, self._take_nothing
        then(outcome)

    def _take_nothing(self, _outcome: object) -> None:
        pass

    def _take_file(self, path: Path, read: Preset | Snapshot) -> None:
        if isinstance(read, Preset):
            entered = self._enter(partial(self._session.open_preset, read, self._new_home()))
        else:
            whole = replace(read, home=self._new_home(path))
            entered = self._enter(partial(self._session.open_snapshot, f"open {path.name}", whole))
        if entered:
            add_recent(path)

    def _take_text(self, snapshot: Snapshot) -> None:
        whole = replace(snapshot, home=self._new_home(saved=False))
        self._enter(partial(self._session.open_snapshot, f"paste {snapshot.preset.title}", whole))

    def _take_weights(self, path: Path, network: Network, parameters: Parameters) -> None:
        if self._session.network != network:  # changed while they were read
            self.import_weights(path)
            return
        self._enter(partial(self._session.set_parameters, "import weights", parameters))

    def _enter(self, act: Callable[[], None]) -> bool:
        """Let the session be another; whether it is. Where it refuses, it is as before, and says why."""
        self.opening.emit()
        try:
            act()
        except (DocumentError, EngineError) as error:
            self.failed.emit(str(error))
            return False
        self.opened.emit()
        return True


def _import_format(path: Path) -> None:
    """What the reading and writing of such a file would import in a thread otherwise."""
    if path.suffix.lower() == ".safetensors":
        import_module("safetensors.numpy")
