"""The batch's cost along one weight or bias, its tangent there, and where the update leads on both."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from bpviz.engine.arrays import Array, frozen
from bpviz.engine.network import Network
from bpviz.engine.optimizer import OPTIMIZERS
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import Address, Edge, parameter_at
from bpviz.explain.contribution import gradient_part
from bpviz.explain.nudged import Nudged
from bpviz.explain.number import number, signed
from bpviz.explain.part import Part, What, weight_part
from bpviz.explain.reading import value_of
from bpviz.explain.round_numbers import round_up

Span = tuple[float, float]

MOST = 161            # samples of a curve: enough for every bend to be round and every kink sharp
COARSE = 21           # while there is little time
_FIRST = 33           # evenly placed, before the curve says where more are needed
_BEND = 0.002         # of the curve's height: so far from a straight line, it is looked at more closely
_ROUNDED = 1e-14      # of a cost: smaller bends are its rounding
_FINEST = 2.0**-14    # of the span between two samples
_HUGE = 1e12          # costs beyond are not drawn
_PIECE = 1_000_000    # of work between two chances to stop
_A_FUNCTION = 20      # an activation takes as long as so many multiplications
_LEAST_REACH = 1.0
_OF_WEIGHT, _OF_STEP, _NEAR = 0.5, 4.0, 2.5   # a reach is so many times |w| or the step, at least
_LARGEST_REACH = 1e9
_CENTRES = 4          # within a reach
_DIFFERENCE = 1e-5    # from w to either side for the slope of the curve
_NONE = frozen(np.empty(0))


@dataclass(frozen=True, slots=True, eq=False)
class CostSlice:
    """C(w), all other weights and biases as before the update: the batch's mean, without penalty.

    Samples of it: weights in ascending order, and costs (NaN where it is beyond what can be drawn).
    """

    part: Part            # the gradient C'(w)
    at: float             # w before the update
    cost: float           # C(w)
    slope: float          # C'(w) as backpropagation has it
    after: float          # w after the update, whatever the optimizer made of the gradient
    cost_after: float     # C there, this weight alone moved
    weights: Array
    costs: Array

    @property
    def step(self) -> float:
        """w after - w before."""
        return self.after - self.at

    @property
    def promised(self) -> float:
        """C'(w) . step: how the cost would change along the tangent."""
        return self.slope * self.step

    @property
    def came(self) -> float:
        """C(w after) - C(w): how it changes along the curve."""
        return self.cost_after - self.cost

    @property
    def lowest(self) -> tuple[float, float] | None:
        """The sample with the smallest cost as (w, C), the first of several.

        None where all are alike, and where the curve is lowest at an end, beyond which it may fall on.
        """
        known = self.costs[np.isfinite(self.costs)]
        if not known.size or np.ptp(known) <= _ROUNDED * np.abs(known).max():
            return None
        k = int(np.nanargmin(self.costs))
        if k in (0, self.costs.size - 1):
            return None
        return float(self.weights[k]), float(self.costs[k])

    @property
    def finite(self) -> bool:
        """Whether the point of the present weight can be drawn, and its tangent."""
        return all(math.isfinite(x) for x in (self.at, self.slope)) and abs(self.cost) < _HUGE

    def tangent(self, weight: float) -> float:
        """C(w) + C'(w) . (weight - w)."""
        return self.cost + self.slope * (weight - self.at)


@dataclass(frozen=True, slots=True)
class Reading:
    """C at a weight, and the curve's slope there: a central difference."""

    weight: float
    cost: float
    slope: float


def cost_slice(
    network: Network, trace: StepTrace, address: Address, span: Span, most: int = MOST
) -> CostSlice:
    """C(w) from span[0] to span[1], in at most so many samples, close together where it bends.

    Raises ValueError for what has no gradient (see contributions).
    """
    *_, finest = slicing(network, trace, address, span, most)
    return finest


