"""The chain rule playground: f(x) = A(B(C(x))), taken apart before one's eyes."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bpviz.engine.errors import EngineError
from bpviz.explain.nested import LETTERS, Nested, whole_symbol
from bpviz.qt.naming import Naming
from bpviz.qt.playground.derivative_card import DerivativeCard
from bpviz.qt.playground.examples import EXAMPLES
from bpviz.qt.playground.stage_card import StageCard
from bpviz.qt.playground.state import State
from bpviz.qt.playground.symbol_label import SymbolLabel
from bpviz.qt.playground.value_arrow import ValueArrow
from bpviz.qt.playground.whole_card import WholeCard
from bpviz.qt.playground.x_keys import steps_of
from bpviz.qt.plots.choice import ChoiceButton
from bpviz.qt.theme import Theme

_FIRST_SIZE = (980, 620)
_LEAST_SIZE = (760, 520)
_MARGIN = 16
_GAP = 12


class ChainRulePlayground(QDialog):
    """Three curves in the order of evaluation, the whole under them, and the derivative as their product.

    Remembers functions, x and the variable from one time to the next.
    """

    def __init__(self, naming: Naming, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Chain rule")
        self.setModal(False)
        self.setMinimumSize(*_LEAST_SIZE)
        self.resize(*_FIRST_SIZE)
        self.state = State(self)
        self._restore()
        self.stages = tuple(StageCard(self.state, naming, theme, letter) for letter in LETTERS)
        self.arrows = tuple(ValueArrow(self.state, theme, place) for place in range(len(LETTERS) + 1))
        self.whole = WholeCard(self.state, naming, theme)
        self.derivative = DerivativeCard(self.state, naming, theme)
        self.examples = tuple(ChoiceButton(example.name, example.words) for example in EXAMPLES)
        self._lay_out(theme)
        for key, act in (("Ctrl+D", naming.toggle), ("Ctrl+T", theme.cycle)):  # as in the window
            QShortcut(QKeySequence(key), self, act)
        self.whole.x_control.slider.setFocus()

    # -- within ----------------------------------------------------------------------------------------

    def _lay_out(self, theme: Theme) -> None:
        lower = QHBoxLayout()
        lower.setSpacing(_GAP)
        lower.addWidget(self.whole, 6)
        lower.addWidget(self.derivative, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN - 4, _MARGIN, _MARGIN)
        column.setSpacing(_GAP)
        column.addLayout(self._header(theme))
        column.addLayout(self._pipeline(), 3)
        column.addLayout(lower, 2)

    def _header(self, theme: Theme) -> QHBoxLayout:
        header = QHBoxLayout()
        header.setSpacing(4)
        header.addWidget(SymbolLabel(theme, whole_symbol("x"), 22))
        header.addStretch(1)
        begin = QLabel("Begin with")
        begin.setProperty("soft", True)
        header.addWidget(begin)
        header.addSpacing(4)
        for button in self.examples:
            button.setCheckable(False)
            button.setAutoDefault(False)
            button.setAccessibleName(f"Begin with: {button.text()}")
            button.clicked.connect(self._take)
            header.addWidget(button)
        return header

    def _pipeline(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        for arrow, card in zip(self.arrows, self.stages, strict=False):
            row.addWidget(arrow)
            row.addWidget(card, 1)
        row.addWidget(self.arrows[-1])
        return row

    def _take(self) -> None:
        self.state.take(next(e for e, b in zip(EXAMPLES, self.examples, strict=True) if b is self.sender()))

    def _restore(self) -> None:
        """What was set last time; anything that cannot be read leaves the first example."""
        settings = QSettings("bpviz", "bpviz")
        names = str(settings.value("playground/functions", "")).split()
        try:
            self.state.set_nested(Nested(*names))
            self.state.set_x(float(str(settings.value("playground/x", self.state.x))))
        except (EngineError, TypeError, ValueError):
            self.state.take(EXAMPLES[0])
        self.state.set_by(str(settings.value("playground/by", self.state.by)))

    def _remember(self) -> None:
        settings, nested = QSettings("bpviz", "bpviz"), self.state.nested
        settings.setValue("playground/functions", f"{nested.outer} {nested.middle} {nested.inner}")
        settings.setValue("playground/x", repr(self.state.x))
        settings.setValue("playground/by", self.state.by)

    # -- Qt ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no widget has taken: the arrow keys move x wherever the keyboard is."""
        steps = steps_of(event)
        if steps:
            self.state.step_x(steps)
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._remember()
