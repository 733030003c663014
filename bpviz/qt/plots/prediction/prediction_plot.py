"""The prediction plot."""

from __future__ import annotations

from bpviz.explain.table import Table
from bpviz.qt.plots.page import PlotPage


class PredictionPlot(PlotPage):
    """To be built."""

    title = "Prediction"

    def refresh(self) -> None:
        pass

    def table(self) -> Table | None:
        return None
