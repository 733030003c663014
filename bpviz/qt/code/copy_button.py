"""The button that copies the program and says that it did."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

_WORDS = "Copy program"
_BRIEF = "Copy"
_DONE = "Copied"
_SHOWN = 1600  # milliseconds


class CopyButton(QPushButton):
    """Return presses it: Space belongs to the whole window."""

    def __init__(self) -> None:
        super().__init__(_WORDS)
        self._words = _WORDS
        self.setAccessibleName(_WORDS)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN)
        self._timer.timeout.connect(self.restore)

    def confirm(self) -> None:
        """Say for a moment that it is done, without changing its width."""
        self.setMinimumWidth(self.width())
        self.setText(_DONE)
        self._timer.start()

    def restore(self) -> None:
        self._timer.stop()
        self.setMinimumWidth(0)
        self.setText(self._words)

    def set_brief(self, brief: bool) -> None:
        """One word only, in a narrow panel."""
        words = _BRIEF if brief else _WORDS
        if words != self._words:
            self._words = words
            self.restore()

    # -- Qt ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