def slicing(
    network: Network, trace: StepTrace, address: Address, span: Span, most: int = MOST
) -> Iterator[CostSlice]:
    """The same in pieces of a few milliseconds, ever finer: each is whole, the last is the finest."""
    slope = value_of(gradient_part(address), trace, None)  # first, for it refuses what has none
    nudged = Nudged(network, trace, address)
    begun = _begun(nudged, trace, address, slope)
    weights, costs, wanted = _NONE, _NONE, _first(begun, span, most)
    size = max(1, _PIECE // work(network, trace, address))
    while wanted.size:
        for k in range(0, wanted.size, size):
            piece = wanted[k : k + size]
            weights, which = np.unique(np.concatenate([weights, piece]), return_index=True)
            costs = np.concatenate([costs, _drawable(_costs(nudged, piece))])[which]
            yield replace(begun, weights=frozen(weights), costs=frozen(costs))
        wanted = _unclear(weights, costs, _FINEST * (span[1] - span[0]))[: most - weights.size]


def work(network: Network, trace: StepTrace, address: Address) -> int:
    """Of one sample, in multiplications, roughly: through the layers from this weight's on."""
    k = address.layer
    edges = network.edges - sum(a * b for a, b in pairwise(network.sizes[: k + 2]))
    return trace.batch * (edges + _A_FUNCTION * sum(network.sizes[k + 1 :]))


def reading(network: Network, trace: StepTrace, address: Address, weight: float) -> Reading:
    """What the curve says of a weight anywhere on it."""
    nudged = Nudged(network, trace, address)
    apart = _DIFFERENCE * max(1.0, abs(weight))
    below, cost, above = _costs(nudged, weight + apart * np.array([-1.0, 0.0, 1.0])).tolist()
    return Reading(weight, cost, (above - below) / (2.0 * apart))


def span_around(trace: StepTrace, address: Address, times: float | None = 1.0) -> Span:
    """From where to where C(w) is looked at: around w, at round numbers, so that it stands still for long.

    times: of the usual reach, which shows the shape of the curve, and the step as well as it can. None:
    so near that the step fills a good part of it.
    """
    at, after = _before_and_after(trace, address)
    step = abs(after - at) if math.isfinite(after) else 0.0
    usual = max(_LEAST_REACH, _OF_WEIGHT * abs(at), _OF_STEP * step)
    wanted = usual * times if times is not None else _NEAR * step if step else usual
    reach = round_up(min(max(wanted, abs(at) * 1e-9), _LARGEST_REACH))
    grain = reach / _CENTRES
    centre = round(at / grain) * grain if math.isfinite(at) else 0.0
    return centre - reach, centre + reach


# -- in words --------------------------------------------------------------------------------------


def step_text(seen: CostSlice) -> str:
    """ "0.900 → 0.830", or "0.900 by −2.1·10⁻⁵" where the digits would hide it."""
    before, after = number(seen.at), number(seen.after)
    return f"{before} by {signed(seen.step)}" if before == after and seen.step else f"{before} → {after}"


def cause_words(trace: StepTrace, address: Address, seen: CostSlice) -> str:
    """What else than the learning rate times this gradient made the step; nothing when nothing did."""
    if parameter_at(address) in trace.frozen:
        return "frozen"
    if trace.optimizer != "gradient_descent":
        return f"by {OPTIMIZERS[trace.optimizer]}"
    alone = -trace.rate * seen.slope
    rounding = 1e-9 * abs(alone) + 4 * float(np.spacing(abs(seen.at)))
    return "" if abs(seen.step - alone) <= rounding else "with a penalty"


# -- within ----------------------------------------------------------------------------------------


def _begun(nudged: Nudged, trace: StepTrace, address: Address, slope: float) -> CostSlice:
    """What the record says, and the cost after the update; no samples yet."""
    at, after = _before_and_after(trace, address)
    cost_after = float(_costs(nudged, np.array([after]))[0])
    return CostSlice(gradient_part(address), at, trace.cost, slope, after, cost_after, _NONE, _NONE)


def _first(begun: CostSlice, span: Span, most: int) -> Array:
    """Weights to begin with: an even grid, every fourth of it first, and where the step begins and ends."""
    ends = [w for w in (begun.at, begun.after) if span[0] < w < span[1]]
    grid = np.linspace(*span, min(_FIRST, most - len(ends)))
    coarse = np.arange(grid.size) % 4 == 0
    return np.concatenate([ends, grid[coarse], np.setdiff1d(grid[~coarse], ends)])


def _unclear(weights: Array, costs: Array, finest: float) -> Array:
    """The middles of the gaps beside which the curve bends or ends, or is lowest; none narrower."""
    gaps, known = np.diff(weights), np.isfinite(costs)
    if not known.any():
        return _NONE
    marked = known[1:] != known[:-1]
    off = _off_chord(costs, gaps) > max(_BEND * float(np.ptp(costs[known])), _ROUNDED * costs[known].max())
    marked[:-1] |= off
    marked[1:] |= off
    lowest = int(np.nanargmin(costs))
    marked[max(0, lowest - 1) : lowest + 1] = True
    marked &= gaps > finest
    middles: Array = (weights[:-1] + weights[1:])[marked] / 2
    return middles


def _off_chord(costs: Array, gaps: Array) -> Array:
    """How far each sample but the outer ones lies from the line through its neighbours."""
    share = gaps[:-1] / (gaps[:-1] + gaps[1:])
    chord = costs[:-2] + (costs[2:] - costs[:-2]) * share
    off: Array = np.abs(costs[1:-1] - chord)
    return off


def _costs(nudged: Nudged, weights: Array) -> Array:
    with np.errstate(all="ignore"):
        return nudged.costs(weights - nudged.at)


def _drawable(costs: Array) -> Array:
    drawable: Array = np.where(np.abs(costs) < _HUGE, costs, np.nan)
    return drawable


def _before_and_after(trace: StepTrace, address: Address) -> Span:
    if isinstance(address, Edge):
        parts = weight_part(What.WEIGHT, address), weight_part(What.NEW_WEIGHT, address)
    else:
        layer, unit = address.layer, address.unit
        parts = Part(What.BIAS, layer, unit), Part(What.NEW_BIAS, layer, unit)
    return value_of(parts[0], trace, None), value_of(parts[1], trace, None)
