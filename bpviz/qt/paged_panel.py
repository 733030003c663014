"""A panel with several pages, each behind a tab. A page is made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from bpviz.qt.tab_order import place

Page = TypeVar("Page", bound=QWidget)
Makers = Mapping[str, tuple[str, Callable[[], Page]]]


class PagedPanel(QWidget, Generic[Page]):
    """Tabs and the stack of their pages; a subclass lays both out. A page that is not seen does nothing.

    At first there are only the tabs: the window is painted before `fill` makes the page that is open.
    """

    def __init__(self, makers: Makers[Page], keys: tuple[str, ...]) -> None:
        """makers: by the name of a page, its tip and what makes it. keys: the shortcuts that open them."""
        super().__init__()
        self._makers = makers
        self._pages: dict[str, Page] = {}
        self._filled = False
        self.tabs = QTabBar()
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for k, ((name, (tip, _)), key) in enumerate(zip(makers.items(), keys, strict=True)):
            self.tabs.addTab(name)
            self.tabs.setTabToolTip(k, f"{tip} ({key})")
        self.stack = QStackedWidget()
        self.tabs.currentChanged.connect(self._turn)

    @property
    def shown(self) -> str:
        """The name of the page that is open."""
        return self.tabs.tabText(self.tabs.currentIndex())

    @property
    def open_page(self) -> Page | None:
        """The page that is open, once it is made."""
        return self._pages.get(self.shown)

    def show_page(self, name: str) -> None:
        """Open a page by its name; an unknown one changes nothing."""
        self.choose(name)
        self.fill()

    def choose(self, name: str) -> None:
        """Say which page `fill` is to make."""
        if name in self._makers:
            self.tabs.setCurrentIndex(tuple(self._makers).index(name))

    def fill(self) -> None:
        """Make the open page, and from now on each that is opened."""
        if not self._filled:
            self._filled = True
            self._turn()

    def page(self, name: str) -> Page:
        """The page of that name, made if it was not yet."""
        if name not in self._pages:
            made = self._makers[name][1]()
            self._pages[name] = made
            self.stack.addWidget(made)
            self.added(made)
            place(made, self.stack)
        return self._pages[name]

    def added(self, page: Page) -> None:
        """A page was made; whoever needs more than the stack says so here."""

    def turned(self, page: Page) -> None:
        """Another page is open."""

    def _turn(self) -> None:
        if self._filled:
            page = self.page(self.shown)
            self.stack.setCurrentWidget(page)
            self.turned(page)
