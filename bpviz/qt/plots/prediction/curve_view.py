"""To be built."""

from __future__ import annotations

from bpviz.explain.table import Table
from bpviz.qt.plots.view import PlotView


class CurveView(PlotView):
    """To be built."""

    def refresh(self) -> None:
        pass

    def table(self) -> Table | None:
        return None
