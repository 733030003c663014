"""Parameters that were changed by hand: what stands at some steps instead of where training led."""

from __future__ import annotations

from bisect import bisect_right, insort

from bpviz.engine.checkpoints import Checkpoint


class Edits:
    """At most one a step; a later one at the same step takes its place."""

    def __init__(self) -> None:
        self._at: dict[int, Checkpoint] = {}
        self._steps: list[int] = []

    @property
    def all(self) -> tuple[Checkpoint, ...]:
        """In the order of their steps."""
        return tuple(self._at[step] for step in self._steps)

    def put(self, edited: Checkpoint) -> None:
        if edited.step not in self._at:
            insort(self._steps, edited.step)
        self._at[edited.step] = edited

    def applied(self, here: Checkpoint) -> Checkpoint:
        """What stands where training has led here."""
        return self._at.get(here.step, here)

    def next_turn(self, step: int) -> int | None:
        """The first edited step after this one."""
        later = bisect_right(self._steps, step)
        return self._steps[later] if later < len(self._steps) else None

    def cut_after(self, step: int) -> None:
        """Forget those that came after this step."""
        for later in self._steps[bisect_right(self._steps, step) :]:
            del self._at[later]
        del self._steps[bisect_right(self._steps, step) :]
