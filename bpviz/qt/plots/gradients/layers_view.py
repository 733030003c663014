"""Errors and gradients of the present step, layer beside layer."""

from __future__ import annotations

from bpviz.explain.table import Table
from bpviz.qt.plots.gradients.bars import Bars
from bpviz.qt.plots.gradients.present import Present
from bpviz.qt.plots.page import PlotPage
from bpviz.qt.plots.view import PlotView


class LayersView(PlotView):
    """Bars on a logarithmic axis."""

    def __init__(self, page: PlotPage, present: Present) -> None:
        super().__init__(page)
        self._present = present
        self.bars = Bars(page)
        self.column.addWidget(self.bars)

    def refresh(self) -> None:
        self.bars.show_flow(self._present.flow)

    def table(self) -> Table:
        flow, seen = self._present.flow, self._present.activity.layers
        names, step = self.page.naming.names, self.page.session.trainer.step
        error, gradient = names.error, names.gradient
        columns = ("layer", "activation", "error symbol", "error (root mean square)", "gradient symbol",
                   "gradient (root mean square)", "units", "dead units", "share of flat activations")
        rows = tuple(
            (names.layer_name(k), layer.activation, error(k).plain, sizes.error, gradient(k).plain,
             sizes.gradient, layer.units, layer.dead, layer.flat)
            for k, (sizes, layer) in enumerate(zip(flow, seen, strict=True))
        )
        return Table(f"Errors and gradients by layer at step {step}", columns, rows)
