"""All shortcuts on one sheet, as the table of shortcuts has them."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bpviz.qt.panels.keycaps import Keycaps
from bpviz.qt.shortcuts import SHORTCUTS, Shortcut
from bpviz.qt.theme import Theme

_MARGIN = 28
_COLUMN_GAP = 48
_GROUP_GAP = 10


class ShortcutSheet(QDialog):
    """Groups in two columns of about the same length. Esc, ? or Enter closes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle("Shortcuts")
        inner = QWidget()
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        columns.setSpacing(_COLUMN_GAP)
        for groups in _halves(_groups()):
            columns.addLayout(self._column(groups), 1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        whole.addWidget(area)
        wanted = inner.sizeHint()
        self.resize(wanted.width() + 12, min(wanted.height() + 4, 720))

    def _column(self, groups: list[list[Shortcut]]) -> QGridLayout:
        """Texts on the left, keys on the right, all groups on one grid."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(7)
        row = 0
        for group in groups:
            if row:
                grid.setRowMinimumHeight(row, _GROUP_GAP)
                row += 1
            title = QLabel(group[0].group)
            title.setProperty("title", True)
            grid.addWidget(title, row, 0, 1, 2)
            for i, shortcut in enumerate(group, 1):
                self._add(grid, row + i, shortcut)
            row += len(group) + 1
        grid.setRowStretch(row, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _add(self, grid: QGridLayout, row: int, shortcut: Shortcut) -> None:
        text = QLabel(shortcut.text)
        text.setProperty("soft", True)
        grid.addWidget(text, row, 0)
        grid.addWidget(Keycaps(shortcut.keys, self._theme), row, 1, Qt.AlignmentFlag.AlignLeft)

    # -- Qt ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Question, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        else:
            super().keyPressEvent(event)


def _groups() -> list[list[Shortcut]]:
    return [list(group) for _, group in groupby(SHORTCUTS, key=_group_of)]


def _group_of(shortcut: Shortcut) -> str:
    return shortcut.group


def _halves(groups: list[list[Shortcut]]) -> tuple[list[list[Shortcut]], list[list[Shortcut]]]:
    """Cut between two groups where the longer side is shortest; a heading counts as two lines."""
    lengths = [len(group) + 2 for group in groups]
    cuts = range(1, len(groups))
    cut = min(cuts, key=lambda k: max(sum(lengths[:k]), sum(lengths[k:])), default=len(groups))
    return groups[:cut], groups[cut:]
