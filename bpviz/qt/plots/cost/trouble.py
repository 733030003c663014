"""Where the run diverged, also after going back: until it is another run, or goes on."""

from __future__ import annotations

from bpviz.engine.optimizer import Learning
from bpviz.engine.trainer import Trainer

_State = tuple[int, tuple[tuple[int, Learning], ...], int]  # how far, learning how, edited how often


class Trouble:
    """The trainer forgets why it stopped once it stands elsewhere; this does not."""

    def __init__(self) -> None:
        self._step: int | None = None
        self._trainer: Trainer | None = None
        self._known: _State | None = None

    def note(self, trainer: Trainer) -> None:
        """Remember why it stopped, if it did."""
        if trainer.divergence is not None:
            self._step, self._trainer, self._known = trainer.divergence.step, trainer, _state(trainer)

    def step(self, trainer: Trainer) -> int | None:
        """The step that could not be taken, as far as the run is still what it was then."""
        self.note(trainer)
        if self._trainer is not trainer or self._known != _state(trainer):
            self._step, self._trainer = None, None
        return self._step


def _state(trainer: Trainer) -> _State:
    return trainer.reached, trainer.turns, len(trainer.edits)
