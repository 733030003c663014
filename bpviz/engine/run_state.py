"""A run as a value: where it stands, and what leads back along it, to be kept and gone on from."""

from __future__ import annotations

from dataclasses import dataclass

from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.costs import CostHistory
from bpviz.engine.optimizer import Learning


@dataclass(frozen=True, slots=True)
class Turn:
    """From this step on, training learns this way."""

    step: int
    learning: Learning


@dataclass(frozen=True, slots=True, eq=False)
class RunState:
    """Everything that a run goes on from in every bit, beside its network, its examples and its seed.

    Random numbers follow from the seed and the epoch, and so need no state of their own. turns: the first is
    at step 0. checkpoints: the first is at step 0, one is at `step`; each step between is repeated from the
    one before it. edits: where parameters were changed by hand. taken: the steps at which NumPy, which
    begins, and the kernel took over from each other. costs: belongs to this value and is not changed.
    """

    step: int
    reached: int
    turns: tuple[Turn, ...]
    checkpoints: tuple[Checkpoint, ...]
    edits: tuple[Checkpoint, ...]
    taken: tuple[int, ...]
    costs: CostHistory
