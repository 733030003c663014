"""What an optimizer remembers, as flat buffers and back. NumPy only."""

from __future__ import annotations

from collections.abc import Iterator

from bpviz.engine.arrays import Array
from bpviz.engine.kernel.layout import Layout, aligned
from bpviz.engine.network import LayerParameters, Parameters
from bpviz.engine.update import RULES, OptimizerState

# How many running arrays there are, by what OptimizerState.keeps says that they mean.
MEMORIES = {"": 0, "velocity": 1, "mean square": 1, "mean and mean square": 2}


def kept_by(optimizer: str) -> str:
    """What this optimizer remembers, as OptimizerState.keeps says it."""
    return RULES[optimizer][1]


def packed_memories(
    lay: Layout, parameters: Parameters, state: OptimizerState, optimizer: str
) -> tuple[Array, Array, int]:
    """Two buffers like that of the weights, and the updates that they look back on.

    Zeros are what no memory yet amounts to in every rule.
    """
    keeps = kept_by(optimizer)
    if state.keeps != keeps or not state.slots:
        return aligned(lay.weights), aligned(lay.weights), 0
    buffers = [lay.packed(_like(parameters, state, k)) for k in range(MEMORIES[keeps])]
    buffers += [aligned(lay.weights)] * (2 - len(buffers))
    return buffers[0], buffers[1], state.count


def unpacked_memories(
    lay: Layout, buffers: tuple[Array, Array], count: int, optimizer: str
) -> OptimizerState:
    """The state after `count` updates, as update() would leave it."""
    keeps = kept_by(optimizer)
    if not keeps:
        return OptimizerState(1)  # an optimizer without memory always counts its first update
    layers = [list(_arrays(lay.unpacked(buffer))) for buffer in buffers[: MEMORIES[keeps]]]
    return OptimizerState(count, tuple(zip(*layers, strict=True)), keeps)


def _like(parameters: Parameters, state: OptimizerState, k: int) -> Parameters:
    """The k-th running arrays, ordered as the parameters are."""
    arrays = iter([memory[k] for memory in state.slots])
    return tuple(LayerParameters(next(arrays), None if p.b is None else next(arrays)) for p in parameters)


def _arrays(parameters: Parameters) -> Iterator[Array]:
    for p in parameters:
        yield p.w
        if p.b is not None:
            yield p.b
