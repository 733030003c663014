"""The panel of the memo: what a step computes once and then looks up, and how much that saves."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from bpviz.explain.complexity import assumptions, by_depth, comparison, work
from bpviz.explain.memo import sentence
from bpviz.explain.phase import score
from bpviz.qt.memo.depth_chart import DepthChart
from bpviz.qt.memo.memo_sentence import MemoSentence
from bpviz.qt.memo.memo_table import MemoTable
from bpviz.qt.memo.work_bars import WorkBars
from bpviz.qt.naming import Naming
from bpviz.qt.panels.coalescer import Coalescer
from bpviz.qt.panels.panel_scroll import PanelScroll
from bpviz.qt.panels.section import Section, rule
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_MARGINS = (16, 14, 16, 14)
_GAP = 12
_LEAST_WIDTH = 220
_SIGNS = "✓ known, — not yet. A number: looked up, computed so many phases ago."
_LOGARITHMIC = "The bars are on a logarithmic scale: a little longer is many more."


class MemoPanel(QWidget):
    """Follows session, player, spotlight and naming; makes nothing anew while network and phase stay."""

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__()
        self._session = session
        self._player = player
        self._naming = naming
        self._key: object = None
        self._network_key: object = None
        self.sentence = MemoSentence()
        self.table = MemoTable(session, player, spotlight, naming, theme)
        self.signs = _note(_SIGNS)
        self.bars = WorkBars(theme)
        self.comparison = _note()
        self.chart = DepthChart(theme)
        self.assumptions = _note()
        self._lay_out()
        self._redraw = Coalescer(self, self.refresh)
        for signal in (session.experiment_changed, session.step_changed, player.moved, player.mode_changed,
                       naming.changed):
            signal.connect(self._redraw.ask)
        for signal in (spotlight.changed, theme.changed):
            signal.connect(self.table.update)
        for widget in (self.bars, self.chart):
            theme.changed.connect(widget.update)
        self._redraw.ask()

    def refresh(self) -> None:
        """Show what is so now. The memo depends on the phase alone, its numbers are read when asked for."""
        network, player = self._session.network, self._player
        key = (network, player.moment.phase, player.complete, self._naming.notation)
        if key == self._key:
            return
        self._key = key
        self._show_network()
        self.sentence.say(sentence(network, self._naming.names, player.moment.phase))
        self.table.refresh()
        self.signs.setVisible(not self.table.grid.tall)
        self.bars.show_work(work(network).after(player.complete), work(network).total)

    # -- within ----------------------------------------------------------------------------------------

    def _show_network(self) -> None:
        """What stays the same for every phase."""
        network, names = self._session.network, self._naming.names
        key = (network, self._naming.notation)
        if key == self._network_key:
            return
        self._network_key = key
        total = work(network).total
        self.sentence.reserve(tuple(sentence(network, names, at) for at in range(len(score(network.depth)))))
        self.bars.show_work(self.bars.done, total)
        note = comparison(total)
        self.comparison.setText(f"{note} {_LOGARITHMIC}" if self.bars.logarithmic else note)
        self.chart.show_depths(by_depth(network), network.depth - 1, total)
        self.assumptions.setText(assumptions(network))

    def _lay_out(self) -> None:
        whole = PanelScroll(_MARGINS, _GAP)
        listed = Section("Memo", gap=12)
        listed.add(self.sentence)
        listed.add(self.table)
        listed.add(self.signs)
        counted = Section("Multiplications so far")
        counted.add(self.bars)
        counted.add(self.comparison)
        deeper = Section("In deeper networks")
        deeper.add(self.chart)
        deeper.add(self.assumptions)
        for widget in (listed, rule(), counted, rule(), deeper):
            whole.column.addWidget(widget)
        whole.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(whole)
        self.setMinimumWidth(_LEAST_WIDTH)

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(328, 560)


def _note(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setProperty("faint", True)
    label.setWordWrap(True)
    return label
