"""The derivative: by which variable, as which product, and what that means."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from bpviz.explain.nested_remark import remark
from bpviz.qt.fonts import ui_font
from bpviz.qt.naming import Naming
from bpviz.qt.playground.equation_line import EquationLine
from bpviz.qt.playground.state import State
from bpviz.qt.plots.choice import Choice
from bpviz.qt.theme import Theme

_TIPS = {
    "x": "The whole chain: how f follows x",
    "C": "C(x) is taken as a constant and replaced with a placeholder: how f follows C",
    "B": "B(C(x)) is taken as a constant and replaced with a placeholder: how f follows B",
}


class DerivativeCard(QFrame):
    """A choice of variables, the equation, and one sentence."""

    def __init__(self, state: State, naming: Naming, theme: Theme) -> None:
        super().__init__()
        self._state = state
        self.setProperty("panel", True)
        self.choice = Choice("Derivative with respect to", _TIPS)
        self.equation = EquationLine(state, naming, theme)
        self.words = QLabel()
        self.words.setFont(ui_font(14))
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()
        self.choice.changed.connect(self._choose)
        state.changed.connect(self._follow)
        self._follow()

    def _lay_out(self) -> None:
        title = QLabel("Derivative with respect to")
        title.setProperty("title", True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self.choice)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.equation)
        column.addWidget(self.words, 1)

    def _choose(self) -> None:
        self._state.set_by(self.choice.chosen)

    def _follow(self) -> None:
        self.choice.choose(self._state.by)
        self.words.setText(remark(self._state.chain))
