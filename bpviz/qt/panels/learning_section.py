"""How the network learns: what is fixed is shown, what may change can be changed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from bpviz.engine.cost import cost
from bpviz.engine.errors import EngineError
from bpviz.engine.optimizer import OPTIMIZERS, Learning
from bpviz.explain.number import count, full
from bpviz.qt.panels import settings_words as words
from bpviz.qt.panels.entries import (
    ALL,
    EntryError,
    read_batch,
    read_rate,
    read_seed,
    step_batch,
    step_rate,
    step_seed,
)
from bpviz.qt.panels.entry_row import EntryRow
from bpviz.qt.panels.section import Section
from bpviz.qt.panels.value_row import ValueRow
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme, icon

_RATE_TIP = "How far each update goes along the gradient. A change holds from this step on. ↑ and ↓ step it."
_BATCH_TIP = "How many examples each step learns from. A change holds from this step on. ↑ and ↓ step it."
_SEED_TIP = "Decides first weights, split and order of the examples. A change starts over."
_ROLL_TIP = "Start over with new first weights (R)"


class LearningSection(QWidget):
    """Shows the session's settings, and asks the session to change rate, batch size and seed."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._make_rows()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._section)
        session.settings_changed.connect(self.refresh)
        session.experiment_changed.connect(self.refresh)
        theme.changed.connect(self._dress)
        self._dress()
        self.refresh()

    # -- what is shown ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        learning, experiment = self._session.learning, self._session.experiment
        self._cost.set_value(cost(experiment.network.cost).label)
        self._optimizer.set_value(OPTIMIZERS[learning.optimizer.name])
        constants = words.optimizer_constants(learning.optimizer)
        self._constants.set_value(constants)
        self._constants.setVisible(bool(constants))
        self.rate.show_text(full(learning.rate).removesuffix(".0"))
        self._schedule.set_value(words.schedule_text(learning.schedule))
        self._show_batch(learning)
        self._penalty.set_value(words.penalty_text(learning))
        self._first.set_value(words.first_weights_text(experiment.first))
        self.seed.show_text(str(experiment.seed))

    def _show_batch(self, learning: Learning) -> None:
        n = self._session.trainer.train.count
        self.batch.setVisible(n > 1)
        self.batch.field.setToolTip(f"{_BATCH_TIP} All are {count(n)}.")
        self._lone.setVisible(n == 1)
        self.batch.show_text(ALL if learning.batch_size >= n else str(learning.batch_size))

    # -- what is asked for -----------------------------------------------------------------------------

    def roll(self) -> None:
        self._session.roll()

    def _enter_rate(self, text: str) -> None:
        try:
            self._learn(replace(self._session.learning, rate=read_rate(text)))
        except (EntryError, EngineError) as error:
            self.rate.refuse(str(error))

    def _step_rate(self, steps: int) -> None:
        self._learn(replace(self._session.learning, rate=step_rate(self._session.learning.rate, steps)))

    def _enter_batch(self, text: str) -> None:
        try:
            size = read_batch(text, self._session.trainer.train.count)
            self._learn(replace(self._session.learning, batch_size=size))
        except (EntryError, EngineError) as error:
            self.batch.refuse(str(error))

    def _step_batch(self, steps: int) -> None:
        learning = self._session.learning
        size = step_batch(learning.batch_size, steps, self._session.trainer.train.count)
        self._learn(replace(learning, batch_size=size))

    def _enter_seed(self, text: str) -> None:
        try:
            self._start_over(read_seed(text))
        except EntryError as error:
            self.seed.refuse(str(error))

    def _step_seed(self, steps: int) -> None:
        self._start_over(step_seed(self._session.experiment.seed, steps))

    def _learn(self, learning: Learning) -> None:
        if learning != self._session.learning:
            self._session.set_learning(learning)
        else:
            self.refresh()  # the same number, perhaps written differently

    def _start_over(self, seed: int) -> None:
        if seed != self._session.experiment.seed:
            self._session.set_seed(seed)
        else:
            self.refresh()

    # -- building ----------------------------------------------------------------------------------------

    def _make_rows(self) -> None:
        self._cost = ValueRow("Cost", tip="What training makes small: how far predictions are from targets.")
        self._optimizer = ValueRow("Optimizer", tip="The rule that turns gradients into updates.")
        self._constants = ValueRow("", tip="The constants of the optimizer.")
        self.rate = self._entry("Learning rate", _RATE_TIP)
        self._schedule = ValueRow("Schedule", tip="How the learning rate changes with the epochs.")
        self.batch = self._entry("Batch size", _BATCH_TIP)
        self._lone = ValueRow("Batch size", words.units(1, "example"), "There is only one example.")
        self._penalty = ValueRow("Penalty", tip="L1 and L2 keep weights small: they add to the gradient.")
        self._first = ValueRow("First weights", tip="The weights before the first update.")
        self._roll = QToolButton()
        self._roll.setToolTip(_ROLL_TIP)
        self._roll.setAccessibleName("Roll new first weights")
        self._roll.clicked.connect(self.roll)
        self.seed = self._entry("Seed", _SEED_TIP, self._roll)
        self.rate.entered.connect(self._enter_rate)
        self.rate.stepped.connect(self._step_rate)
        self.batch.entered.connect(self._enter_batch)
        self.batch.stepped.connect(self._step_batch)
        self.seed.entered.connect(self._enter_seed)
        self.seed.stepped.connect(self._step_seed)
        self._section = Section("Learning")
        for row in (
            self._cost, self._optimizer, self._constants, self.rate, self._schedule, self.batch, self._lone,
            self._penalty, self._first, self.seed,
        ):  # fmt: skip
            self._section.add(row)

    def _entry(self, caption: str, tip: str, extra: QWidget | None = None) -> EntryRow:
        return EntryRow(caption, tip, self._theme, extra)

    def _dress(self) -> None:
        self._roll.setIcon(icon("roll", self._theme.palette.ink_soft))
