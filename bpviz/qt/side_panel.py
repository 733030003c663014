"""The panel on the right: equations, chain, code, memo, batch and step, each behind a tab."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from bpviz.qt.naming import Naming
from bpviz.qt.panels.section import rule
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.tab_order import place
from bpviz.qt.theme import Theme

_LEAST_WIDTH = 280
_MARGIN = 13
Make = Callable[[Session, Player, Spotlight, Naming, Theme], QWidget]


class SidePanel(QWidget):
    """Makes a page when it is first asked for; one that is not seen does nothing.

    At first there are only the tabs: the window is painted before `fill` makes the page that is open.
    """

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__()
        self._parts = (session, player, spotlight, naming, theme)
        self._pages: dict[str, QWidget] = {}
        self._filled = False
        self.tabs = QTabBar()
        self.tabs.setObjectName("sideTabs")
        self.tabs.setExpanding(True)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabs.setAccessibleName("What the panel shows")
        for k, (name, (tip, _)) in enumerate(_PAGES.items()):
            self.tabs.addTab(name)
            self.tabs.setTabToolTip(k, f"{tip} (Alt+{k + 1})")
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(_MARGIN, 8, _MARGIN, 0)
        head.addWidget(self.tabs)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self._stack, 1)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.tabs.currentChanged.connect(self._turn)

    @property
    def shown(self) -> str:
        """The name of the page that is open."""
        return self.tabs.tabText(self.tabs.currentIndex())

    def show_page(self, name: str) -> None:
        """Open a page by its name; an unknown one changes nothing."""
        self.choose(name)
        self.fill()

    def choose(self, name: str) -> None:
        """Say which page `fill` is to make."""
        if name in _PAGES:
            self.tabs.setCurrentIndex(tuple(_PAGES).index(name))

    def fill(self) -> None:
        """Make the open page, and from now on each that is opened."""
        if not self._filled:
            self._filled = True
            self._turn()

    def page(self, name: str) -> QWidget:
        """The page of that name, made if it was not yet."""
        if name not in self._pages:
            made = _PAGES[name][1](*self._parts)
            self._pages[name] = made
            self._stack.addWidget(made)
            place(made, self._stack)
        return self._pages[name]

    def _turn(self) -> None:
        if self._filled:
            self._stack.setCurrentWidget(self.page(self.shown))

    # -- Qt --------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(344, 640)


# Pages are imported when they are opened, or behind the first picture: the window starts sooner.


def _equations(
    session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
) -> QWidget:
    from bpviz.qt.equations.equations_panel import EquationsPanel

    return EquationsPanel(session, player, spotlight, naming, theme)


def _chain(
    session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
) -> QWidget:
    from bpviz.qt.chain.chain_panel import ChainPanel

    return ChainPanel(session, player, spotlight, naming, theme)


def _code(session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme) -> QWidget:
    from bpviz.qt.code.code_panel import CodePanel

    return CodePanel(session, player, spotlight, naming, theme)


def _memo(session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme) -> QWidget:
    from bpviz.qt.memo.memo_panel import MemoPanel

    return MemoPanel(session, player, spotlight, naming, theme)


def _batch(
    session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
) -> QWidget:
    from bpviz.qt.batch.batch_panel import BatchPanel

    return BatchPanel(session, player, spotlight, naming, theme)


def _step(session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme) -> QWidget:
    from bpviz.qt.inspector import Inspector

    return Inspector(session, player, spotlight, naming, theme)


_PAGES: dict[str, tuple[str, Make]] = {
    "Equations": ("Every equation of the step with its numbers", _equations),
    "Chain": ("The whole chain of derivatives of what is selected", _chain),
    "Code": ("The step as a short program", _code),
    "Memo": ("What is computed once and then looked up", _memo),
    "Batch": ("How examples share in a gradient, and what the update did", _batch),
    "Step": ("What to look for, this step, all weights and biases", _step),
}
PAGES = tuple(_PAGES)
