"""The place of the plots: empty at first, so that the window need not wait for the plotting library."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.tab_order import place
from bpviz.qt.theme import Theme


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
            self._fill()

    def _fill(self) -> None:
        from bpviz.qt.breathing import breathing

        with breathing():
            from bpviz.qt.plots.cost_plot import CostPlot
        if not isValid(self):  # the window was closed in one of its turns
            return
        self.plot = CostPlot(*self._parts)
        if self._waiting is not None:
            self._waiting.deleteLater()
            self._waiting = None
        self._column.addWidget(self.plot)
        place(self.plot, self)
