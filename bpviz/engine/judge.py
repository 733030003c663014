"""What both sets of examples cost at the end of an epoch, and the shares of classes told right."""

from __future__ import annotations

import math
from typing import NamedTuple

from bpviz.engine.arrays import Array
from bpviz.engine.evaluation import accuracy, outcome
from bpviz.engine.examples import Examples
from bpviz.engine.kernel.run import KernelJudge, KernelRun
from bpviz.engine.network import Network, Parameters


class Verdict(NamedTuple):
    """NaN is what there is nothing to tell of."""

    training: float
    validation: float
    train_accuracy: float
    validation_accuracy: float


class Judge:
    """Judges parameters, or where the kernel stands without asking it for them."""

    def __init__(
        self, network: Network, train: Examples, validation: Examples | None, classification: bool
    ) -> None:
        self._network, self._train, self._validation = network, train, validation
        self._classification = classification
        self._of: tuple[KernelRun, list[KernelJudge]] | None = None

    @property
    def looks_at_batches_only(self) -> bool:
        """Whether a batch of everything says all there is to say."""
        return self._validation is None and not self._classification

    def judged(self, parameters: Parameters) -> Verdict:
        return self._verdict([outcome(self._network, parameters, examples) for examples in self._sets])

    def judged_by(self, run: KernelRun) -> Verdict:
        """The same by the kernel, but for the last bits."""
        if self._of is None or self._of[0] is not run:
            self._of = (run, [KernelJudge(self._network, run, examples) for examples in self._sets])
        return self._verdict([judge.outcome() for judge in self._of[1]])

    @property
    def _sets(self) -> list[Examples]:
        return [self._train] if self._validation is None else [self._train, self._validation]

    def _verdict(self, outcomes: list[tuple[float, Array]]) -> Verdict:
        costs, shares = [math.nan, math.nan], [math.nan, math.nan]
        for k, (examples, (cost, outputs)) in enumerate(zip(self._sets, outcomes, strict=True)):
            costs[k] = cost
            if self._classification:
                shares[k] = accuracy(outputs, examples.targets)
        return Verdict(*costs, *shares)
