"""Who took each step of a run: NumPy or the kernel. Both are right, but not to the same last bit."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right


class Passage:
    """The steps at which one took over from the other. NumPy begins."""

    def __init__(self) -> None:
        self._turns = array("q")  # at some speeds they change places many times a second

    @property
    def turns(self) -> tuple[int, ...]:
        return tuple(self._turns)

    def resume(self, turns: tuple[int, ...]) -> None:
        """As these turns say."""
        self._turns = array("q", turns)

    def by_kernel(self, step: int) -> bool:
        """Whether the kernel took this step."""
        return bisect_right(self._turns, step) % 2 == 1

    def next_turn(self, step: int) -> int | None:
        """The first step after this one that another one took."""
        later = bisect_right(self._turns, step)
        return self._turns[later] if later < len(self._turns) else None

    def take(self, step: int, by_kernel: bool) -> None:
        """This step, beyond all the others, is taken now, and those that follow until said otherwise."""
        if self.by_kernel(step) != by_kernel:
            self._turns.append(step)

    def cut(self, step: int) -> None:
        """Forget who took this step and what came after."""
        del self._turns[bisect_left(self._turns, step) :]
