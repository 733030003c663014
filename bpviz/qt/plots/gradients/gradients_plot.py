"""The gradients plot."""

from __future__ import annotations

from bpviz.explain.table import Table
from bpviz.qt.plots.page import PlotPage


class GradientsPlot(PlotPage):
    """To be built."""

    title = "Gradients"

    def refresh(self) -> None:
        pass

    def table(self) -> Table | None:
        return None
