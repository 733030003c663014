"""Every layer's activations as a histogram."""

from __future__ import annotations

from bpviz.explain.table import Table
from bpviz.qt.plots.gradients.histograms import Histograms
from bpviz.qt.plots.gradients.present import Present
from bpviz.qt.plots.page import PlotPage
from bpviz.qt.plots.view import PlotView


class ActivationsView(PlotView):
    """Of all training examples, or of the batch where they are too many."""

    def __init__(self, page: PlotPage, present: Present) -> None:
        super().__init__(page)
        self._present = present
        self.histograms = Histograms(page)
        self.column.addWidget(self.histograms)

    def refresh(self) -> None:
        self.histograms.show_activity(self._present.activity)

    def table(self) -> Table:
        names, step = self.page.naming.names, self.page.session.trainer.step
        rows = tuple(
            (names.layer_name(k), float(low), float(high), int(often))
            for k, found in enumerate(self.histograms.histograms)
            for low, high, often in zip(found.edges, found.edges[1:], found.counts, strict=False)
        )
        title = f"Activations by layer at step {step}, on {self._present.activity.phrase}"
        return Table(title, ("layer", "from", "to", "activations"), rows)
