"""What an update does to the cost: the change that the gradients promised, beside the change that came."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.evaluation import evaluate
from bpviz.engine.examples import Examples
from bpviz.engine.network import Network
from bpviz.engine.trace import LayerTrace, StepTrace
from bpviz.explain.number import number, signed

MOST_STEPS = 120     # of a run are looked at
_RESOLVED = 1e-12    # of the cost; a smaller change drowns in the rounding of a difference
_ALIKE = 0.1         # a quotient so near to 1 reads as kept
_BOTTOM = 0.5        # along a parabola, the quotient at its lowest point


@dataclass(frozen=True, slots=True)
class Promise:
    """promised: to first order; came: what the same batch's cost then did. before is that cost.

    The cost is the record's: penalties (L1, L2) are in neither number, though they may have moved weights.
    """

    promised: float
    came: float
    before: float

    @property
    def resolved(self) -> bool:
        """Whether the promise is large enough to be seen in the cost's digits."""
        return abs(self.promised) > _RESOLVED * abs(self.before)

    @property
    def quotient(self) -> float:
        """came / promised: 1 for a short step, 1 + dHd / (2 g d) to second order; NaN without a promise."""
        return self.came / self.promised if self.resolved else math.nan


def promise(network: Network, trace: StepTrace) -> Promise:
    """promised = sum over all w and b of C'(w) . (w_next - w); came = C(next) - C on this step's batch."""
    with np.errstate(all="ignore"):
        promised = sum(_promised(layer) for layer in trace.layers)
        after = evaluate(network, trace.parameters_next, Examples(trace.inputs, trace.targets))
        return Promise(float(promised), after - trace.cost, trace.cost)


def promise_words(kept: Promise) -> str:
    """The two numbers as one sentence, and what they say about the length of the step."""
    promised, came = kept.promised, kept.came
    if not (math.isfinite(promised) and math.isfinite(came)):
        return "The update leads out of the range of numbers: the learning rate is far too large."
    if not kept.resolved:
        return _unresolved(kept)
    if promised > 0:
        return (f"The step goes uphill: its slope is {signed(promised)}, and the cost {_did(came)}. Not the "
                "gradients alone lead it, but what the optimizer remembers or a penalty on weights.")
    if came > 0:
        return (f"The step overshot: the slope promised {number(promised)}, but the cost rose by "
                f"{number(came)}. It is too long for this curvature: a smaller learning rate would do.")
    return f"The gradients promised {number(promised)}; the cost {_did(came)}: {_verdict(kept.quotient)}."


def quotient_words() -> str:
    """What the quotient of came and promised means, where the cost curves like a parabola along the step."""
    return "1: a short step, where the slope holds. ½: the lowest point of a bowl. Below 0: overshot."


def spread_steps(reached: int, most: int = MOST_STEPS) -> tuple[int, ...]:
    """At most so many steps, evenly from 0 on: multiples of a power of two, up to reached.

    So the steps of a shorter run are among those of a longer one, and none is computed twice.
    """
    stride = 1
    while reached // stride >= most:
        stride *= 2
    return tuple(range(0, reached + 1, stride))


def _promised(layer: LayerTrace) -> float:
    total = _along(layer.dw, layer.w, layer.w_next)
    if layer.b is not None and layer.b_next is not None and layer.db is not None:
        total += _along(layer.db, layer.b, layer.b_next)
    return total


def _along(gradient: Array, before: Array, after: Array) -> float:
    return float((gradient * (after - before)).sum())


def _unresolved(kept: Promise) -> str:
    if kept.promised == 0 and kept.came == 0:
        return "The gradients promised nothing, and nothing came: the cost stays as it is."
    if kept.promised == 0:
        return f"The gradients promised nothing, yet the cost {_did(kept.came)}."
    return "The promise is smaller than the last digit of the cost: what came is rounding."


def _did(came: float) -> str:
    if came == 0:
        return "did not change"
    return f"{'rose' if came > 0 else 'fell'} by {number(abs(came))}"


def _verdict(quotient: float) -> str:
    if quotient > 1 + _ALIKE:
        return "more than the slope says, for it grows steeper along the step"
    if quotient >= 1 - _ALIKE:
        return "the step was short enough"
    if quotient >= _BOTTOM:
        return "the slope flattens along the step, which takes a part of the promise"
    return "the step went past the lowest point and part of the way up again"
