"""Changes the example that is shown: its inputs, its target. Everything else goes on being looked at."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from bpviz.document.dataset import Dataset, training_rows
from bpviz.document.errors import DocumentError
from bpviz.document.example_edit import change_example
from bpviz.document.experiment import Experiment
from bpviz.document.loading import load
from bpviz.engine.errors import EngineError
from bpviz.engine.trainer import Trainer
from bpviz.qt.panels.entries import EntryError
from bpviz.qt.panels.refusal import sentence
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight

_MOST_STEPS = 500  # of a new run until a batch with the example comes; a later one is not waited for
MEAN_SHOWN = "The mean of the batch is shown. Choose one example to change it (M)."


class ExampleEditor(QObject):
    """Writes a row of the data anew. The run starts over, with the weights as they are and that example."""

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._player = player
        self._spotlight = spotlight
        self._split: object = None
        self._rows = np.zeros(0, dtype=np.int64)
        self.changing = False  # the same network is about to be shown, with another example

    @property
    def row(self) -> int | None:
        """The row of the data set that is shown; None while the mean of a batch is."""
        example = self._spotlight.example
        if example is None:
            return None
        trainer = self._session.trainer
        return int(self._training_rows()[trainer.batch_rows(trainer.step)[example]])

    def input(self, unit: int) -> float:
        """As the data have it, before any standardising. Raises EntryError while a mean is shown."""
        return float(self._session.dataset.inputs[self._one(), unit])

    def target(self, output: int) -> float:
        """What this output is to come to. Raises EntryError while a mean is shown."""
        return float(self._session.dataset.targets[self._one(), output])

    def class_place(self) -> int:
        """Which of the data set's classes the example is. Raises EntryError while a mean is shown."""
        return int(self._session.dataset.classes[self._one()])

    def set_input(self, unit: int, value: float, gesture: object = None) -> None:
        self.set_cells({unit: value}, gesture)

    def set_target(self, output: int, value: float, gesture: object = None) -> None:
        self.set_cells({self._session.network.inputs + output: value}, gesture)

    def set_class(self, place: int, gesture: object = None) -> None:
        self.set_cells({self._session.network.inputs: float(place)}, gesture)

    def set_cells(self, cells: Mapping[int, float], gesture: object = None) -> None:
        """Inputs by their place, and behind them targets or the class. Raises EntryError: why it cannot be.

        Changes of one gesture are undone together.
        """
        self._player.pause()
        row, moment = self._one(), self._player.moment
        self.changing = True
        try:
            self._apply(row, cells, gesture)
        except (DocumentError, EngineError) as error:
            raise EntryError(sentence(error)) from None
        finally:
            self.changing = False
        self._player.seek(moment)

    # -- within ------------------------------------------------------------------------------

    def _apply(self, row: int, cells: Mapping[int, float], gesture: object) -> None:
        session = self._session
        edit = change_example(session.experiment, session.dataset, row, cells)
        dataset = load(edit.experiment.dataset)
        place = _place(edit.experiment, dataset, row)

        def prepare(trainer: Trainer) -> None:
            if place is not None:
                _stand_before(trainer, place)

        session.apply(edit, dataset, gesture, prepare)
        if place is not None:
            at = np.flatnonzero(session.trainer.batch_rows(session.trainer.step) == place)
            self._spotlight.set_example(int(at[0]) if at.size else 0)

    def _training_rows(self) -> NDArray[np.int64]:
        """Asked for at every step that is shown, and the same until something else is split."""
        of = self._session.dataset, self._session.experiment.validation_share, self._session.experiment.seed
        if of != self._split:
            self._split, self._rows = of, training_rows(*of)
        return self._rows

    def _one(self) -> int:
        row = self.row
        if row is None:
            raise EntryError(MEAN_SHOWN)
        return row


def _place(experiment: Experiment, dataset: Dataset, row: int) -> int | None:
    """Where a row of the data set is among the training examples; None when it is held out."""
    rows = training_rows(dataset, experiment.validation_share, experiment.seed)
    at = np.flatnonzero(rows == row)
    return int(at[0]) if at.size else None


def _stand_before(trainer: Trainer, place: int) -> None:
    """Bring a new run to the first step that learns from an example, with the weights that it starts from."""
    first = trainer.parameters
    most = min(trainer.steps_per_epoch, _MOST_STEPS)
    step = next((k for k in range(most) if place in trainer.batch_rows(k)), 0)
    if step > 0:
        trainer.run(step, float("inf"))
        trainer.edit(first)
