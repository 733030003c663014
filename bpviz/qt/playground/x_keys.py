"""Which keys move x, and how far."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

STEP = 10   # hundredths
_FINE = 1
_PAGE = 100
_END = 100_000  # past either end
HINT = "← → move x, with Shift finely"


def steps_of(event: QKeyEvent) -> int:
    """By how many hundredths a key moves x; 0 when it does not."""
    step = _FINE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
    moves = {
        Qt.Key.Key_Left: -step, Qt.Key.Key_Down: -step, Qt.Key.Key_Right: step, Qt.Key.Key_Up: step,
        Qt.Key.Key_PageDown: -_PAGE, Qt.Key.Key_PageUp: _PAGE, Qt.Key.Key_Home: -_END, Qt.Key.Key_End: _END,
    }  # fmt: skip
    return moves.get(Qt.Key(event.key()), 0)
