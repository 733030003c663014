"""A few small words side by side, one of which is chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget


class ChoiceButton(QPushButton):
    """Return presses it too: Space belongs to the whole window."""

    def __init__(self, word: str, tip: str) -> None:
        super().__init__(word)
        self.setCheckable(True)
        self.setProperty("choice", True)
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Choice(QWidget):
    """Words with their tips; the first is chosen at first."""

    changed = Signal()

    def __init__(self, name: str, words: dict[str, str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._words = tuple(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for k, (word, tip) in enumerate(words.items()):
            button = ChoiceButton(word, tip)
            button.setAccessibleName(f"{name}: {word}")
            self._group.addButton(button, k)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._toggled)

    @property
    def chosen(self) -> str:
        return self._words[self._group.checkedId()]

    def choose(self, word: str) -> None:
        self._group.button(self._words.index(word)).setChecked(True)

    def _toggled(self, _id: int, on: bool) -> None:
        if on:
            self.changed.emit()
