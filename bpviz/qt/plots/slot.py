"""The place of the plots: empty at first, so that the window's first picture need not wait for them."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.tab_order import place
from bpviz.qt.theme import Theme


class PlotSlot(QWidget):
    """Becomes the cost plot with `fill`."""

    def __init__(self, session: Session, player: Player, theme: Theme) -> None:
        super().__init__()
        self._parts = (session, player, theme)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.plot: QWidget | None = None
        self.setMinimumHeight(150)

    def fill(self) -> None:
        """Once."""
        from bpviz.qt.plots.cost_plot import CostPlot

        self.plot = CostPlot(*self._parts)
        self._column.addWidget(self.plot)
        place(self.plot, self)
