"""What lies beneath the noise of a curve: its exponential moving average, and curves with fewer points."""

from __future__ import annotations

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.costs import CostHistory
from bpviz.engine.extremes import Curve, round_stride
from bpviz.engine.stretches import Whole, begins, first_smallest


def smoothed(values: Array, span: int) -> Array:
    """m_k = sum of beta^(k-i) x_i / sum of beta^(k-i) over i <= k, with beta = (span - 1) / (span + 1).

    The weights add up to 1 from the first value on: the bias correction of Kingma and Ba's "Adam" (2015), for
    a plain average. As old on average as the mean of the last `span` values; span 1 leaves them as they are.
    Expects finite values, (n,).
    """
    beta = (span - 1) / (span + 1)
    sums, reach, count = np.array(values, dtype=np.float64), 1, len(values)
    while reach < count and beta**reach > 0.0:  # sums of so many values become sums of twice as many
        sums[reach:] += beta**reach * sums[:-reach]
        reach *= 2
    weights = (1 - beta ** np.arange(1, count + 1)) / (1 - beta)
    made: Array = sums / weights
    return made


def smoothed_steps(costs: CostHistory, span: int) -> Curve:
    """The average over the batch costs of a run.

    In the first two thousand steps over every cost. Of a longer run one cost of each stretch is kept that was
    not chosen for its size, the newest: these are averaged, so that span counts stretches there, each about a
    thousandth of the way to where it stands.
    """
    kept = costs.samples()
    return Curve(kept.steps, smoothed(kept.values, span))


def thinned(steps: Whole, values: Array, most: int) -> Curve:
    """The smallest and largest value of every so many steps, and both ends: about 2 * most in all."""
    if len(steps) <= most:
        return Curve(steps, values)
    every = round_stride(-(-int(steps[-1] - steps[0] + 1) // most))
    starts = begins(steps // every)
    ends = [0, len(steps) - 1]
    kept = np.unique(np.concatenate((first_smallest(values, starts), first_smallest(-values, starts), ends)))
    return Curve(steps[kept], values[kept])

