"""What every plot has in common: it follows the session while it is seen, and its picture and numbers can be
taken away."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QRegion, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bpviz.explain.table import Table
from bpviz.qt.naming import Naming
from bpviz.qt.panels.coalescer import REST, Coalescer
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

if TYPE_CHECKING:
    from bpviz.qt.plots.taking import Taking


class PlotPage(QWidget):
    """A tab of the plots.

    A subclass fills `column`, may put small choices into `controls_row`, and says in `refresh` what there is
    to see. `wait` asks for that, however often; it is done as often as there is time.
    """

    told = Signal(str)    # a picture or numbers were saved
    failed = Signal(str)  # they could not be

    title = ""
    rest = REST  # seconds from one refresh to the next, at least

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__()
        self.session, self.player, self.spotlight = session, player, spotlight
        self.naming, self.theme = naming, theme
        self.controls = QWidget()  # stands beside the tabs while this page is open
        self.controls_row = QHBoxLayout(self.controls)
        self.controls_row.setContentsMargins(0, 0, 0, 0)
        self.controls_row.setSpacing(6)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 2, 12, 6)
        self.column.setSpacing(4)
        self._taking: Taking | None = None
        self._coalescer = Coalescer(self, self.refresh, rest=self.rest)
        for signal in (session.experiment_changed, session.settings_changed, session.step_changed):
            signal.connect(self.wait)
        for signal in (session.costs_changed, session.diverged, theme.changed):
            signal.connect(self.wait)

    @property
    def taking(self) -> Taking:
        """What takes the picture and the numbers away; made when it is first asked for."""
        if self._taking is None:
            from bpviz.qt.plots.taking import Taking

            self._taking = Taking(self)
        return self._taking

    def wait(self) -> None:
        """Something changed: refresh when there is time for it, and not while nobody looks."""
        self._coalescer.ask()

    def refresh(self) -> None:
        """Show what there is now."""
        raise NotImplementedError

    def table(self) -> Table | None:
        """The numbers that are shown, or nothing while there are none."""
        raise NotImplementedError

    @property
    def has_numbers(self) -> bool:
        """Whether there is a table; overridden where it takes long to make."""
        return self.table() is not None

    def paint_picture(self, painter: QPainter) -> None:
        """The picture as it is seen, without what only a mouse needs, within picture_size."""
        from bpviz.qt.plots.chart import Chart  # pyqtgraph: not for the page that is open at the start

        with ExitStack() as drawn:
            for chart in self.findChildren(Chart):  # each has to know for how many pixels it draws
                drawn.enter_context(chart.drawn_at(painter.device().devicePixelRatio()))
            self.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)

    @property
    def picture_size(self) -> QSize:
        return self.size()

    # -- Qt ----------------------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.taking.offer(event.globalPos())
        event.accept()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.wait()
