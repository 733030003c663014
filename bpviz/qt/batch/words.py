"""A sentence in a panel, wrapped, with lowered subscripts."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from bpviz.qt.subscripts import rich


class Words(QLabel):
    """Keeps room for so many lines, so that what stands below moves seldom."""

    def __init__(self, role: Literal["soft", "faint"] = "soft", lines: int = 1) -> None:
        super().__init__()
        self._lines = lines
        self._said = ""
        self.setProperty(role, True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def said(self) -> str:
        return self._said

    def say(self, text: str) -> None:
        if text != self._said:
            self._said = text
            self.setText(rich(text))

    # -- Qt ----------------------------------------------------------------------------------------

    def heightForWidth(self, width: int) -> int:
        return max(super().heightForWidth(width), self._lines * self.fontMetrics().lineSpacing())
