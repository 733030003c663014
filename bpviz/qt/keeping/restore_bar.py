"""One line above the network when a session was left behind: go on with it, or forget it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from bpviz.explain.number import count


class RestoreBar(QFrame):
    """Hidden until there is something to offer."""

    restore = Signal()
    discard = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("offer")
        self._text = QLabel()
        self._text.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.addWidget(self._text, 1)
        self.restore_button = QPushButton("Restore")
        self.restore_button.setToolTip("Go on where it was; what is open now comes again with undo")
        self.restore_button.clicked.connect(self.restore)
        self.discard_button = QPushButton("Discard")
        self.discard_button.setProperty("flat", True)
        self.discard_button.setToolTip("Forget it for good")
        self.discard_button.clicked.connect(self.discard)
        row.addWidget(self.restore_button)
        row.addWidget(self.discard_button)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def offer(self, sentence: str) -> None:
        self._text.setText(sentence)
        self.show()


def offer_text(name: str, step: int, seconds: float, others: int) -> str:
    """"bpviz did not end well. It was at Two moons, step 1,234, 3 minutes ago."""
    more = f" {count(others)} more after this one." if others else ""
    return f"bpviz ended unexpectedly. Kept: {name}, step {count(step)}, {ago(seconds)}.{more}"


def ago(seconds: float) -> str:
    """How long ago in one unit, the largest that fits."""
    for unit, length in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        many = int(seconds // length)
        if many >= 1:
            return f"{count(many)} {unit}{'s' if many > 1 else ''} ago"
    return "a moment ago"
