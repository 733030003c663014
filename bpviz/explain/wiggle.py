"""A gradient held against its meaning: nudge one weight both ways, and see how much the cost follows."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass

import numpy as np

from bpviz.engine.arrays import Array, frozen
from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import Address
from bpviz.explain.contribution import gradient_part
from bpviz.explain.nudged import Nudged
from bpviz.explain.part import Part
from bpviz.explain.reading import value_of

EPSILONS = tuple(10.0**-k for k in range(1, 9))
USUAL = 1e-3
_SAMPLES = (41, 17)   # of the curve, few where each is costly; w itself and both nudges are among them
_COSTLY = 200_000     # multiplications a sample
_REACH = 4.0          # epsilons to either side
_AGREE = 4            # so many digits or more are agreement; fewer are explained
_MOST_DIGITS = 15
_COST_DIGITS = 10     # more of a cost are not written; the difference then says what these do not
_ROUNDED = 1000 * sys.float_info.epsilon  # of a cost: roundings in it, generously


@dataclass(frozen=True, slots=True, eq=False)
class Wiggle:
    """What the batch's cost does around one weight or bias, all others as before the update."""

    part: Part                # the gradient that is held against the difference
    epsilon: float
    at: float                 # the weight w
    cost: float               # C(w)
    below: float              # C(w - epsilon)
    above: float              # C(w + epsilon)
    slope: float              # (C(w + epsilon) - C(w - epsilon)) / (2 epsilon)
    backprop: float           # C'(w) as backpropagation has it
    offsets: Array            # of the samples from w
    costs: Array              # C(w + offset)
    kinks: tuple[str, ...]    # functions of which a kink lies between the two nudges

    @property
    def rise(self) -> float:
        """C(w + epsilon) - C(w - epsilon)."""
        return self.above - self.below

    @property
    def apart(self) -> float:
        """|slope - backprop| / the larger of the two; 0 when they are equal."""
        gap = abs(self.slope - self.backprop)
        return gap / max(abs(self.slope), abs(self.backprop)) if gap else 0.0

    @property
    def agreeing(self) -> int:
        """How many digits of the two slopes agree."""
        if math.isnan(self.apart):
            return 0
        return _MOST_DIGITS if self.apart == 0 else max(0, min(_MOST_DIGITS, int(-math.log10(self.apart))))

    @property
    def by_rounding(self) -> bool:
        """Whether rounding of the costs explains how far the slopes are apart."""
        largest = max(abs(self.below), abs(self.above))
        return abs(self.slope - self.backprop) <= _ROUNDED * largest / self.epsilon

    @property
    def digits(self) -> int:
        """How many digits a cost needs for the two nudged ones to read differently, within reason."""
        gap, size = abs(self.rise), max(abs(self.above), abs(self.below))
        if not (0 < gap < math.inf and size < math.inf):
            return 3
        return max(3, min(_COST_DIGITS, 2 + math.ceil(-math.log10(gap / size))))


def wiggle(network: Network, trace: StepTrace, address: Address, epsilon: float = USUAL) -> Wiggle:
    """C(w - epsilon) and C(w + epsilon) of the whole batch, and the curve up to 4 epsilon to either side.

    Costs are the record's, without penalty. Raises ValueError for what has no gradient (see contributions).
    """
    part = gradient_part(address)
    with np.errstate(all="ignore"):
        backprop = value_of(part, trace, None)
        nudged = Nudged(network, trace, address)
        reach = max(_REACH * epsilon, 100 * float(np.spacing(abs(nudged.at))))
        offsets = np.linspace(-reach, reach, _SAMPLES[nudged.work > _COSTLY])
        costs = np.array([nudged.cost(float(offset)) for offset in offsets])
        below, above = nudged.cost(-epsilon), nudged.cost(epsilon)
        slope = (above - below) / (2.0 * epsilon)
        return Wiggle(part, epsilon, nudged.at, trace.cost, below, above, slope, backprop,
                      frozen(offsets), frozen(costs), nudged.kinks(epsilon))


def wiggle_words(seen: Wiggle) -> str:
    """What the two slopes say to each other."""
    if not all(math.isfinite(x) for x in (seen.below, seen.above, seen.backprop)):
        return "The numbers are beyond what can be reckoned with."
    if seen.slope == seen.backprop == 0:
        return "Both slopes are 0: the cost does not feel this nudge at all."
    if seen.agreeing >= _AGREE:
        return f"The two slopes agree to {seen.agreeing} digits{_rest(seen)}."
    if seen.kinks:
        kinks = " and of ".join(seen.kinks)
        return f"A kink of {kinks} lies between the two points: no one slope fits both sides."
    if seen.by_rounding:
        return "Too small an epsilon for so flat a slope: rounding spoils the difference."
    return "Too large an epsilon: the curve bends between the two points, so its secant is not its tangent."


def _rest(seen: Wiggle) -> str:
    if seen.agreeing == _MOST_DIGITS:
        return ", as many as there are"
    return "; rounding spoils the rest" if seen.by_rounding else "; the bend of the curve spoils the rest"
