"""The cost around the present weights, along one of them or over two."""

from __future__ import annotations

from collections.abc import Mapping

from bpviz.qt.plots.landscape.slice_view import SliceView
from bpviz.qt.plots.landscape.surface_view import SurfaceView
from bpviz.qt.plots.view import Offer, ViewsPage


class LandscapePlot(ViewsPage):
    """Both views are of one cost, at the weights before the update of the present step."""

    title = "Landscape"

    def offered(self) -> Mapping[str, Offer]:
        return {
            "slice": ("The cost as a function of the selected weight, with its tangent", SliceView),
            "surface": ("The cost over two weights or directions, with the path so far", SurfaceView),
        }
