"""Where the run diverged, also after going back: until it is another run, or goes on."""

from __future__ import annotations

from bpviz.engine.optimizer import Learning
from bpviz.engine.trainer import Trainer


class Trouble:
    """The trainer forgets why it stopped as soon as it stands elsewhere; the mark stays."""

    def __init__(self) -> None:
        self._step: int | None = None
        self._trainer: Trainer | None = None
        self._known: tuple[int, tuple[tuple[int, Learning], ...], int] | None = None

    def step(self, trainer: Trainer) -> int | None:
        """The step that could not be taken, as far as the run is still what it was then."""
        known = (trainer.reached, trainer.turns, len(trainer.edits))
        if trainer.divergence is not None:
            self._step, self._trainer, self._known = trainer.divergence.step, trainer, known
        elif self._trainer is not trainer or self._known != known:
            self._step = None
        return self._step
