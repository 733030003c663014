"""The place of the plots: empty at first, so that the window need not wait for the plotting library."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme

_SLICE = 0.015  # seconds of importing after which the window gets its turn


class _Breather(MetaPathFinder):
    """Finds no module; it is asked before each, and then lets the event loop run for once.

    Importing in a thread would be simpler, but PySide crashes now and then when two threads set up
    its types at the same time (seen with 6.11.3).
    """

    def __init__(self) -> None:
        self._last = time.perf_counter()

    def find_spec(
        self, _name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if time.perf_counter() - self._last > _SLICE:
            QCoreApplication.processEvents()
            self._last = time.perf_counter()
        return None


@contextmanager
def _breathing() -> Iterator[None]:
    breather = _Breather()
    sys.meta_path.insert(0, breather)
    try:
        yield
    finally:
        sys.meta_path.remove(breather)


class PlotSlot(QWidget):
    """Becomes the cost plot once `load` has fetched it."""

    def __init__(self, session: Session, player: Player, theme: Theme) -> None:
        super().__init__()
        self._parts = (session, player, theme)
        self._asked = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._waiting: QLabel | None = QLabel("The plots are on their way.")
        self._waiting.setProperty("faint", True)
        self._waiting.setIndent(16)
        self._column.addWidget(self._waiting)
        self.plot: QWidget | None = None
        self.setMinimumHeight(150)

    def load(self) -> None:
        """Fetch the plots, once; the window goes on answering meanwhile."""
        if not self._asked:
            self._asked = True
            QTimer.singleShot(0, self._fill)

    def _fill(self) -> None:
        with _breathing():
            from bpviz.qt.plots.cost_plot import CostPlot
        if not isValid(self):  # the window was closed in one of its turns
            return
        self.plot = CostPlot(*self._parts)
        if self._waiting is not None:
            self._waiting.deleteLater()
            self._waiting = None
        self._column.addWidget(self.plot)
