"""Keys that a widget needs for itself while it has the focus, before the window takes them as shortcuts."""

from __future__ import annotations

from collections.abc import Container

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def claimed(event: QEvent, keys: Container[int]) -> bool:
    """Whether the event asks about one of these keys; then they come to the widget."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
        return False
    mine = event.key() in keys and event.modifiers() == Qt.KeyboardModifier.NoModifier
    if mine:
        event.accept()
    return mine
