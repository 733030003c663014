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


class Checkpoints:
    """Evenly spaced checkpoints from step 0 on. When they become too many, every second one is dropped."""

    def __init__(self, first: Checkpoint) -> None:
        self._kept = [first]
        self._interval = 1
        numbers = sum(p.w.size + (0 if p.b is None else p.b.size) for p in first.parameters)
        running = 3  # an optimizer remembers up to two numbers for each parameter
        self._most = min(MOST, max(FEWEST, MOST_BYTES // (8 * running * numbers)))

    @classmethod
    def of(cls, kept: tuple[Checkpoint, ...]) -> Checkpoints:
        """These, in the order of their steps and from step 0 on, and more as they are offered."""
        made = cls(kept[0])
        made._kept = list(kept)
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
        if len(self._kept) > self._most:
            self._kept = self._kept[::2]
            self._interval *= 2

    def cut_after(self, step: int) -> None:
        """Forget what came after this step."""
        del self._kept[bisect_right(self._kept, step, key=_step_of) :]


def _step_of(checkpoint: Checkpoint) -> int:
    return checkpoint.step
