"""One sentence above the network when something could not be done, or was done unseen; to be put away."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

_TOLD_MS = 6000


class Notice(QFrame):
    """Hidden until it has something to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = QPushButton("Dismiss")
        close.setProperty("flat", True)
        close.setToolTip("Put this message away")
        close.clicked.connect(self.hide)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TOLD_MS)
        self._timer.timeout.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.addWidget(self._text, 1)
        row.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def say(self, sentence: str) -> None:
        """What could not be done. It stays until it is put away, or something else is opened."""
        self._timer.stop()
        self._show(sentence, quiet=False)

    def tell(self, sentence: str) -> None:
        """What was done; it goes by itself."""
        self._timer.start()
        self._show(sentence, quiet=True)

    def _show(self, sentence: str, quiet: bool) -> None:
        self._text.setText(sentence)
        if self.property("quiet") != quiet:
            self.setProperty("quiet", quiet)
            self.style().unpolish(self)
            self.style().polish(self)
        self.show()
