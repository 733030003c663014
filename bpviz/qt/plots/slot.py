"""The place of the plots: empty at first, so that the window need not wait for the plotting library."""

from __future__ import annotations

import importlib
import threading

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme

_MODULE = "bpviz.qt.plots.cost_plot"


class _Loader(QObject):
    """Imports the plots beside the event loop: half a second that the window keeps answering in."""

    loaded = Signal()

    def start(self) -> None:
        threading.Thread(target=self._work, name="plots", daemon=True).start()

    def _work(self) -> None:
        importlib.import_module(_MODULE)
        self.loaded.emit()


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
        self._loader = _Loader(self)
        self._loader.loaded.connect(self._fill)
        self.plot: QWidget | None = None
        self.setMinimumHeight(150)

    def load(self) -> None:
        if not self._asked:
            self._asked = True
            self._loader.start()

    def _fill(self) -> None:
        from bpviz.qt.plots.cost_plot import CostPlot

        self.plot = CostPlot(*self._parts)
        if self._waiting is not None:
            self._waiting.deleteLater()
            self._waiting = None
        self._column.addWidget(self.plot)
