"""Which examples are taken for another class. Where there are many, that is found out between events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bpviz.engine.examples import Examples
from bpviz.engine.network import Parameters
from bpviz.engine.trainer import Trainer
from bpviz.explain.surface import wrong_in_bands
from bpviz.qt.plots.working import Working

_AT_ONCE = 200_000  # multiplications: below a millisecond


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """Of all examples: which of training and of validation are wrong."""

    training: NDArray[np.bool_]
    validation: NDArray[np.bool_]


class Verdicts(QObject):
    """Keeps the newest, for the parameters that it is of. Works while its widget is seen."""

    found = Signal()  # behind the call that asked for it

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._working = Working(widget)
        self._working.done.connect(self.found)
        self._parameters: Parameters | None = None
        self._verdict: Verdict | None = None

    def verdict(self, trainer: Trainer, resting: bool) -> Verdict | None:
        """At the present weights; None while it is not known."""
        if self._parameters is not trainer.parameters:
            self._working.cancel()
            self._parameters, self._verdict = trainer.parameters, None
        if self._verdict is None:
            count = sum(examples.count for examples in _sets(trainer))
            if count * trainer.network.edges <= _AT_ONCE:
                for _ in self._judge(trainer):
                    pass
            elif resting and not self._working.busy:
                self._working.begin(self._judge(trainer))
        return self._verdict

    def _judge(self, trainer: Trainer) -> Iterator[object]:
        parameters, made = trainer.parameters, []
        for examples in _sets(trainer):
            bands = []
            for band in wrong_in_bands(trainer.network, parameters, examples):
                bands.append(band)
                yield None
            made.append(np.concatenate(bands))
        self._verdict = Verdict(made[0], made[1] if len(made) > 1 else np.zeros(0, dtype=bool))


def _sets(trainer: Trainer) -> tuple[Examples, ...]:
    return (trainer.train,) if trainer.validation is None else (trainer.train, trainer.validation)
