"""The panel below the network: cost, prediction, gradients, landscape, each behind a tab."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout

from bpviz.qt.breathing import breathing
from bpviz.qt.naming import Naming
from bpviz.qt.paged_panel import PagedPanel
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.tab_order import place
from bpviz.qt.theme import Theme

if TYPE_CHECKING:
    from bpviz.qt.plots.page import PlotPage

Make = Callable[[Session, Player, Spotlight, Naming, Theme], "PlotPage"]
KEYS = ("F5", "F6", "F7", "F8")


class PlotPanel(PagedPanel["PlotPage"]):
    """Beside the tabs stand the choices of the open page, and what takes its picture and numbers away."""

    told = Signal(str)    # a picture or numbers were saved
    failed = Signal(str)  # they could not be

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        parts = (session, player, spotlight, naming, theme)
        makers = {name: (tip, partial(make, *parts)) for name, (tip, make) in _PAGES.items()}
        super().__init__(makers, KEYS)
        self.tabs.setObjectName("plotTabs")
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Which plot is shown")
        self._more = QToolButton()
        self._more.setText("⋯")
        self._more.setToolTip("Copy or save this plot: its picture or its numbers")
        self._more.setAccessibleName("Copy or save this plot")
        self._more.clicked.connect(self._offer)
        self._lay_out()
        self.setMinimumHeight(150)

    def added(self, page: PlotPage) -> None:
        self._head.insertWidget(self._head.indexOf(self._more), page.controls)
        place(page.controls, self.tabs)
        page.told.connect(self.told)
        page.failed.connect(self.failed)

    def turned(self, page: PlotPage) -> None:
        for other in self._pages.values():
            other.controls.setVisible(other is page)

    def _offer(self) -> None:
        page = self.open_page
        if page is not None:
            page.taking.offer(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.setContentsMargins(16, 6, 10, 0)
        self._head.setSpacing(6)
        self._head.addWidget(self.tabs)
        self._head.addStretch(1)
        self._head.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self.stack, 1)


def import_plots() -> None:
    """Those that need pyqtgraph, so that they open at once; the window goes on answering meanwhile."""
    with breathing():
        for plot in ("prediction.prediction_plot", "gradients.gradients_plot", "landscape.landscape_plot"):
            import_module(f"bpviz.qt.plots.{plot}")


# Pages are imported when they are opened, or behind the first picture: the window starts sooner.


def _cost(session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme) -> PlotPage:
    from bpviz.qt.plots.cost.cost_plot import CostPlot

    return CostPlot(session, player, spotlight, naming, theme)


def _prediction(
    session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
) -> PlotPage:
    from bpviz.qt.plots.prediction.prediction_plot import PredictionPlot

    return PredictionPlot(session, player, spotlight, naming, theme)


def _gradients(
    session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
) -> PlotPage:
    from bpviz.qt.plots.gradients.gradients_plot import GradientsPlot

    return GradientsPlot(session, player, spotlight, naming, theme)


def _landscape(
    session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
) -> PlotPage:
    from bpviz.qt.plots.landscape.landscape_plot import LandscapePlot

    return LandscapePlot(session, player, spotlight, naming, theme)


_PAGES: dict[str, tuple[str, Make]] = {
    "Cost": ("The cost over the run", _cost),
    "Prediction": ("What the network makes of its inputs", _prediction),
    "Gradients": ("How large errors and gradients are, layer by layer", _gradients),
    "Landscape": ("The cost around the present weights", _landscape),
}
PLOTS = tuple(_PAGES)
