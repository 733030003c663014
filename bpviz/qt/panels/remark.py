"""Why something could not be done, said over a panel beside where it was tried."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

_AWAY = 3


class Remark(QFrame):
    """Hidden until there is something to say; takes no room from what it stands over."""

    def __init__(self, area: QWidget) -> None:
        super().__init__(area)
        self._area = area
        self.setProperty("panel", True)
        self._label = QLabel()
        self._label.setProperty("trouble", True)
        self._label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 5, 8, 6)
        column.addWidget(self._label)
        self.hide()

    def text(self) -> str:
        """What is said; nothing while nothing is."""
        return self._label.text()

    def say(self, sentence: str, box: QRect) -> None:
        """Below a box of the area, or above it where there is no room below."""
        self._label.setText(sentence)
        self.setFixedWidth(self._area.width())
        height = self.heightForWidth(self.width())
        below = box.bottom() + _AWAY
        fits = below + height <= self._area.height()
        self.setGeometry(0, below if fits else max(0, box.top() - _AWAY - height), self.width(), height)
        self.show()
        self.raise_()

    def forgive(self) -> None:
        if not self.isHidden():
            self._label.clear()
            self.hide()
