"""How much of what a network has learned survives a change of its shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array, frozen
from bpviz.engine.freezing import Frozen, FrozenParameter, in_order
from bpviz.engine.network import LayerParameters, Network, Parameters


@dataclass(frozen=True, slots=True)
class Origin:
    """Which column of the network before a column is, and which of its units each unit is.

    Columns count the inputs as 0. None: there is none, it is new.
    """

    column: int | None
    units: tuple[int | None, ...]

    @property
    def whole(self) -> bool:
        """Whether no unit is new."""
        return self.column is not None and None not in self.units


def unchanged(sizes: Sequence[int]) -> tuple[Origin, ...]:
    """Every column is what it was."""
    return tuple(Origin(k, tuple(range(n))) for k, n in enumerate(sizes))


def anew(sizes: Sequence[int]) -> tuple[Origin, ...]:
    """Nothing is what it was: all weights are drawn again."""
    return tuple(Origin(None, (None,) * n) for n in sizes)


def carried(before: Parameters, fresh: Parameters, origins: Sequence[Origin]) -> Parameters:
    """Fresh parameters, with every weight and bias of before that is still between the same two units.

    A weight is still there when its two columns were next to each other before, a bias when its unit was
    there and had one.
    """
    return tuple(_layer(before, p, origins[k], origins[k + 1]) for k, p in enumerate(fresh))


def carried_frozen(before: Frozen, network: Network, origins: Sequence[Origin]) -> Frozen:
    """What is frozen in the network that came of the change: whatever of before carried() takes along."""
    became = [_became(origin) for origin in origins]
    made: list[FrozenParameter] = []
    for k, layer in enumerate(network.layers):
        for one in before:
            if one.layer + 1 == origins[k + 1].column:
                below = became[k] if one.layer == origins[k].column else {}
                sources = _frozen_sources(one, below, layer.bias)
                units = became[k + 1].get(one.unit, [])
                made += [FrozenParameter(k, unit, source) for unit in units for source in sources]
    return in_order(made)


def _became(origin: Origin) -> dict[int, list[int]]:
    """For each unit before which ones have come of it."""
    made: dict[int, list[int]] = {}
    for unit, was in enumerate(origin.units):
        if was is not None:
            made.setdefault(was, []).append(unit)
    return made


def _frozen_sources(one: FrozenParameter, below: dict[int, list[int]], bias: bool) -> Sequence[int | None]:
    if one.source is None:
        return [None] if bias else []
    return below.get(one.source, [])


def _layer(before: Parameters, fresh: LayerParameters, below: Origin, above: Origin) -> LayerParameters:
    if above.column is None:
        return fresh
    old = before[above.column - 1]
    targets = np.array([-1 if u is None else u for u in above.units])
    w = fresh.w
    if below.column == above.column - 1:
        sources = np.array([-1 if u is None else u for u in below.units])
        known = np.ix_(sources >= 0, targets >= 0)
        w = fresh.w.copy()
        w[known] = old.w[np.ix_(sources[sources >= 0], targets[targets >= 0])]
    return LayerParameters(frozen(w), _bias(old.b, fresh.b, targets))


def _bias(old: Array | None, fresh: Array | None, targets: NDArray[np.int64]) -> Array | None:
    if old is None or fresh is None:
        return fresh
    b = fresh.copy()
    b[targets >= 0] = old[targets[targets >= 0]]
    return frozen(b)
