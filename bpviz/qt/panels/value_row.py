"""A name and what it stands at: one line of a panel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from bpviz.qt.fonts import number_font


class ValueRow(QWidget):
    """A soft caption on the left, its value on the right; a long value wraps. It can be copied."""

    def __init__(self, caption: str, value: str = "", tip: str = "") -> None:
        super().__init__()
        self.caption = QLabel(caption)
        self.caption.setProperty("soft", True)
        self.value = QLabel(value)
        self.value.setFont(number_font(weight=500))
        self.value.setWordWrap(True)
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.value.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.value.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.caption, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.value, 1)
        self.set_tip(tip)

    def show_line(self, caption: str, value: str, tip: str) -> None:
        """Another caption with its value."""
        if self.caption.text() != caption:
            self.caption.setText(caption)
        self.set_value(value)
        self.set_tip(tip)

    def set_value(self, text: str) -> None:
        if self.value.text() != text:
            self.value.setText(text)

    def set_tip(self, tip: str) -> None:
        if self.toolTip() != tip:
            self.setToolTip(tip)
