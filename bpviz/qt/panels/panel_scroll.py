"""A panel's content, which scrolls up and down when it is taller than the panel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget


class PanelScroll(QScrollArea):
    """A column of widgets. The scroll bar stands within the margin, so that its coming moves nothing."""

    def __init__(self, margins: tuple[int, int, int, int], gap: int) -> None:
        super().__init__()
        self._margins = margins
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(*margins)
        self.column.setSpacing(gap)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(self._make_room)

    def height_for(self, width: int) -> int:
        """The height at which all of it stands in a panel so wide, without scrolling."""
        if self.column.hasHeightForWidth():
            return self.column.totalHeightForWidth(width)
        return self.column.totalSizeHint().height()

    def _make_room(self, _least: int, most: int) -> None:
        left, top, right, bottom = self._margins
        taken = self.verticalScrollBar().sizeHint().width() if most > 0 else 0
        self.column.setContentsMargins(left, top, max(0, right - taken), bottom)
