"""The place of the plots: empty at first, so that the window need not wait for the plotting library."""

from __future__ import annotations

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from bpviz.qt.breathing import breathing, meet
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.tab_order import place
from bpviz.qt.theme import Theme


class PlotSlot(QWidget):
    """Becomes the cost plot: `fetch` imports what that needs, `fill` makes it."""

    def __init__(self, session: Session, player: Player, theme: Theme) -> None:
        super().__init__()
        self._parts = (session, player, theme)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._waiting: QLabel | None = QLabel("The plots are on their way.")
        self._waiting.setProperty("faint", True)
        self._waiting.setIndent(16)
        self._column.addWidget(self._waiting)
        self.plot: QWidget | None = None
        self.setMinimumHeight(150)

    def fetch(self) -> None:
        """The window goes on answering meanwhile."""
        meet((QtCore, QtGui, QtWidgets))
        with breathing():
            import bpviz.qt.plots.cost_plot  # noqa: F401

    def fill(self) -> None:
        """Once."""
        from bpviz.qt.plots.cost_plot import CostPlot

        self.plot = CostPlot(*self._parts)
        if self._waiting is not None:
            self._waiting.deleteLater()
            self._waiting = None
        self._column.addWidget(self.plot)
        place(self.plot, self)
