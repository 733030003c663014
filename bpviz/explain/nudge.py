"""What moving one weight or bias by hand does to the cost: as the gradient predicts it, and as it comes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import Address
from bpviz.explain.contribution import gradient_part
from bpviz.explain.nudged import Nudged
from bpviz.explain.number import count
from bpviz.explain.reading import value_of

_ALIKE = 0.1         # of the larger: so far apart, both changes are told as the same
_RESOLVED = 1e-13    # of the cost; smaller changes drown in the rounding of a difference


@dataclass(frozen=True, slots=True)
class Nudge:
    """before, after: the weight. slope: C'(w) before. cost: C before, the mean over the batch, no penalty."""

    before: float
    after: float
    slope: float
    cost: float
    cost_after: float

    @property
    def change(self) -> float:
        """Δw."""
        return self.after - self.before

    @property
    def predicted(self) -> float:
        """C'(w) . Δw."""
        return self.slope * self.change

    @property
    def actual(self) -> float:
        """C(w + Δw) - C(w)."""
        return self.cost_after - self.cost


def nudge(network: Network, trace: StepTrace, address: Address, value: float) -> Nudge:
    """The weight at an edge, or the bias of a unit, moved to a value; all others as before the update.

    Raises ValueError for what has no gradient (see contributions).
    """
    part = gradient_part(address)
    with np.errstate(all="ignore"):
        slope = value_of(part, trace, None)
        moved = Nudged(network, trace, address)
        return Nudge(moved.at, value, slope, trace.cost, moved.cost(value - moved.at))


def nudge_words(made: Nudge) -> str:
    """What the two changes say to each other where they differ; nothing where they agree."""
    predicted, actual = made.predicted, made.actual
    if not (math.isfinite(predicted) and math.isfinite(actual)):
        return "beyond what can be reckoned with"
    larger = max(abs(predicted), abs(actual))
    if larger <= _RESOLVED * abs(made.cost) or abs(predicted - actual) <= _ALIKE * larger:
        return ""
    if made.slope == 0:
        return "the slope was 0 here, but not on the way"
    return "curved: the slope changes on the way"


def forgotten_words(step: int) -> str:
    """What a change by hand in the middle of a run does to what came after."""
    return f"Steps after {count(step)} are forgotten; Undo brings them back."
