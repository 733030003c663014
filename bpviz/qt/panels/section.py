"""A part of a panel: a heading, and what stands under it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

GAP = 8  # between rows
_UNDER_TITLE = 10


class Section(QWidget):
    """A titled column of widgets. `clear()` and `add()` fill it anew."""

    def __init__(self, title: str, gap: int = GAP) -> None:
        super().__init__()
        heading = QLabel(title)
        heading.setProperty("title", True)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(_UNDER_TITLE)
        whole.addWidget(heading)
        whole.addLayout(self._column)

    def add(self, widget: QWidget) -> None:
        self._column.addWidget(widget)

    def clear(self) -> None:
        """Take everything under the heading away."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def rule() -> QFrame:
    """The thin line between two sections."""
    line = QFrame()
    line.setProperty("rule", True)
    return line
