"""The foot of the data window: what is held out, what becomes of the network, and the deciding buttons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from bpviz.document.limits import LARGEST_SHARE
from bpviz.explain.number import count
from bpviz.qt.data.amount_row import Amount, AmountRow

_SHARE = Amount(tuple(k / 20 for k in range(11)), 0.0, LARGEST_SHARE, factor=100.0, unit=" %")
_SHARE_TIP = "The share that is held out: never learned from, only used to judge. ↑ and ↓ step it."
_USE_TIP = "Let the network learn from these data (Ctrl+Return). It can be undone."
_CLOSE_TIP = "Close this window; what was not used changes nothing (Esc)"


class Footer(QWidget):
    """Shows what it is told; asks for nothing but by its signals."""

    share_changed = Signal()
    used = Signal()
    left = Signal()

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = AmountRow("Validation", _SHARE_TIP, _SHARE, share)
        self.effect = QLabel()
        self.effect.setWordWrap(True)
        self.effect.setMinimumHeight(2 * self.effect.fontMetrics().lineSpacing() + 2)  # it does not jump
        self._parts = QLabel()
        self._parts.setProperty("soft", True)
        self.use = _button("Use these data", _USE_TIP)
        self.use.setProperty("accent", True)
        self.close_button = _button("Close", _CLOSE_TIP)
        self._lay_out()
        self.share.changed.connect(self.share_changed)
        self.use.clicked.connect(self.used)
        self.close_button.clicked.connect(self.left)

    def show_effect(self, sentence: str) -> None:
        """What using the data would do to the network; they can be used."""
        self._say(sentence, "")
        self.use.setEnabled(True)

    def show_reason(self, reason: str, trouble: bool) -> None:
        """Why they cannot be used; trouble: because of a fault."""
        self._say(reason, "trouble" if trouble else "soft")
        self.use.setEnabled(False)

    def show_parts(self, examples: int) -> None:
        """How many examples are learned from, and how many only judge; 0 when it is not known."""
        self.share.setEnabled(examples != 1)
        if examples < 2:
            self._parts.setText("One example: nothing to hold out." if examples else "")
            return
        held = min(max(round(examples * self.share.value), 1), examples - 1) if self.share.value else 0
        kept = count(held) if held else "none"
        self._parts.setText(f"{count(examples - held)} to learn from, {kept} held out")

    def _say(self, sentence: str, role: str) -> None:
        self.effect.setText(sentence)
        self.use.setAccessibleDescription(sentence)
        for name in ("trouble", "soft"):
            self.effect.setProperty(name, name == role)
        self.effect.style().unpolish(self.effect)
        self.effect.style().polish(self.effect)

    def _lay_out(self) -> None:
        self.share.setFixedWidth(300)
        upper = QHBoxLayout()
        upper.setSpacing(16)
        upper.addWidget(self.share)
        upper.addWidget(self._parts, 1)
        lower = QHBoxLayout()
        lower.setSpacing(8)
        lower.addWidget(self.effect, 1)
        lower.addSpacing(8)
        lower.addWidget(self.use)
        lower.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(upper)
        column.addLayout(lower)


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
