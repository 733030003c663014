"""What a person is asked about documents: where a file is, and what becomes of changes."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget


class Answer(Enum):
    SAVE = "save"
    LEAVE = "leave"
    CANCEL = "cancel"


class SaveDialog(QFileDialog):
    """Adds the ending of the chosen kind, such as "Documents (*.bpviz)", before it looks for a file there."""

    def offer(self, kinds: tuple[str, ...]) -> None:
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setNameFilters(kinds)
        self._take(kinds[0])
        self.filterSelected.connect(self._take)

    def _take(self, kind: str) -> None:
        self.setDefaultSuffix(kind[kind.rindex("*.") + 2 : -1])


def path_to_save(parent: QWidget, title: str, proposed: Path, kinds: tuple[str, ...]) -> Path | None:
    """A path with the ending of the chosen kind; the dialog itself asks before a file is replaced."""
    dialog = SaveDialog(parent, title, str(proposed.parent))
    dialog.offer(kinds)
    dialog.selectFile(proposed.name)
    return _chosen(dialog)


def path_to_open(parent: QWidget, title: str, folder: Path, kinds: tuple[str, ...]) -> Path | None:
    dialog = QFileDialog(parent, title, str(folder))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(kinds)
    return _chosen(dialog)


def about_changes(parent: QWidget, name: str) -> Answer:
    """Whether to save before closing. Escape cancels."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Unsaved changes")
    box.setText(f"Save the changes to {name}?")
    box.setInformativeText("Otherwise they are lost when bpviz closes.")
    save = box.addButton("Save", QMessageBox.ButtonRole.AcceptRole)
    leave = box.addButton("Don't save", QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(cancel)
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    if clicked == save:
        return Answer.SAVE
    return Answer.LEAVE if clicked == leave else Answer.CANCEL


def _chosen(dialog: QFileDialog) -> Path | None:
    accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
    chosen = dialog.selectedFiles()
    dialog.deleteLater()
    return Path(chosen[0]) if accepted and chosen else None
