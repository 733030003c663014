"""Where the blocks of the timeline stand. Pure geometry: widths in, places out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bpviz.explain.moment import Moment

# What is tried, the most generous first: size of the labels, room beside a label in its block, gap.
_TRIED = ((15, 4.0, 4.0), (14, 4.0, 4.0), (13, 4.0, 2.0), (12, 2.0, 2.0))
_SMALLEST = 13          # where not all have room, those that have some are written in this size
_WIDEST_PAD = 20.0
_NARROWEST = 24.0       # a block with a short label, where there is room


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks from left to right, a gap between neighbours, and the size in which labels are written.

    labelled says which blocks have room for their label.
    """

    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    gap: float
    label_size: int
    labelled: tuple[bool, ...]

    def block_at(self, x: float) -> int:
        """The block under x; a gap belongs to the block before it, what lies outside to the nearest."""
        return max(0, bisect_right(self.lefts, x) - 1)

    def moment_at(self, x: float) -> Moment:
        phase = self.block_at(x)
        return Moment(phase, min(1.0, max(0.0, (x - self.lefts[phase]) / self.widths[phase])))

    def x_at(self, moment: Moment) -> float:
        return self.lefts[moment.phase] + moment.progress * self.widths[moment.phase]


def place_blocks(measure: Callable[[int], Sequence[float]], room: float) -> Blocks:
    """Blocks as wide as their labels ask for, in the largest size with room for all; else of equal width.

    measure(size) gives the width of every label.
    """
    for size, least, gap in _TRIED:
        labels = list(measure(size))
        pad = (room - gap * (len(labels) - 1) - sum(labels)) / (2 * len(labels))
        if pad >= least:
            return _padded(labels, pad, gap, size, room)
    return _equal(list(measure(_SMALLEST)), room)


def _padded(labels: list[float], pad: float, gap: float, size: int, room: float) -> Blocks:
    """Every label with the same room around it, short ones with a little more; all of the room is used."""
    asked = [max(_NARROWEST, label + 2 * min(pad, _WIDEST_PAD)) for label in labels]
    free = room - gap * (len(labels) - 1)
    spare = (free - sum(asked)) / len(labels)
    widths = [width + spare for width in asked] if spare >= 0 else [label + 2 * pad for label in labels]
    return _row(widths, gap, size, [True] * len(labels))


def _equal(labels: list[float], room: float) -> Blocks:
    n = len(labels)
    gap = 2.0 if room / n >= 10 else 1.0
    width = max(1.0, (room - gap * (n - 1)) / n)
    return _row([width] * n, gap, _SMALLEST, [label + 2 * 2.0 <= width for label in labels])


def _row(widths: list[float], gap: float, size: int, labelled: list[bool]) -> Blocks:
    lefts, x = [], 0.0
    for width in widths:
        lefts.append(x)
        x += width + gap
    return Blocks(tuple(lefts), tuple(widths), gap, size, tuple(labelled))
