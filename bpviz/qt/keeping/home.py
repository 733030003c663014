"""Where the open document lies, and what of it is saved there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bpviz.document.preset import Preset
from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.network import Parameters
from bpviz.engine.optimizer import Learning
from bpviz.engine.trainer import Trainer

if TYPE_CHECKING:
    from bpviz.document.earlier import EarlierRun


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """What a state is known by, without a look at its numbers: equal marks are the same to the bit.

    first, edits and runs are kept, also by undo, as the same objects for as long as nothing changes them.
    """

    preset: Preset
    first: Parameters
    edits: tuple[Checkpoint, ...]
    turns: tuple[tuple[int, Learning], ...]
    step: int
    reached: int
    runs: tuple[EarlierRun, ...]

    def edited_alike(self, other: Mark) -> bool:
        """Whether the same was set up and changed by hand, however far either was trained."""
        return (
            self.first is other.first
            and len(self.edits) == len(other.edits)
            and all(one is another for one, another in zip(self.edits, other.edits, strict=True))
            and self.runs == other.runs
            and self.turns == other.turns
            and self.preset == other.preset
        )

    def same(self, other: Mark) -> bool:
        return (self.step, self.reached) == (other.step, other.reached) and self.edited_alike(other)


def mark_of(preset: Preset, trainer: Trainer, runs: tuple[EarlierRun, ...]) -> Mark:
    """Of what is open now."""
    return Mark(preset, trainer.first, trainer.edits, trainer.turns, trainer.step, trainer.reached, runs)


class Home:
    """One document, from its opening on, through all edits. Without a path it has not been saved yet."""

    def __init__(self, path: Path | None = None, saved: bool = True) -> None:
        self.path = None if path is None else path.absolute()
        self._saved = saved  # so it is with all that comes from a file or is a preset
        self._mark: Mark | None = None

    def begin(self, now: Mark) -> None:
        """This is the state that was opened. Later ones change nothing."""
        if self._saved and self._mark is None:
            self._mark = now

    def keep(self, path: Path, saved: Mark) -> None:
        """This state is in that file now."""
        self.path, self._saved, self._mark = path.absolute(), True, saved

    def lose(self, path: Path) -> None:
        """Another document was written to that file."""
        if self.path == path.absolute():
            self._saved, self._mark = False, None

    def differs(self, now: Mark) -> bool:
        """Whether closing would lose something. Training alone is worth no question without a file."""
        if self._mark is None:
            return not self._saved
        return not (now.edited_alike(self._mark) if self.path is None else now.same(self._mark))
