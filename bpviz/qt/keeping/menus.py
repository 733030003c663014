"""The menus beside Open and Save."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from bpviz.qt.keeping.recent import forget_recent, recent_paths

Line = tuple[str, str, str]  # act, text, keys
_SAVE: tuple[Line | None, ...] = (
    ("save", "Save", "Ctrl+S"),
    ("save_as", "Save as…", "Ctrl+Shift+S"),
    None,
    ("copy_text", "Copy as text", "Ctrl+Shift+C"),
    ("paste_text", "Paste", "Ctrl+Shift+V"),
    None,
    ("export_weights", "Export weights…", "Ctrl+E"),
    ("import_weights", "Import weights…", "Ctrl+I"),
)


class MenuButton(QToolButton):
    """A narrow button that opens a menu."""

    def __init__(self, tip: str, menu: QMenu) -> None:
        super().__init__()
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setProperty("beside", True)
        self.setIconSize(QSize(12, 12))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu.setParent(self, menu.windowFlags())
        self.setMenu(menu)


class SaveMenu(QMenu):
    """Says by name what was asked for."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        for line in _SAVE:
            if line is None:
                self.addSeparator()
                continue
            act, text, keys = line
            action = self.addAction(f"{text}\t{keys}")  # a tab sets the keys apart
            action.setData(act)
        self.triggered.connect(self._ask)

    def _ask(self, action: QAction) -> None:
        self.asked.emit(action.data())


class RecentMenu(QMenu):
    """Read anew whenever it opens, for all windows share it. Files that are gone cannot be chosen."""

    chosen = Signal(object)  # a path

    def __init__(self) -> None:
        super().__init__()
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)
        self.triggered.connect(self._choose)

    def fill(self) -> None:
        self.clear()
        paths = recent_paths()
        for path, text in zip(paths, _texts(paths), strict=True):
            action = self.addAction(text.replace("&", "&&"))
            action.setData(path)
            action.setToolTip(str(path))
            if not path.exists():
                action.setEnabled(False)
                action.setToolTip(f"{path} is gone")
        if not paths:
            self.addAction("Nothing has been opened or saved yet").setEnabled(False)
            return
        self.addSeparator()
        self.addAction("Forget these")

    def _choose(self, action: QAction) -> None:
        path = action.data()
        if path is None:
            forget_recent()
        else:
            self.chosen.emit(path)


def _texts(paths: list[Path]) -> list[str]:
    """Their names, with the folder where two are called alike."""
    names = [path.name for path in paths]
    return [
        path.name if names.count(path.name) == 1 else f"{path.name} in {path.parent}" for path in paths
    ]
