"""Typesets formulas in slices, so that the window never waits for them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from bpviz.qt.breathing import breathing, within_import
from bpviz.qt.typeset import fetch, fetched, typeset

_SLICE = 0.008  # seconds of typesetting between two turns of the event loop


class Setter(QObject):
    """Remembers which formulas are typeset already; says `ready` when the last one asked for is."""

    ready = Signal()

    def __init__(
        self, parent: QObject | None = None, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._known: set[str] = set()
        self._painted = False
        self._waiting: list[str] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    def ask(self, formulas: Iterable[str]) -> bool:
        """Whether all of these can be drawn at once; if not, `ready` comes when they can."""
        self._waiting = [formula for formula in dict.fromkeys(formulas) if formula not in self._known]
        if self._waiting:
            self._timer.start()
        else:
            self._timer.stop()
        return not self._waiting

    def finish(self) -> None:
        """Typeset now all that is waiting."""
        while self._waiting:
            self._set_one()
        if self._timer.isActive():
            self._timer.stop()
            self.ready.emit()

    def _go_on(self) -> None:
        if not fetched():
            if not self._painted:  # a turn for the window's first picture
                self._painted = True
            elif not within_import():  # else another's import let this one have its turn; it comes again
                self._fetch()
            return
        until = self._clock() + _SLICE
        while self._waiting:
            self._set_one()
            if self._clock() >= until:
                break
        if not self._waiting:
            self._timer.stop()
            self.ready.emit()

    def _fetch(self) -> None:
        """The typesetter's own import takes a tenth of a second, so it is done in slices too."""
        self._timer.stop()
        with breathing():
            fetch()
        if isValid(self) and self._waiting:  # the window may have been closed in one of its turns
            self._timer.start()

    def _set_one(self) -> None:
        formula = self._waiting.pop(0)
        typeset(formula)
        self._known.add(formula)
