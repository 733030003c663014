"""How the network learns: what may change from the present step on, and what starts over."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpviz.engine.errors import EngineError
from bpviz.engine.optimizer import OPTIMIZERS, SCHEDULES, Learning
from bpviz.explain.number import count, typed
from bpviz.qt.panels import settings_words as words
from bpviz.qt.panels.choice_row import ChoiceRow
from bpviz.qt.panels.constant_rows import ConstantRows
from bpviz.qt.panels.constants import (
    OPTIMIZER_CONSTANTS,
    PENALTIES,
    READ_BY_OPTIMIZER,
    READ_BY_SCHEDULE,
    SCHEDULE_CONSTANTS,
    Constant,
)
from bpviz.qt.panels.cost_row import CostRow
from bpviz.qt.panels.entries import ALL, EntryError, read_batch, read_rate, step_batch, step_rate
from bpviz.qt.panels.entry_row import EntryRow
from bpviz.qt.panels.picker import Option
from bpviz.qt.panels.section import Section
from bpviz.qt.panels.start_rows import StartRows
from bpviz.qt.panels.tip import wrapped
from bpviz.qt.panels.value_row import ValueRow
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme

_OPTIMIZER_TIP = "The rule that turns gradients into updates. A change holds from this step on."
_RATE_TIP = "How far each update goes along the gradient. A change holds from this step on. ↑ and ↓ step it."
_SCHEDULE_TIP = "How the learning rate changes with the epochs. A change holds from this step on."
_BATCH_TIP = "How many examples each step learns from. A change holds from this step on. ↑ and ↓ step it."


class LearningSection(QWidget):
    """Shows the session's settings, and asks the session to change them."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._shown: Learning | None = None
        self._make_rows(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._section)
        session.settings_changed.connect(self.refresh)
        session.step_changed.connect(self._follow)
        self.refresh()

    # -- what is shown ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        learning = self._shown = self._session.learning
        optimizer, schedule = learning.optimizer, learning.schedule
        self.cost.refresh()
        label, tip = OPTIMIZERS[optimizer.name], words.OPTIMIZER_TIPS[optimizer.name]
        self.optimizer.show_choice(optimizer.name, label, tip)
        read = READ_BY_OPTIMIZER[optimizer.name]
        self.optimizer_constants.show_values({field: getattr(optimizer, field) for field in read})
        self.rate.show_text(typed(learning.rate))
        label, tip = SCHEDULES[schedule.name], words.SCHEDULE_TIPS[schedule.name]
        self.schedule.show_choice(schedule.name, label, tip)
        read = READ_BY_SCHEDULE[schedule.name]
        self.schedule_constants.show_values({field: getattr(schedule, field) for field in read})
        self._show_batch(learning)
        self.penalties.show_values({"l1": learning.l1, "l2": learning.l2})
        self.start.refresh()

    def _follow(self) -> None:
        """Earlier steps were taken with the settings of then."""
        if self._session.learning != self._shown:
            self.refresh()

    def _show_batch(self, learning: Learning) -> None:
        n = self._session.trainer.train.count
        self.batch.field.setToolTip(wrapped(f"{_BATCH_TIP} All are {count(n)}."))
        self.batch.show_text(ALL if learning.batch_size >= n else str(learning.batch_size))
        self.batch.setVisible(n > 1)
        self._lone.setVisible(n == 1)

    # -- what is asked for -----------------------------------------------------------------------------

    def choose_optimizer(self, name: str) -> None:
        optimizer = replace(self._session.learning.optimizer, name=name)
        self._learn(replace(self._session.learning, optimizer=optimizer), f"optimizer to {OPTIMIZERS[name]}")

    def choose_schedule(self, name: str) -> None:
        schedule = replace(self._session.learning.schedule, name=name)
        self._learn(replace(self._session.learning, schedule=schedule), f"schedule to {SCHEDULES[name]}")

    def _set_optimizer(self, constant: Constant, value: float, stepped: bool) -> None:
        learning = self._session.learning
        optimizer = constant.put(learning.optimizer, value)
        what = constant.caption[0].lower() + constant.caption[1:]
        self._learn(replace(learning, optimizer=optimizer), what, constant.field if stepped else "")

    def _set_schedule(self, constant: Constant, value: float, stepped: bool) -> None:
        learning = self._session.learning
        schedule = constant.put(learning.schedule, value)
        self._learn(replace(learning, schedule=schedule), "schedule", constant.field if stepped else "")

    def _set_penalty(self, constant: Constant, value: float, stepped: bool) -> None:
        learning = constant.put(self._session.learning, value)
        self._learn(learning, constant.caption, constant.field if stepped else "")

    def _enter_rate(self, text: str) -> None:
        try:
            self._learn(replace(self._session.learning, rate=read_rate(text)), "learning rate")
        except (EntryError, EngineError) as error:
            self.rate.refuse(str(error))

    def _step_rate(self, steps: int) -> None:
        learning = self._session.learning
        self._learn(replace(learning, rate=step_rate(learning.rate, steps)), "learning rate", "rate")

    def _enter_batch(self, text: str) -> None:
        try:
            size = read_batch(text, self._session.trainer.train.count)
            self._learn(replace(self._session.learning, batch_size=size), "batch size")
        except (EntryError, EngineError) as error:
            self.batch.refuse(str(error))

    def _step_batch(self, steps: int) -> None:
        learning = self._session.learning
        size = step_batch(learning.batch_size, steps, self._session.trainer.train.count)
        self._learn(replace(learning, batch_size=size), "batch size", "batch")

    def _learn(self, learning: Learning, what: str, stepped: str = "") -> None:
        """stepped: the field whose arrows did it; steps of one are undone together until training goes on."""
        if learning == self._session.learning:
            self.refresh()  # the same number, perhaps written differently
            return
        gesture = (stepped, self._session.trainer.step) if stepped else None
        self._session.set_learning(learning, f"change {what}", gesture)

    # -- building ----------------------------------------------------------------------------------------

    def _make_rows(self, theme: Theme) -> None:
        self.cost = CostRow(self._session)
        self.optimizer = ChoiceRow("Optimizer", _OPTIMIZER_TIP, _optimizers, widest="gradient descent")
        self.optimizer.picked.connect(self.choose_optimizer)
        self.optimizer_constants = ConstantRows(OPTIMIZER_CONSTANTS, after=self.optimizer.picker)
        self.optimizer_constants.asked.connect(self._set_optimizer)
        self.rate = EntryRow("Learning rate", _RATE_TIP)
        self.schedule = ChoiceRow("Schedule", _SCHEDULE_TIP, _schedules, widest="exponential")
        self.schedule.picked.connect(self.choose_schedule)
        self.schedule_constants = ConstantRows(SCHEDULE_CONSTANTS, after=self.schedule.picker)
        self.schedule_constants.asked.connect(self._set_schedule)
        self.batch = EntryRow("Batch size", _BATCH_TIP)
        self._lone = ValueRow("Batch size", words.units(1, "example"), "There is only one example.")
        self.penalties = ConstantRows(PENALTIES, after=self.batch.field)
        self.penalties.asked.connect(self._set_penalty)
        self.start = StartRows(self._session, theme)
        self.rate.entered.connect(self._enter_rate)
        self.rate.stepped.connect(self._step_rate)
        self.batch.entered.connect(self._enter_batch)
        self.batch.stepped.connect(self._step_batch)
        self._section = Section("Learning")
        for row in (
            self.cost, self.optimizer, self.optimizer_constants, self.rate, self.schedule,
            self.schedule_constants, self.batch, self._lone, self.penalties, self.start,
        ):  # fmt: skip
            self._section.add(row)


def _optimizers() -> list[Option]:
    return [Option(name, label, words.OPTIMIZER_TIPS[name]) for name, label in OPTIMIZERS.items()]


def _schedules() -> list[Option]:
    return [Option(name, label, words.SCHEDULE_TIPS[name]) for name, label in SCHEDULES.items()]
