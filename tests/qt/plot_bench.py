"""Pages of the plots on their own, without a window around them."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.qt.naming import Naming
from bpviz.qt.player import Player
from bpviz.qt.plots.page import PlotPage
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

Page = TypeVar("Page", bound=PlotPage)


def page_of(kind: type[Page], session: Session, player: Player, theme: Theme) -> Page:
    return kind(session, player, Spotlight(session, session), Naming(session, session), theme)


class PageBench:
    """A page that is shown, with what it is connected to; time does not pass by itself."""

    def __init__(
        self, kind: type[PlotPage], qapp: QApplication, qtbot: QtBot, preset: str = "toy",
        size: tuple[int, int] = (680, 200),
    ) -> None:
        self.theme = Theme(qapp)
        self.theme.set_mode("light")
        self.session = Session(load_preset(preset))
        self.player = Player(self.session, clock=lambda: 0.0)
        self.page = page_of(kind, self.session, self.player, self.theme)
        self.spotlight = self.page.spotlight
        qtbot.addWidget(self.page, before_close_func=self.end)  # which also keeps all of it until then
        self.page.resize(*size)
        self.page.show()
        qapp.processEvents()
        self.page.refresh()

    def end(self, _page: PlotPage) -> None:
        """The test is over. Without being held so long, a page can go while it is being painted."""
        self.player.pause()
