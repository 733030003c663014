"""The context menu of what can be copied."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget


def offer(owner: QWidget, at: QPoint, *entries: tuple[str, Callable[[], None]]) -> None:
    """Pop up a menu at a place of the screen; each entry is a text and what it does."""
    menu = QMenu(owner)
    for text, act in entries:
        action = QAction(text, menu)
        action.triggered.connect(act)
        menu.addAction(action)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(at)
