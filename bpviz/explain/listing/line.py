"""The program's lines: what each computes, from what, and in which phase of the step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bpviz.engine.arrays import Array
from bpviz.explain.listing.literal import written
from bpviz.explain.part import Part
from bpviz.explain.phase import Phase


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is shown. phase is None for what stands before and after the step itself.

    names says which quantity a word of the line is, wherever it does not stand to be assigned. folded gives
    what is shown shortened and copied with all its numbers; it is asked for when the line is copied.
    """

    text: str
    phase: Phase | None = None
    computes: tuple[Part, ...] = ()
    assigns: tuple[str, ...] = ()
    names: tuple[tuple[str, Part], ...] = ()
    folded: Callable[[], Array] | None = field(default=None, compare=False)

    @property
    def uses(self) -> tuple[Part, ...]:
        """The quantities it needs that were there before it."""
        return tuple(part for _, part in self.names if part not in self.computes)

    @property
    def result(self) -> Part | None:
        """What the variable it assigns stands for."""
        return self.computes[0] if self.assigns and self.computes else None

    @property
    def program(self) -> str:
        """The line as it is copied: nothing is folded."""
        return self.text if self.folded is None else written(self.assigns[0], self.folded())


@dataclass(frozen=True, slots=True)
class Listing:
    """A whole program."""

    lines: tuple[Line, ...]

    @property
    def program(self) -> str:
        """The text to copy and run; it needs nothing but NumPy, and not even that where it is all scalars."""
        return "".join(f"{line.program}\n" for line in self.lines)

    def lines_of(self, phase: Phase) -> tuple[int, ...]:
        """Where the lines of a phase stand, counted from 0."""
        return tuple(i for i, line in enumerate(self.lines) if line.phase == phase)
