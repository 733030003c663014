"""What both sets of examples cost at the end of an epoch, and the shares of classes told right."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.evaluation import accuracy, outcome
from bpviz.engine.examples import Examples
from bpviz.engine.network import Network, Parameters


class Verdict(NamedTuple):
    """NaN is what there is nothing to tell of."""

    training: float
    validation: float
    train_accuracy: float
    validation_accuracy: float


class Judge:
    """Judges parameters, or puts in order what the kernel tells of the same sets."""

    def __init__(
        self, network: Network, train: Examples, validation: Examples | None, classification: bool
    ) -> None:
        self._network, self._classification = network, classification
        self.sets = (train,) if validation is None else (train, validation)

    def judged(self, parameters: Parameters) -> Verdict:
        costs, shares = [math.nan, math.nan], [math.nan, math.nan]
        for k, examples in enumerate(self.sets):
            costs[k], outputs = outcome(self._network, parameters, examples)
            if self._classification:
                shares[k] = accuracy(outputs, examples.targets)
        return Verdict(*costs, *shares)

    def rows(self, verdicts: Array) -> Array:
        """A row as Verdict names it, (times, 4), for the mean cost and share right of each set."""
        made = np.full((len(verdicts), 4), math.nan)
        known = len(self.sets)
        made[:, :known] = verdicts[:, :, 0]
        if self._classification:
            made[:, 2 : 2 + known] = verdicts[:, :, 1]
        return made
