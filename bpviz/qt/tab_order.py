"""Where the Tab key goes to: what is made late still stands among its neighbours."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def place(late: QWidget, within: QWidget) -> None:
    """Let the Tab key come to `late` and all in it where `within` stands, which was made in time."""
    before: QWidget | None = within
    while before is not None and before.focusPolicy() == Qt.FocusPolicy.NoFocus:
        before = before.previousInFocusChain()
    for widget in [late, *_inside(late)]:
        if before is not None and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            QWidget.setTabOrder(before, widget)
            before = widget


def _inside(container: QWidget) -> list[QWidget]:
    """In the order in which the Tab key comes to them."""
    found: list[QWidget] = []
    widget = container.nextInFocusChain()
    while widget is not None and widget is not container:
        if container.isAncestorOf(widget):
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found
