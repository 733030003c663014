"""Parameters kept along the way, so that any earlier step is a short way off."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from bpviz.engine.network import Parameters
from bpviz.engine.update import OptimizerState

MOST_BYTES = 48_000_000
MOST = 2048
FEWEST = 16


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """Where training stands before a step."""

    step: int
    parameters: Parameters
    state: OptimizerState

    @property
    def nbytes(self) -> int:
        """The memory of its arrays."""
        memories = sum(array.nbytes for slot in self.state.slots for array in slot)
        return memories + sum(p.w.nbytes + (0 if p.b is None else p.b.nbytes) for p in self.parameters)


class Checkpoints:
    """Evenly spaced checkpoints from step 0 on; when they become too many, twice as far apart."""

    def __init__(self, first: Checkpoint) -> None:
        self._kept = [first]
        self._bytes = first.nbytes
        self._interval = 1

    @classmethod
    def of(cls, kept: tuple[Checkpoint, ...]) -> Checkpoints:
        """These, in the order of their steps and from step 0 on, and more as they are offered."""
        made = cls(kept[0])
        made._keep(list(kept))
        return made

    def __len__(self) -> int:
        return len(self._kept)

    def some(self, most: int) -> tuple[Checkpoint, ...]:
        """The first one, and about so many more, evenly spaced."""
        return tuple(self._kept[:: max(1, -(-len(self._kept) // most))])

    def nearest(self, step: int) -> Checkpoint:
        """The last one that is not beyond this step."""
        return self._kept[bisect_right(self._kept, step, key=_step_of) - 1]

    def offer(self, checkpoint: Checkpoint) -> None:
        """Keep it if it is far enough from the last one kept."""
        if checkpoint.step < self._kept[-1].step + self._interval:
            return
        self._kept.append(checkpoint)
        self._bytes += checkpoint.nbytes
        while len(self._kept) > MOST or (self._bytes > MOST_BYTES and len(self._kept) > FEWEST):
            self._interval *= 2
            self._keep(_spaced(self._kept, self._interval))

    def cut_after(self, step: int) -> None:
        """Forget what came after this step."""
        self._keep(self._kept[: bisect_right(self._kept, step, key=_step_of)])

    def _keep(self, kept: list[Checkpoint]) -> None:
        self._kept, self._bytes = kept, sum(checkpoint.nbytes for checkpoint in kept)


def _spaced(checkpoints: list[Checkpoint], interval: int) -> list[Checkpoint]:
    """The first, and each that is so far from the one before it. Every second one would not do: where a run
    was taken in long strides, it would be thinned again and again."""
    kept = checkpoints[:1]
    for checkpoint in checkpoints[1:]:
        if checkpoint.step >= kept[-1].step + interval:
            kept.append(checkpoint)
    return kept


def _step_of(checkpoint: Checkpoint) -> int:
    return checkpoint.step
