"""What holds for the whole step: which one it is, its cost, its rate, its batch."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpviz.explain.number import count, full, number
from bpviz.explain.phase import Kind
from bpviz.explain.quantities import known
from bpviz.qt.example_chooser import ExampleChooser
from bpviz.qt.panels.example_view import ExampleView
from bpviz.qt.panels.section import Section
from bpviz.qt.panels.value_row import ValueRow
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme


class StepOverview(QWidget):
    """Shows the record as a whole, and which of its examples is looked at."""

    def __init__(self, session: Session, player: Player, spotlight: Spotlight, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._player = player
        self._step = ValueRow("Step", tip="Updates made before this step, and its epoch.")
        self.cost = ValueRow("Cost", tip="Averaged over the batch, before this step's update.")
        self._rate = ValueRow("Learning rate", tip="In force at this step, after the schedule.")
        self._batch = ValueRow("Batch", tip="How many of the training examples this step learns from.")
        self.chooser = ExampleChooser(session, spotlight, theme)
        self.example = ExampleView(session, player, spotlight, theme)
        section = Section("This step")
        for widget in (self._step, self.cost, self._rate, self._batch, self.chooser, self.example):
            section.add(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section)

    def refresh(self) -> None:
        """The record, the phase or the spotlight is another; called by the panel that shows this."""
        record, trainer = self._session.record, self._session.trainer
        epoch = count(trainer.epoch_of(record.step))
        self._step.set_value(f"{count(record.step)}, epoch {epoch}")
        told = known(self._session.network.depth, self._player.complete, Kind.COST, 0)
        self.cost.set_value(number(record.cost if told else None))
        self.cost.value.setToolTip(full(record.cost if told else None))
        self._rate.set_value(number(record.rate))
        self._rate.value.setToolTip(full(record.rate))
        n = trainer.train.count
        self._batch.set_value("1 example" if n == 1 else f"{count(record.batch)} of {count(n)} examples")
        self.chooser.setVisible(n > 1)
        self.chooser.refresh()
        self.example.refresh()
