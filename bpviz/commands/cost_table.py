"""The costs after every epoch as CSV, written while training goes on: a run may have millions."""

from __future__ import annotations

import math
from typing import BinaryIO

from bpviz.engine.arrays import Array
from bpviz.engine.costs import CostHistory, Epoch
from bpviz.engine.stretches import Whole
from bpviz.explain.number import full


class CostTable(CostHistory):
    """Writes a row for the start and one for each completed epoch; unmeasured is empty.

    The newest row waits: the step that led to it may be taken back. Rows told again are not written twice.
    """

    def __init__(self, file: BinaryIO, start: Epoch, epoch: int = 0, count: int = 0) -> None:
        """From an epoch on, the number of which is `epoch`, when so many steps have been taken."""
        super().__init__()
        self._count = count
        self._file = file
        self._epoch, self._written = epoch, -1   # the number of the next row, and the step of the last one
        self._waiting: Epoch | None = None
        self._file.write(b"epoch,step,training,validation\n")
        self.put_epoch(*start)

    def put_epochs(self, steps: Whole, rows: Array) -> None:
        super().put_epochs(steps, rows)
        for step, row in zip(steps.tolist(), rows.tolist(), strict=True):
            self._take(Epoch(step, *row))

    def put_epoch(
        self, step: int, training: float, validation: float, train_accuracy: float, validation_accuracy: float
    ) -> None:
        super().put_epoch(step, training, validation, train_accuracy, validation_accuracy)
        self._take(self.last)

    def cut_after(self, step: int) -> int:
        if self._waiting is not None and self._waiting.step > step:
            self._waiting = None
        return super().cut_after(step)

    def finish(self) -> None:
        """Write what waits."""
        if self._waiting is None:
            return
        epoch, self._waiting = self._waiting, None
        costs = ("" if math.isnan(cost) else full(cost) for cost in (epoch.training, epoch.validation))
        self._file.write(f"{self._epoch},{epoch.step},{','.join(costs)}\n".encode())
        self._epoch, self._written = self._epoch + 1, epoch.step

    def _take(self, epoch: Epoch) -> None:
        if epoch.step <= self._written:
            return
        if self._waiting is not None and self._waiting.step < epoch.step:
            self.finish()
        self._waiting = epoch
