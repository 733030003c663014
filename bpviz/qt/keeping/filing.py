"""What a person can do with documents: the acts of the top bar, the shortcuts, dropping and closing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from bpviz.qt.keeping.autosaving import Autosaving
from bpviz.qt.keeping.documents import Documents
from bpviz.qt.keeping.recent import last_folder
from bpviz.qt.keeping.recovery import Recovery
from bpviz.qt.keeping.restore_bar import RestoreBar
from bpviz.qt.session import Session

DOCUMENTS = ("Documents of bpviz (*.bpviz)",)
TO_OPEN = (
    "Documents, tables, weights (*.bpviz *.json *.csv *.tsv *.npz *.safetensors)", "All files (*)"
)
WEIGHTS = ("Weights for NumPy (*.npz)", "Weights for PyTorch (*.safetensors)")
WEIGHTS_TO_OPEN = ("Weights (*.npz *.safetensors)",)
_TABLES = (".csv", ".tsv", ".tab", ".txt", ".dat", ".data")
_WEIGHTS = (".npz", ".safetensors")
_NO_LETTERS = re.compile(r"[^\w\-. ]+")


class Filing(QObject):
    """Asks where files are, and has Documents do the rest. The window shows what it says."""

    table_given = Signal(object)  # the path of a table to learn from
    told = Signal(str)            # that something was done which is not seen otherwise

    def __init__(self, session: Session, bar: RestoreBar, window: QWidget, path: Path | None) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.documents = Documents(session, path, self)
        self.autosaving = Autosaving(session, self.documents, self)
        self.recovery = Recovery(self.documents, self.autosaving, bar, self)
        self.documents.copied.connect(self._take_text)
        self.documents.exported.connect(self._say_exported)

    def acts(self) -> dict[str, Callable[[], object]]:
        """By the names that shortcuts and top bar have for them."""
        return {
            "open_file": self.open_file,
            "save": self.save,
            "save_as": self.save_as,
            "copy_text": self.documents.copy,
            "paste_text": self.paste_text,
            "export_weights": self.export_weights,
            "import_weights": self.import_weights,
        }

    # -- the acts ------------------------------------------------------------------------------

    def open_file(self) -> None:
        from bpviz.qt.keeping.questions import path_to_open

        path = path_to_open(self._window, "Open", last_folder(), TO_OPEN)
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open a document or a preset; take weights into the open network; offer a table to learn from."""
        ending = path.suffix.lower()
        if ending in _TABLES:
            self.table_given.emit(path)
        elif ending in _WEIGHTS:
            self.documents.import_weights(path)
        else:
            self.documents.open(path)

    def save(self) -> bool:
        """Save where the document lies; False when it lies nowhere yet and no place was chosen."""
        path = self.documents.path
        if path is None:
            return self.save_as()
        self.documents.save(path)
        return True

    def save_as(self) -> bool:
        from bpviz.qt.keeping.questions import path_to_save

        path = path_to_save(self._window, "Save as", self._proposed(".bpviz"), DOCUMENTS)
        if path is not None:
            self.documents.save(path)
        return path is not None

    def paste_text(self) -> None:
        self.documents.paste(QGuiApplication.clipboard().text())

    def export_weights(self) -> None:
        from bpviz.qt.keeping.questions import path_to_save

        path = path_to_save(self._window, "Export weights", self._proposed(".npz"), WEIGHTS)
        if path is not None:
            self.documents.export_weights(path)

    def import_weights(self) -> None:
        from bpviz.qt.keeping.questions import path_to_open

        path = path_to_open(self._window, "Import weights", last_folder(), WEIGHTS_TO_OPEN)
        if path is not None:
            self.documents.import_weights(path)

    # -- the end -------------------------------------------------------------------------------

    def may_close(self) -> bool:
        """Whether nothing would be lost, or a person wants to lose it. What is being saved is waited for."""
        from bpviz.qt.keeping.questions import Answer, about_changes

        self.documents.finish()
        if not self.documents.modified:
            return True
        answer = about_changes(self._window, self.documents.name)
        if answer is Answer.SAVE and self.save():
            self.documents.finish()
            return not self.documents.modified
        return answer is Answer.LEAVE

    def end(self) -> None:
        """The window closes for good."""
        self.autosaving.end()
        self.recovery.end()

    # -- within --------------------------------------------------------------------------------

    def _proposed(self, ending: str) -> Path:
        """Beside the document, by its name; or by the experiment's, where files were last."""
        path = self.documents.path
        if path is not None:
            return path.with_suffix(ending)
        name = _NO_LETTERS.sub(" ", self._session.preset.title).strip(" .") or "experiment"
        return last_folder() / f"{name}{ending}"

    def _take_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.told.emit("The whole experiment is on the clipboard, as text. Paste it into another bpviz.")

    def _say_exported(self, path: Path) -> None:
        self.told.emit(f"The weights are in {path}.")


def given_path(mime: QMimeData) -> Path | None:
    """The one file of this computer that is dragged, if it is one."""
    urls = mime.urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
