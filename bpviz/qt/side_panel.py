"""The panel on the right: equations, chain, code, memo, batch and step, each behind a tab."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from bpviz.qt.equations.equations_panel import EquationsPanel
from bpviz.qt.inspector import Inspector
from bpviz.qt.naming import Naming
from bpviz.qt.panels.section import rule
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_LEAST_WIDTH = 280
_MARGIN = 13
Make = Callable[[Session, Player, Spotlight, Naming, Theme], QWidget]


class SidePanel(QWidget):
    """Makes a page when it is first asked for; one that is not seen does nothing."""

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__()
        self._parts = (session, player, spotlight, naming, theme)
        self._pages: dict[str, QWidget] = {}
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
        self.tabs.currentChanged.connect(self._turn_to)
        self._turn_to(0)

    @property
    def shown(self) -> str:
        """The name of the page that is open."""
        return self.tabs.tabText(self.tabs.currentIndex())

    def show_page(self, name: str) -> None:
        """Open a page by its name; an unknown one changes nothing."""
        if name in _PAGES:
            self.tabs.setCurrentIndex(tuple(_PAGES).index(name))

    def page(self, name: str) -> QWidget:
        """The page of that name, made if it was not yet."""
        if name not in self._pages:
            made = _PAGES[name][1](*self._parts)
            self._pages[name] = made
            self._stack.addWidget(made)
        return self._pages[name]

    def _turn_to(self, index: int) -> None:
        self._stack.setCurrentWidget(self.page(self.tabs.tabText(index)))

    # -- Qt --------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(344, 640)


# Pages other than the first ones are imported when they are opened: the window starts sooner.


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


_PAGES: dict[str, tuple[str, Make]] = {
    "Equations": ("Every equation of the step with its numbers", EquationsPanel),
    "Chain": ("The whole chain of derivatives of what is selected", _chain),
    "Code": ("The step as a short program", _code),
    "Memo": ("What is computed once and then looked up", _memo),
    "Batch": ("How examples share in a gradient, and what the update did", _batch),
    "Step": ("What to look for, this step, all weights and biases", Inspector),
}
PAGES = tuple(_PAGES)
