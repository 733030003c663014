"""One of the three functions: which it is, its curve, and where it stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout

from bpviz.engine.activation import activation
from bpviz.explain.nested import FUNCTIONS, LETTERS, VARIABLES, Letter, Stage, function_label, stage_curve
from bpviz.explain.number import number
from bpviz.explain.symbol import Run, Symbol, upright
from bpviz.qt.naming import Naming
from bpviz.qt.playground.curve_plot import CurvePlot
from bpviz.qt.playground.lit_card import LitCard
from bpviz.qt.playground.picture import Picture
from bpviz.qt.playground.state import State
from bpviz.qt.playground.symbol_label import SymbolLabel
from bpviz.qt.playground.x_keys import HINT
from bpviz.qt.theme import Theme

_WORDS = {"C": "inner", "B": "middle", "A": "outer"}
_TITLE_SIZE = 17
_REACHED = "Drawn strong is what can be reached while x goes from −6 to 6."


class StageCard(LitCard):
    """A combo box above a plot. On the first plot, whose input is x, x can be dragged."""

    def __init__(self, state: State, naming: Naming, theme: Theme, letter: Letter) -> None:
        super().__init__(state, theme, letter)
        self._naming = naming
        self._letter: Letter = letter
        self._index = LETTERS.index(letter)
        self.choice = QComboBox()
        self.plot = CurvePlot(theme, self._picture())
        self.plot.set_draggable(letter == "C")
        self._fill()
        self._lay_out()
        self.choice.activated.connect(self._choose)
        self.choice.installEventFilter(self)
        self.plot.dragged.connect(state.set_x)
        self.plot.stepped.connect(state.step_x)
        state.changed.connect(self._follow)
        naming.changed.connect(self._follow)
        self._follow()

    # -- within ----------------------------------------------------------------------------------------

    @property
    def _stage(self) -> Stage:
        return self._state.chain.stages[self._index]

    def _fill(self) -> None:
        for name in FUNCTIONS:
            self.choice.addItem(function_label(name), name)
        word = _WORDS[self._letter]
        self.choice.setAccessibleName(f"{word.capitalize()} function {self._letter}")
        self.choice.setToolTip(f"The {word} function {self._letter}: ↑ and ↓ go through the activations")
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choice.setMinimumContentsLength(4)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def _lay_out(self) -> None:
        argument = VARIABLES[self._index]
        letter, inside = Run(self._letter, "italic"), Run(argument, "italic")
        title = Symbol((letter, Run("(", "upright"), inside, Run(")", "upright")))
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(SymbolLabel(self._theme, title, _TITLE_SIZE))
        head.addWidget(self.choice, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 6)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.plot, 1)

    def _choose(self, index: int) -> None:
        self._state.set_function(self._letter, FUNCTIONS[index])

    def _picture(self) -> Picture:
        chain, stage = self._state.chain, self._stage
        name = Symbol((Run(self._letter, "italic"),))
        placeholder = None
        if stage in chain.constant:
            role = " is a placeholder" if self._letter == chain.by else " is held constant"
            placeholder = name + upright(role)
        return Picture(
            curve=stage_curve(self._state.nested, self._letter),
            input_name=Symbol((Run(stage.argument, "italic"),)), output_name=name,
            at=stage.input, value=stage.value, slope=stage.slope,
            slope_symbol=stage.slope_symbol(self._naming.notation),
            sides=stage.sides if stage.corner else None, constant=placeholder,
        )  # fmt: skip

    def _follow(self) -> None:
        stage = self._stage
        self.plot.show_picture(self._picture())
        self.choice.setCurrentIndex(FUNCTIONS.index(stage.function))
        self.plot.setAccessibleName(f"Curve of {self._letter}, {activation(stage.function).label}")
        place = f"at {stage.argument} = {number(stage.input)}"
        said = f"{self._letter} = {number(stage.value)} {place}, slope {number(stage.slope)}"
        self.plot.setAccessibleDescription(said)
        hint = f"Drag the point; {HINT}. " if self._letter == "C" else ""
        self.plot.setToolTip(f"{said}. {hint}{_REACHED}")

    # -- Qt ----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """With the keyboard on its function a stage is pointed at, too."""
        if event.type() == QEvent.Type.FocusIn:
            self._state.set_light(self._letter)
        elif event.type() == QEvent.Type.FocusOut and self.lit:
            self._state.set_light(None)
        return super().eventFilter(watched, event)
