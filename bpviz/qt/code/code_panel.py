"""One training step as a short program: the current lines marked, the values of its variables beside them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bpviz.engine.update import OptimizerState
from bpviz.explain.listing.line import Listing
from bpviz.explain.listing.program import listing
from bpviz.qt.code.code_scene import CodeScene
from bpviz.qt.code.code_view import CodeView
from bpviz.qt.code.copy_button import CopyButton
from bpviz.qt.naming import Naming
from bpviz.qt.panels.coalescer import Coalescer
from bpviz.qt.panels.panel_scroll import PanelScroll
from bpviz.qt.panels.section import rule
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_HEADER = (16, 10, 12, 8)
_MARGINS = (0, 10, 0, 14)
_LEAST_WIDTH = 220
_ROOMY = 300       # from this width on the button says all its words
_CLEAR = 28        # pixels that are kept around the current lines


class CodePanel(QWidget):
    """Follows session, player, spotlight and naming. Keeps the current lines in sight as phases go by."""

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__()
        self._session = session
        self._player = player
        self._spotlight = spotlight
        self._theme = theme
        self._key: object = None
        self._followed: object = None
        self.view = CodeView(spotlight, naming, theme)
        self.button = CopyButton()
        self.count = QLabel()
        self.numbers = QLabel()
        self.area = PanelScroll(_MARGINS, 0)
        self._lay_out()
        self.button.clicked.connect(self.copy)
        self.view.copy_asked.connect(self.copy)
        self.view.line_chosen.connect(self._show_stretch)
        self._redraw = Coalescer(self, self.refresh)
        for signal in (session.experiment_changed, session.settings_changed, session.step_changed,
                       player.moved, player.mode_changed, spotlight.changed, naming.changed, theme.changed):
            signal.connect(self._redraw.ask)
        self._redraw.ask()

    def refresh(self) -> None:
        """Show what is so now. While only the eye moves on, the same program is painted again."""
        record, example = self._session.record, self._spotlight.example
        key = (record, self._session.learning, self._player.complete, self._player.moment.phase, example)
        if key == self._key:
            self.view.update()
            return
        self._key = key
        shown = self._listing()
        self.view.show_scene(CodeScene(
            self._session.network, record, shown, example, self._player.moment.phase, self._player.complete
        ))
        self.count.setText(f"Program, {len(shown.lines)} lines")
        self.numbers.setText(_whose(example, record.batch))
        self._follow()

    def copy(self) -> None:
        """The whole program with all its numbers, to the clipboard."""
        QGuiApplication.clipboard().setText(self._listing().program)
        self.button.confirm()

    # -- within ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.count.setProperty("title", True)
        self.count.setToolTip("As shown here, where large arrays are folded; the copy has them whole.")
        self.numbers.setProperty("faint", True)
        self.numbers.setToolTip("Whose numbers stand beside the lines. Gradients are the batch's.")
        tip = "Copy the whole program with all its numbers. It runs as it is, with NumPy at most (Ctrl+C)."
        self.button.setToolTip(tip)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.count)
        words.addWidget(self.numbers)
        header = QHBoxLayout()
        header.setContentsMargins(*_HEADER)
        header.addLayout(words, 1)
        header.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.area.column.addWidget(self.view)
        self.area.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(rule())
        column.addWidget(self.area, 1)
        self.setMinimumWidth(_LEAST_WIDTH)

    def _listing(self) -> Listing:
        session = self._session
        return listing(session.network, session.record, session.learning, self._remembered)

    def _remembered(self) -> OptimizerState:
        return self._session.trainer.optimizer_state

    def _follow(self) -> None:
        """Bring the current lines in sight when another phase has come, not whenever a number changes."""
        followed = (self._session.network, self._player.moment.phase)
        if followed != self._followed:
            self._followed = followed
            self._show_stretch(*self.view.stretch())

    def _show_stretch(self, top: int, bottom: int) -> None:
        """Scroll only if these lines are not in sight; then so that what led to them stands above."""
        bar, height = self.area.verticalScrollBar(), self.area.viewport().height()
        margin = self.area.column.contentsMargins().top()
        # A new program's height reaches the scroll bar only with the next layout.
        bar.setMaximum(max(bar.maximum(), self.view.height() + sum(_MARGINS[1::2]) - height))
        if top + margin < bar.value() + _CLEAR or bottom + margin > bar.value() + height - _CLEAR:
            bar.setValue(max(0, top + margin - height // 3))

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(328, 560)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.button.set_brief(self.width() < _ROOMY)
        self._followed = None


def _whose(example: int | None, batch: int) -> str:
    if batch == 1:
        return "One example"
    return f"Mean of {batch} examples" if example is None else f"Example {example + 1} of {batch}"
