"""The panel on the right: equations, chain, code, memo, batch and step, each behind a tab."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpviz.qt.naming import Naming
from bpviz.qt.paged_panel import PagedPanel
from bpviz.qt.panels.section import rule
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_LEAST_WIDTH = 280
_MARGIN = 13
Make = Callable[[Session, Player, Spotlight, Naming, Theme], QWidget]


class SidePanel(PagedPanel[QWidget]):
    """Tabs as wide as the panel, and below them the page."""

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        parts = (session, player, spotlight, naming, theme)
        makers = {name: (tip, partial(make, *parts)) for name, (tip, make) in _PAGES.items()}
        super().__init__(makers, tuple(f"Alt+{k + 1}" for k in range(len(makers))))
        self.tabs.setObjectName("sideTabs")
        self.tabs.setExpanding(True)
        self.tabs.setAccessibleName("What the panel shows")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(_MARGIN, 8, _MARGIN, 0)
        head.addWidget(self.tabs)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self.stack, 1)
        self.setMinimumWidth(_LEAST_WIDTH)

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
