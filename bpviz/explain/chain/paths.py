"""Finds the strongest of all paths from a variable to the cost, from the outputs down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array
from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.chain.variable import by_outputs, count_paths
from bpviz.explain.part import Part, What

MOST_AVERAGED = 200_000  # examples times paths up to which every path is averaged over the batch


@dataclass(frozen=True, slots=True)
class Way:
    """units[i] is passed in layer `first` + i. through: the ŷ passed, where a path chooses one."""

    first: int
    units: tuple[int, ...]
    through: int | None
    product: float


@dataclass(frozen=True, slots=True, eq=False)
class _Level:
    """Partial products (examples, units, paths): from the cost down to each unit of one layer.

    came[unit, path] is the place of its beginning among all partial products of the layer above, row by row.
    """

    products: Array
    came: NDArray[np.intp]


def strongest(
    network: Network, trace: StepTrace, variable: Part, row: int | None, keep: int
) -> tuple[Way, ...] | None:
    """The ways with the largest |product|, of equal ones the first; for the batch those of largest average.

    Keeping the best partial products of every unit loses none: what follows multiplies all of them
    alike. Averages have no such order, so all paths are looked at, and None is given for too many.
    """
    with np.errstate(all="ignore"):  # a step may have overflowed
        if row is None and count_paths(network, variable) * trace.batch > MOST_AVERAGED:
            return None
        levels = _levels(network, trace, variable, row, keep if row is not None else None)
        averages = np.asarray(levels[-1].products[:, 0, :].mean(axis=0))
        best = _best(averages, keep)
        return tuple(
            _way(network, trace, variable, levels, int(place), float(averages[place])) for place in best
        )


def _levels(
    network: Network, trace: StepTrace, variable: Part, row: int | None, keep: int | None
) -> list[_Level]:
    """From the output layer down to the variable's; the last has its unit alone."""
    k, unit = variable.layer, variable.unit
    assert unit is not None
    rows = slice(None) if row is None else slice(row, row + 1)
    last = network.depth - 1
    alone = variable.what is What.ACTIVATION
    if alone and k == last:
        products = trace.layers[last].pull[rows, unit : unit + 1, None]
        return [_Level(products, np.zeros((1, 1), dtype=np.intp))]
    levels = [_pruned(_outputs(network, trace, rows), keep)]
    for layer in range(last - 1, k - 1, -1):
        w = trace.layers[layer + 1].w
        units = slice(unit, unit + 1) if layer == k else slice(None)
        passed = _passed(levels[-1].products, w[units])
        if not (alone and layer == k):
            passed = passed * trace.layers[layer].slope[rows, units, None]
        levels.append(_pruned(passed, keep))
    if k == last:
        levels[-1] = _Level(levels[-1].products[:, unit : unit + 1], levels[-1].came[unit : unit + 1])
    if variable.what is What.WEIGHT:
        below = trace.layers[k].a_in[rows, variable.source]
        levels[-1] = _Level(levels[-1].products * below[:, None, None], levels[-1].came)
    return levels


def _outputs(network: Network, trace: StepTrace, rows: slice) -> Array:
    """The beginnings at the output's Z: C'(ŷ) R'(Z), or E at once; with softmax one for each ŷ."""
    top = trace.layers[-1]
    if trace.fused:
        return top.delta[rows, :, None]
    if not by_outputs(network, trace.fused):
        return np.asarray((top.pull * top.slope)[rows, :, None])
    a, pull = top.a[rows], top.pull[rows]
    same = np.eye(network.outputs)
    jacobian = a[:, None, :] * (same[None] - a[:, :, None])  # [example, i, k] = dŷ_k/dZ_i
    return np.asarray(pull[:, None, :] * jacobian)


def _passed(above: Array, w: Array) -> Array:
    """Every partial product carried over every weight, (examples, units below, units above * paths)."""
    carried = above[:, None, :, :] * w[None, :, :, None]
    return np.asarray(carried.reshape(len(above), len(w), -1))


def _pruned(products: Array, keep: int | None) -> _Level:
    units, paths = products.shape[1:]
    if keep is None or paths <= keep:
        return _Level(products, np.tile(np.arange(paths), (units, 1)))
    came = np.stack([_best(products[0, unit], keep) for unit in range(units)])
    return _Level(np.take_along_axis(products, came[None], axis=2), came)


def _best(products: Array, keep: int) -> NDArray[np.intp]:
    """Where the largest stand, the largest first; NaN has no size and comes last."""
    sizes = np.abs(products)
    return np.argsort(-np.where(np.isnan(sizes), -1.0, sizes), kind="stable")[:keep]


def _way(
    network: Network, trace: StepTrace, variable: Part, levels: list[_Level], place: int, product: float
) -> Way:
    """Follow one product back up to the cost."""
    assert variable.unit is not None
    units = [variable.unit]
    at = 0
    for level, above in zip(levels[::-1], levels[-2::-1], strict=False):
        at, place = divmod(int(level.came[at, place]), above.products.shape[2])
        units.append(at)
    through = None
    if by_outputs(network, trace.fused) and not _is_prediction(network, variable):
        top = 0 if len(levels) == 1 else at
        through = int(levels[0].came[top, place])
    return Way(variable.layer, tuple(units), through, product)


def _is_prediction(network: Network, variable: Part) -> bool:
    return variable.what is What.ACTIVATION and variable.layer == network.depth - 1
