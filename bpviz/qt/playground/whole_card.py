"""The whole function over the variable by which it is derived, and x under it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from bpviz.explain.nested import whole_curve, whole_symbol
from bpviz.explain.number import number
from bpviz.explain.symbol import Run, Symbol
from bpviz.qt.naming import Naming
from bpviz.qt.playground.curve_plot import CurvePlot
from bpviz.qt.playground.lit_card import LitCard
from bpviz.qt.playground.picture import Picture
from bpviz.qt.playground.state import State
from bpviz.qt.playground.symbol_label import SymbolLabel
from bpviz.qt.playground.x_control import XControl
from bpviz.qt.playground.x_keys import HINT
from bpviz.qt.theme import Theme

_WORDS = {
    "x": "all three, one inside the other",
    "C": "C is a placeholder for C(x)",
    "B": "B is a placeholder for B(C(x))",
}


class WholeCard(LitCard):
    """f over x can be dragged; over a placeholder, which x decides, it only follows."""

    def __init__(self, state: State, naming: Naming, theme: Theme) -> None:
        super().__init__(state, theme, "f")
        self._naming = naming
        self._title = SymbolLabel(theme, whole_symbol(state.by), 17)
        self._words = QLabel()
        self._words.setProperty("faint", True)
        self.plot = CurvePlot(theme, self._picture())
        self.x_control = XControl(state, theme)
        self._lay_out()
        self.plot.dragged.connect(state.set_x)
        self.plot.stepped.connect(state.step_x)
        state.changed.connect(self._follow)
        naming.changed.connect(self._follow)
        self._follow()

    # -- within ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.plot, 1)
        column.addWidget(self.x_control)

    def _picture(self) -> Picture:
        chain = self._state.chain
        return Picture(
            curve=whole_curve(self._state.nested, chain.by),
            input_name=Symbol((Run(chain.by, "italic"),)), output_name=Symbol((Run("f", "italic"),)),
            at=chain.at, value=chain.value, slope=chain.slope,
            slope_symbol=chain.slope_symbol(self._naming.notation),
        )  # fmt: skip

    def _follow(self) -> None:
        chain = self._state.chain
        self._title.show_symbol(whole_symbol(chain.by))
        self._words.setText(_WORDS[chain.by])
        self.plot.show_picture(self._picture())
        self.plot.set_draggable(chain.by == "x")
        said = f"f = {number(chain.value)} at {chain.by} = {number(chain.at)}, slope {number(chain.slope)}"
        self.plot.setAccessibleName(f"Curve of f over {chain.by}")
        self.plot.setAccessibleDescription(said)
        self.plot.setToolTip(f"{said}. Drag the point; {HINT}." if chain.by == "x" else f"{said}.")
