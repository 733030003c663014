"""What the program's view shows at a moment: the listing, the record, and how far the step has been told."""

from __future__ import annotations

from dataclasses import dataclass

from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.listing.line import Line, Listing
from bpviz.explain.listing.values import Values, shown_part, values
from bpviz.explain.part import is_told
from bpviz.explain.phase import Phase, score
from bpviz.qt.code.code_layout import Place


@dataclass(frozen=True, slots=True)
class CodeScene:
    """current is the index of the phase being told, complete that of the last one told."""

    network: Network
    trace: StepTrace
    listing: Listing
    example: int | None
    current: int
    complete: int

    @property
    def phase(self) -> Phase:
        return score(self.network.depth)[self.current]

    def line(self, place: Place) -> Line:
        return self.listing.lines[place.index]

    def is_current(self, place: Place) -> bool:
        return self.line(place).phase == self.phase

    def to_come(self) -> tuple[bool, ...]:
        """For every line whether the step has not come to it yet; what is around the step never waits.

        A heading goes with the lines under it, the end of the program with the last phase.
        """
        order = {phase: i for i, phase in enumerate(score(self.network.depth))}
        waiting: list[bool] = []
        below = self.complete < len(order) - 1  # the numbers to print are there once all is told
        began = next(i for i, line in enumerate(self.listing.lines) if line.phase is not None)
        for i in reversed(range(len(self.listing.lines))):
            phase = self.listing.lines[i].phase
            if phase is not None:
                below = order[phase] > self.current
            waiting.append(below and i >= began)
        return tuple(reversed(waiting))

    def values(self, place: Place) -> Values | None:
        """The numbers beside or under a line; without cells when it is not told yet."""
        part = shown_part(self.line(place))
        if part is None or not place.most:
            return None
        if not is_told(part, self.network.depth, self.complete):
            return Values(())
        return values(part, self.trace, self.example, place.most)
