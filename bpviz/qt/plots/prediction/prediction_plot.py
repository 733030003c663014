"""What the network makes of its inputs, seen in the way that suits their number."""

from __future__ import annotations

from collections.abc import Mapping

from bpviz.qt.plots.prediction.curve_view import CurveView
from bpviz.qt.plots.prediction.examples_view import ExamplesView
from bpviz.qt.plots.prediction.images_view import WeightsView
from bpviz.qt.plots.prediction.plane_view import PlaneView
from bpviz.qt.plots.view import Offer, ViewsPage


class PredictionPlot(ViewsPage):
    """A curve over one input, a surface over two; examples one by one for any number."""

    title = "Prediction"

    def offered(self) -> Mapping[str, Offer]:
        offered: dict[str, Offer] = {}
        if self.session.network.inputs == 1:
            offered["curve"] = ("The output over the input, with the data", CurveView)
        elif self.session.network.inputs == 2:
            offered["surface"] = ("The output over the plane of both inputs, with the data", PlaneView)
        offered["examples"] = ("Every example with its prediction; which classes are mixed up", ExamplesView)
        if self.session.dataset.image_shape is not None:
            offered["weights"] = ("What each unit of the first layer looks for, as an image", WeightsView)
        return offered
