"""Keeps a panel from being redrawn more often than anyone can read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_LEAST_MS = 66  # about 15 times a second


class Coalescer(QObject):
    """Does an act when asked: at once if it has rested, else once at the end of the rest.

    While the widget is hidden nothing is done; what was asked meanwhile is done when it is shown.
    """

    def __init__(self, widget: QWidget, act: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._act = act
        self._asked = False
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)
        widget.installEventFilter(self)

    def ask(self) -> None:
        self._asked = True
        if not self._widget.isVisible() or self._timer.isActive():
            return
        rested = self._since.elapsed() if self._since.isValid() else _LEAST_MS
        if rested >= _LEAST_MS:
            self.flush()
        else:
            self._timer.start(int(_LEAST_MS - rested))

    def flush(self) -> None:
        """Do now what was asked, if anything was."""
        if self._asked and self._widget.isVisible():
            self._asked = False
            self._timer.stop()
            self._since.start()
            self._act()

    # -- Qt ----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._widget and event.type() == QEvent.Type.Show:
            self.flush()
        return super().eventFilter(watched, event)
