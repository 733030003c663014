"""One line of `make bench`: what was measured, the goal, and the verdict."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """What is asked for: at most so much, or at least so much; `stretch` is hoped for beyond it."""

    bound: float
    at_least: bool = False
    stretch: float | None = None

    def reached(self, measured: float, bound: float) -> bool:
        return measured >= bound if self.at_least else measured <= bound


@dataclass(frozen=True, slots=True)
class Line:
    """A figure with its unit ("ms", "x", "MB", "frames/s"), and beside what it was taken.

    "x" is a ratio of two times taken in one run; `beside` names the other one. Lines of one group stand
    together under its name.
    """

    group: str
    what: str
    measured: float
    unit: str
    goal: Goal | None = None
    beside: str = ""

    @property
    def verdict(self) -> str:
        """"" where no goal was set: such a line is there to be compared with another day's."""
        if self.goal is None:
            return ""
        if not self.goal.reached(self.measured, self.goal.bound):
            return "NOT REACHED"
        stretch = self.goal.stretch
        further = stretch is not None and self.goal.reached(self.measured, stretch)
        return "stretch reached" if further else "reached"

    @property
    def goal_text(self) -> str:
        if self.goal is None:
            return ""
        sign = "≥" if self.goal.at_least else "≤"
        further = "" if self.goal.stretch is None else f" ({sign} {self.goal.stretch:g})"
        return f"{sign} {self.goal.bound:g}{further} {self.unit}"


def left_out(group: str, what: str, why: str) -> Line:
    """A line that says why there is no figure."""
    return Line(group, what, math.nan, "", None, f"left out: {why}")


def rounded(number: float) -> str:
    """Three digits, more where there are more before the point."""
    size = abs(number)
    digits = 0 if size >= 100 or size == 0 else max(0, 2 - math.floor(math.log10(size)))
    return f"{number:,.{digits}f}"
