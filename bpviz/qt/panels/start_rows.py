"""What training starts from: the first weights, and the seed of all that is random."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from bpviz.document.editing import set_first, set_seed
from bpviz.engine.initializer import INITIALIZERS, FirstWeights
from bpviz.qt.panels import settings_words as words
from bpviz.qt.panels.choice_row import ChoiceRow
from bpviz.qt.panels.constant_rows import ConstantRows
from bpviz.qt.panels.constants import FIRST_CONSTANTS, READ_BY_FIRST, Constant
from bpviz.qt.panels.entries import EntryError, read_seed, step_seed
from bpviz.qt.panels.entry_row import EntryRow
from bpviz.qt.panels.picker import Option
from bpviz.qt.panels.refusal import Refusal
from bpviz.qt.panels.section import GAP
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme, icon

_FIRST_TIP = "The weights before the first update. A change draws all weights again and starts over."
_SEED_TIP = "Decides first weights, split and order of the examples. A change starts over."
_ROLL_TIP = "Start over with new first weights (R)"


class StartRows(QWidget):
    """Shows the session's first weights and seed. Each change starts over."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self.first = ChoiceRow("First weights", _FIRST_TIP, self._ways, widest="constant")
        self.first.picked.connect(self.choose_first)
        self.constants = ConstantRows(FIRST_CONSTANTS, after=self.first.picker)
        self.constants.asked.connect(self._set_constant)
        self._roll = QToolButton()
        self._roll.setToolTip(_ROLL_TIP)
        self._roll.setAccessibleName("Roll new first weights")
        self._roll.clicked.connect(session.roll)
        self.seed = EntryRow("Seed", _SEED_TIP, self._roll)
        self.seed.entered.connect(self._enter_seed)
        self.seed.stepped.connect(self._step_seed)
        QWidget.setTabOrder(self._roll, self.seed.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for row in (self.first, self.constants, self.seed):
            column.addWidget(row)
        theme.changed.connect(self._dress)
        self._dress()

    def refresh(self) -> None:
        experiment = self._session.experiment
        first = experiment.first
        self.first.show_choice(first.name, INITIALIZERS[first.name], words.FIRST_TIPS[first.name])
        read = READ_BY_FIRST[first.name]
        if first.name != "given" and any(layer.bias for layer in experiment.network.layers):
            read = (*read, "bias")
        self.constants.show_values({field: getattr(first, field) for field in read})
        self.seed.show_text(str(experiment.seed))

    def choose_first(self, name: str) -> None:
        first = self._session.experiment.first
        if name == first.name:
            self.first.trouble.forgive()
        else:
            self._start_from(replace(first, name=name, weights=(), biases=()), self.first.trouble)

    def _set_constant(self, constant: Constant, value: float, stepped: bool) -> None:
        first = constant.put(self._session.experiment.first, value)
        gesture = ("first", constant.field) if stepped else None
        self._start_from(first, self.constants.row(constant.field).trouble, gesture)

    def _start_from(self, first: FirstWeights, trouble: Refusal, gesture: object = None) -> None:
        trouble.attempt(self._session, partial(set_first, self._session.experiment, first), gesture)

    def _enter_seed(self, text: str) -> None:
        try:
            self._sow(read_seed(text), None)
        except EntryError as error:
            self.seed.refuse(str(error))

    def _step_seed(self, steps: int) -> None:
        self._sow(step_seed(self._session.experiment.seed, steps), "seed")

    def _sow(self, seed: int, gesture: object) -> None:
        if seed == self._session.experiment.seed:
            self.refresh()  # the same number, perhaps written differently
        else:
            edit = partial(set_seed, self._session.experiment, seed)
            self.seed.trouble.attempt(self._session, edit, gesture)

    def _ways(self) -> list[Option]:
        """Given weights are offered only while they are there."""
        given = self._session.experiment.first.name == "given"
        return [
            Option(name, label, words.FIRST_TIPS[name])
            for name, label in INITIALIZERS.items()
            if given or name != "given"
        ]

    def _dress(self) -> None:
        self._roll.setIcon(icon("roll", self._theme.palette.ink_soft))
