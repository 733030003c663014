"""Opens the data window, one at a time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from bpviz.qt.session import Session
from bpviz.qt.theme import Theme

if TYPE_CHECKING:
    from bpviz.qt.data.data_window import DataWindow


class DataOpener(QObject):
    """Each new one begins with the present data."""

    def __init__(self, session: Session, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._theme, self._window = session, theme, window
        self.opened: DataWindow | None = None  # which may have been closed since

    def show(self) -> None:
        opened = self._present()
        opened.show()
        opened.raise_()
        opened.activateWindow()

    def show_table(self, path: Path) -> None:
        """With this file read, to choose what its columns are for."""
        self._present().open_on(path)

    def close(self) -> None:
        if self.opened is not None:
            self.opened.close()

    def _present(self) -> DataWindow:
        from bpviz.qt.data.data_window import DataWindow

        if self.opened is None or not self.opened.isVisible():
            if self.opened is not None:
                self.opened.deleteLater()
            self.opened = DataWindow(self._session, self._theme, self._window)
        return self.opened
