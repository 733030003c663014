"""Weights and biases that training leaves as they are: which they are, and what of an update they undo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array
from bpviz.engine.errors import EngineError
from bpviz.engine.network import Network, Parameters

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class FrozenParameter:
    """The weight w[source, unit] of a layer, counted from 0; without a source the bias b[unit]."""

    layer: int
    unit: int
    source: int | None = None

    @property
    def order(self) -> tuple[int, int, int]:
        """By layer, unit and source, the bias of a unit before its weights."""
        return self.layer, self.unit, -1 if self.source is None else self.source


Frozen = tuple[FrozenParameter, ...]


def check_frozen(frozen: Frozen) -> None:
    """Raises EngineError unless all count from 0, each is there once, and all stand in their order."""
    for i, one in enumerate(frozen):
        if min(one.layer, one.unit, one.source or 0) < 0:
            raise EngineError(f"frozen[{i}]: expected numbers of 0 or more, got {_place(one)}")
        if i and frozen[i - 1].order >= one.order:
            raise EngineError(
                f"frozen[{i}]: expected each once, sorted by layer, unit and source with the bias first; "
                f"got {_place(one)} after {_place(frozen[i - 1])}"
            )


def check_fit(network: Network, frozen: Frozen) -> None:
    """Raises EngineError unless the network has every one of these."""
    for i, one in enumerate(frozen):
        if one.layer >= network.depth:
            raise EngineError(f"frozen[{i}].layer: expected below {network.depth}, got {one.layer}")
        inputs, layer = network.sizes[one.layer], network.layers[one.layer]
        if one.unit >= layer.units:
            raise EngineError(f"frozen[{i}].unit: expected below {layer.units}, got {one.unit}")
        if one.source is None and not layer.bias:
            raise EngineError(f"frozen[{i}].source: expected a number, for layer {one.layer} has no bias")
        if one.source is not None and one.source >= inputs:
            raise EngineError(f"frozen[{i}].source: expected below {inputs}, got {one.source}")


def masks(parameters: Parameters, frozen: Frozen) -> tuple[tuple[Mask, Mask | None], ...]:
    """For each layer which of w (inputs, units) and of b (units,) are frozen."""
    made = tuple(
        (np.zeros(p.w.shape, np.bool_), None if p.b is None else np.zeros(p.b.shape, np.bool_))
        for p in parameters
    )
    for one in frozen:
        of_weights, of_biases = made[one.layer]
        if one.source is not None:
            of_weights[one.source, one.unit] = True
        elif of_biases is not None:
            of_biases[one.unit] = True
    return made


def toggled(frozen: Frozen, one: FrozenParameter) -> Frozen:
    """The same without this one, or with it if it was not there."""
    if one in frozen:
        return tuple(other for other in frozen if other != one)
    return in_order((*frozen, one))


def in_order(frozen: Iterable[FrozenParameter]) -> Frozen:
    return tuple(sorted(frozen, key=_order))


def held(
    before: Array, after: Array, memory: tuple[Array, ...], mask: Mask | None
) -> tuple[Array, tuple[Array, ...]]:
    """An array after its update, where it is frozen as before; what is remembered of that is 0."""
    if mask is None:
        return after, memory
    return np.where(mask, before, after), tuple(np.where(mask, 0.0, kept) for kept in memory)


def _order(one: FrozenParameter) -> tuple[int, int, int]:
    return one.order


def _place(one: FrozenParameter) -> str:
    return f"layer {one.layer}, unit {one.unit}, {'bias' if one.source is None else f'source {one.source}'}"
