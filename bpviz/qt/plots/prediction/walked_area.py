"""A picture that scrolls, through which the arrow keys walk from one place to the next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea

from bpviz.qt.parameter_table import STEPS
from bpviz.qt.plots.prediction.claimed_keys import claimed


class WalkedArea(QAbstractScrollArea):
    """A subclass says in `walk` where a step leads; it paints where it stands only while it has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def walk(self, across: int, down: int) -> None:
        """To the place that is next to the present one."""
        raise NotImplementedError

    # -- Qt --------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        return claimed(event, STEPS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.walk(*STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
