"""How large errors and gradients are, layer by layer: now, over the run, and what the units do with them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from bpviz.explain.flow import flow_of
from bpviz.qt.naming import Naming
from bpviz.qt.player import Player
from bpviz.qt.plots.gradients.activations_view import ActivationsView
from bpviz.qt.plots.gradients.findings_label import FindingsLabel
from bpviz.qt.plots.gradients.layers_view import LayersView
from bpviz.qt.plots.gradients.present import Present
from bpviz.qt.plots.gradients.run_view import RunView
from bpviz.qt.plots.page import PlotPage
from bpviz.qt.plots.view import Offer, PlotView, ViewsPage
from bpviz.qt.sampling import Sampling
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_WIDE = 860      # pixels: words and picture stand side by side
_TALL = 200      # pixels: words above the picture have two lines


class GradientsPlot(ViewsPage):
    """Whatever is looked at, a sentence says what is wrong, or that nothing is."""

    title = "Gradients"

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__(session, player, spotlight, naming, theme)
        self.present = Present(session)
        self.sampling = Sampling(session, player, self, flow_of)
        self.words = FindingsLabel(theme)
        self.column.insertWidget(0, self.words)
        self._arrange()
        naming.changed.connect(self.wait)
        player.mode_changed.connect(self.wait)

    def offered(self) -> Mapping[str, Offer]:
        return {
            "by layer": ("Errors and gradients of this step, layer beside layer", self._layers),
            "over the run": ("The size of each layer's error or gradient, step after step", self._run),
            "activations": ("How often activations take which values, layer by layer", self._activations),
        }

    def refresh(self) -> None:
        self.words.say(self.present.findings())
        self.sampling.note(self.present.flow)
        super().refresh()

    # -- within ------------------------------------------------------------------------------------

    def _layers(self, page: PlotPage) -> PlotView:
        return LayersView(page, self.present)

    def _run(self, page: PlotPage) -> PlotView:
        return RunView(page, self.sampling)

    def _activations(self, page: PlotPage) -> PlotView:
        return ActivationsView(page, self.present)

    def _arrange(self) -> None:
        if self.width() >= _WIDE:
            self.column.setDirection(QBoxLayout.Direction.RightToLeft)
            self.column.setSpacing(18)
            self.words.stand_beside()
        else:
            self.column.setDirection(QBoxLayout.Direction.TopToBottom)
            self.column.setSpacing(2)
            self.words.stand_above(2 if self.height() >= _TALL else 1)

    # -- Qt ----------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
