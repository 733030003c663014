"""Where the gradient went: how large it is at every stage between the cost and a variable."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.chain.chain import Path
from bpviz.explain.chain.factor import Form, Kind
from bpviz.explain.part import Part, What, is_told
from bpviz.explain.reading import array_of
from bpviz.explain.symbol import Names, Symbol

_MOST_DECADES = 24  # beyond so many powers of ten a bar is as short as can be


@dataclass(frozen=True, slots=True)
class Fall:
    """One stage. size is what is there after it, with its sign; factor what size was multiplied by here.

    Layer by layer, size is a root mean square and factor its ratio to the stage above. None is not told, or
    has no meaning. kind tells slopes from weights; smallest marks the factor nearest to 0 once all are told.
    """

    symbol: Symbol
    factor: float | None
    size: float | None
    part: Part | None
    kind: Kind | None = None
    smallest: bool = False


def path_waterfall(path: Path, form: Form) -> tuple[Fall, ...]:
    """The running product of a path's factors, from the cost down. A factor of 0 ends it.

    The last size is the path's product. A path over a batch has no factors, and so no waterfall.
    """
    falls: list[Fall] = []
    size: float | None = 1.0
    for i, factor in enumerate(path.factors):
        value = factor.value if factor.told else None
        size = None if size is None or value is None else size * value
        part = factor.derivative.part
        falls.append(Fall(factor.symbol(form), value, size, part, factor.kind, i == path.smallest))
        if size == 0.0:
            break
    return tuple(falls)


def layer_waterfall(
    network: Network, trace: StepTrace, names: Names, complete: int, example: int | None, lowest: int = 0
) -> tuple[Fall, ...]:
    """C'(ŷ), E_o, C'(H), E_h, ..., C'(W_h): the root mean square of each over its units.

    It takes in one example, or all of the batch; C'(W) is then the batch's own. lowest is the last layer.
    """
    row = 0 if trace.batch == 1 else example
    falls: list[Fall] = []
    for k in range(network.depth - 1, lowest - 1, -1):
        if not (trace.fused and k == network.depth - 1):
            _add(falls, names, Part(What.PULL, k), _rows(Part(What.PULL, k), trace, row), network, complete)
        _add(falls, names, Part(What.ERROR, k), _rows(Part(What.ERROR, k), trace, row), network, complete)
    part = Part(What.GRADIENT, lowest)
    layer = trace.layers[lowest]
    gradient = layer.dw if row is None else np.outer(layer.a_in[row], layer.delta[row])
    _add(falls, names, part, gradient, network, complete)
    return tuple(falls)


def _rows(part: Part, trace: StepTrace, row: int | None) -> Array:
    array = array_of(part, trace)
    return array if row is None else np.asarray(array[row])


def _add(
    falls: list[Fall], names: Names, part: Part, array: Array, network: Network, complete: int
) -> None:
    size = root_mean_square(array) if is_told(part, network.depth, complete) else None
    above = falls[-1].size if falls else None
    ratio = size / above if size is not None and above else None
    falls.append(Fall(names.of(part), ratio, size, part))


def root_mean_square(array: Array) -> float:
    """sqrt(mean of squares), scaled first so that what is tiny or huge does not vanish on the way."""
    with np.errstate(all="ignore"):
        largest = float(np.abs(array).max())
        if not largest or not math.isfinite(largest):
            return largest
        return largest * float(np.sqrt(np.mean((array / largest) ** 2)))


def decades(falls: tuple[Fall, ...]) -> tuple[int, int]:
    """The powers of ten between which all sizes lie; at least one apart, at most _MOST_DECADES."""
    sizes = [abs(f.size) for f in falls if f.size is not None and math.isfinite(f.size) and f.size]
    if not sizes:
        return -1, 0
    low, high = math.floor(math.log10(min(sizes))), math.ceil(math.log10(max(sizes)))
    return max(min(low, high - 1), high - _MOST_DECADES), high


def share(size: float, low: int, high: int) -> float:
    """How much of the logarithmic axis from 10^low to 10^high a size fills, 0 to 1."""
    if not size or math.isnan(size):
        return 0.0
    if math.isinf(size):
        return 1.0
    return min(1.0, max(0.0, (math.log10(abs(size)) - low) / (high - low)))
