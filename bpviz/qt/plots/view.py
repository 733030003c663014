"""A plot that can be seen in several ways: a page with views, one of which is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from bpviz.explain.table import Table
from bpviz.qt.naming import Naming
from bpviz.qt.panels.picker import Option, Picker
from bpviz.qt.player import Player
from bpviz.qt.plots.page import PlotPage
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme


class PlotView(QWidget):
    """One way to see a plot. Where something changes that the page does not hear of, it asks it to `wait`."""

    def __init__(self, page: PlotPage) -> None:
        super().__init__()
        self.page = page
        self.controls = QWidget()  # stands beside the tabs while this view is seen
        self.controls_row = QHBoxLayout(self.controls)
        self.controls_row.setContentsMargins(0, 0, 0, 0)
        self.controls_row.setSpacing(6)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)

    def refresh(self) -> None:
        """Show what there is now."""
        raise NotImplementedError

    def table(self) -> Table | None:
        """The numbers that are shown, or nothing while there are none."""
        raise NotImplementedError


Offer = tuple[str, Callable[[PlotPage], PlotView]]  # a tip, and what makes the view


class ViewsPage(PlotPage):
    """Shows one of the views that suit the experiment. A view is made when it is first chosen."""

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__(session, player, spotlight, naming, theme)
        self._views: dict[str, PlotView] = {}
        self._wished = ""  # what a person chose, also while it does not suit
        self._stack = QStackedWidget()
        self._picker = Picker(f"{self.title} view", self._options, "accent")
        self._picker.picked.connect(self.choose)
        self.controls_row.addWidget(self._picker)
        self.column.addWidget(self._stack, 1)

    def offered(self) -> Mapping[str, Offer]:
        """By their names, the first of them first chosen."""
        raise NotImplementedError

    @property
    def view(self) -> PlotView:
        """The view that is chosen, or the first one where that does not suit."""
        offered = self.offered()
        name = self._wished if self._wished in offered else next(iter(offered))
        if name not in self._views:
            made = offered[name][1](self)
            self._views[name] = made
            self._stack.addWidget(made)
            self.controls_row.insertWidget(0, made.controls)
        self._picker.setVisible(len(offered) > 1)
        if self._picker.chosen != name or self._stack.currentWidget() is not self._views[name]:
            self._show(name, offered[name][0])
        return self._views[name]

    def choose(self, name: str) -> None:
        """See it that way from now on, wherever that suits."""
        self._wished = name
        self.refresh()

    def refresh(self) -> None:
        self.view.refresh()

    def table(self) -> Table | None:
        return self.view.table()

    def _show(self, name: str, tip: str) -> None:
        self._picker.show_choice(name, name, tip)
        self._stack.setCurrentWidget(self._views[name])
        for other, view in self._views.items():
            view.controls.setVisible(other == name)

    def _options(self) -> list[Option]:
        return [Option(name, name, tip) for name, (tip, _) in self.offered().items()]

    # -- Qt ----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        assert self.view
        super().showEvent(event)
