"""Has the network show an example that was chosen from a list.

The network shows a step, so an example can be seen there where a step learns from it. If that is the present
step, the example is shown at once; else it is said which step that is, and gone to if that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from bpviz.engine.trainer import Trainer
from bpviz.explain.learning_step import learning_step
from bpviz.explain.number import count
from bpviz.qt.player import Player
from bpviz.qt.plots.working import SLICE, Working
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight


class ExampleFocus(QObject):
    """Examples are rows of the training set."""

    def __init__(self, session: Session, player: Player, spotlight: Spotlight, widget: QWidget) -> None:
        super().__init__(widget)
        self._session, self._player, self._spotlight = session, player, spotlight
        self.working = Working(widget)  # trains until the example comes

    @property
    def marks(self) -> Mapping[int, bool]:
        """The examples of the present step, each with whether the network shows it."""
        shown = self._spotlight.example
        return {int(row): at == shown for at, row in enumerate(self._rows)}

    @property
    def shown(self) -> int | None:
        """The example that the network shows; None while it shows the mean of a batch."""
        at = self._spotlight.example
        return None if at is None else int(self._rows[at])

    def show(self, example: int) -> None:
        """Show it if the present step learns from it."""
        found = np.flatnonzero(self._rows == example)
        if len(found):
            self._spotlight.set_example(int(found[0]))

    def step_with(self, example: int) -> int | None:
        """The step, reached or to come, at which it can be shown; None if that cannot be said."""
        trainer = self._session.trainer
        return learning_step(trainer.course, example, trainer.step, trainer.reached)

    def words(self, step: int | None) -> tuple[str, str]:
        """Where an example can be seen, in a few words, and what a button would say that leads there."""
        if step is None:
            return "in no step near", ""
        if step <= self._session.trainer.reached:
            return f"in step {count(step)}", "Go there"
        return f"to come in step {count(step)}", "Train to there"

    def go(self, step: int, example: int) -> None:
        """Go to a step, through training if it was not reached yet, and show the example there."""
        self._player.pause()
        if step <= self._session.trainer.reached:
            self._player.seek_step(step)
            self.show(example)
        else:
            self._player.seek_step(self._session.trainer.reached)
            self.working.begin(self._training(self._session.trainer, step, example))

    def _training(self, trainer: Trainer, goal: int, example: int) -> Iterator[None]:
        """A few steps at a time, unless another experiment is opened or someone goes elsewhere meanwhile."""
        expected = trainer.step
        while self._session.trainer is trainer and trainer.step == expected and not self._player.running:
            if trainer.step == goal:
                self._player.seek_step(goal)
                self.show(example)
                return
            if not self._session.advance(goal - trainer.step, SLICE):
                return
            expected = trainer.step
            yield

    @property
    def _rows(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        trainer = self._session.trainer
        return trainer.batch_rows(trainer.step)
