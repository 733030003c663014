"""Which variable of a unit the cost is derived by: its weighted input, its activation or its bias."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from bpviz.explain.part import Part, What
from bpviz.explain.symbol import Names
from bpviz.qt.plots.choice import Choice

_TIPS = {
    What.WEIGHTED_INPUT: "The derivative by the weighted input: the layer error of this unit.",
    What.ACTIVATION: "The derivative by the activation: what reaches this unit from above.",
    What.BIAS: "The derivative by the bias, which the update uses.",
}


class VariableChoice(QWidget):
    """Offers the variables it is given by their letters; hides where there is only one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._variables: tuple[Part, ...] = ()
        self._words: tuple[str, ...] = ()
        self._what = What.WEIGHTED_INPUT
        self._choice: Choice | None = None
        caption = QLabel("derived by")
        caption.setProperty("soft", True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addWidget(caption)
        self._row.addStretch(1)

    @property
    def choice(self) -> Choice | None:
        return self._choice

    @property
    def what(self) -> What:
        """Which kind of variable is wanted where there are several."""
        return self._what

    @property
    def chosen(self) -> Part:
        """The variable of the kind chosen last, where there is one here."""
        kept = (variable for variable in self._variables if variable.what is self._what)
        return next(kept, self._variables[0])

    def show_variables(self, variables: tuple[Part, ...], names: Names) -> None:
        self._variables = variables
        words = tuple(names.of(variable).runs[0].text for variable in variables)
        self.setVisible(len(variables) > 1)
        if len(variables) > 1 and words != self._words:
            self._words = words
            self._offer(words)
        if self._choice is not None and len(variables) > 1:
            self._choice.choose(self._words[variables.index(self.chosen)])

    def _offer(self, words: tuple[str, ...]) -> None:
        """Another set of letters needs other buttons."""
        old, wanted = self._choice, self._variables.index(self.chosen)
        tips = (_TIPS[variable.what] for variable in self._variables)
        self._choice = Choice("Derived by", dict(zip(words, tips, strict=True)))
        self._choice.choose(words[wanted])
        self._choice.changed.connect(self._take)
        self._row.insertWidget(1, self._choice)
        if old is not None:
            old.hide()
            old.deleteLater()

    def _take(self) -> None:
        assert self._choice is not None
        what = self._variables[self._words.index(self._choice.chosen)].what
        if what is not self._what:
            self._what = what
            self.changed.emit()
