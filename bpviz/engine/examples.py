"""Examples to learn from or to be judged by."""

from __future__ import annotations

from dataclasses import dataclass

from bpviz.engine.arrays import Array, checked
from bpviz.engine.errors import EngineError


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """inputs (n, inputs) and targets (n, outputs), finite, n at least 1."""

    inputs: Array
    targets: Array

    def __post_init__(self) -> None:
        object.__setattr__(self, "inputs", checked("inputs", self.inputs, (None, None)))
        object.__setattr__(self, "targets", checked("targets", self.targets, (None, None)))
        if self.inputs.shape[0] != self.targets.shape[0]:
            wanted, got = self.inputs.shape[0], self.targets.shape[0]
            raise EngineError(f"expected as many targets as inputs, {wanted}; got {got}")
        if self.count == 0:
            raise EngineError("expected at least one example, got none")

    @property
    def count(self) -> int:
        return int(self.inputs.shape[0])
