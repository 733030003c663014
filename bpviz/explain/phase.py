"""The order in which a step is told. This is the only place that knows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache

from bpviz.explain.address import INPUT


class Kind(Enum):
    """What a phase tells. GIVEN is the input; the rest follow the text's equations."""

    GIVEN = "given"
    SUM = "sum"
    ACTIVATE = "activate"
    COST = "cost"
    OUTPUT_ERROR = "output_error"
    HIDDEN_ERROR = "hidden_error"
    GRADIENT = "gradient"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Phase:
    """An address into a StepTrace: what is being told, and of which layer."""

    kind: Kind
    layer: int

    @property
    def backward(self) -> bool:
        return self.kind in (Kind.OUTPUT_ERROR, Kind.HIDDEN_ERROR, Kind.GRADIENT)


@cache
def score(depth: int) -> tuple[Phase, ...]:
    """All phases of one step of a network with depth layers, in order.

    Forward a layer at a time, then the cost, then down again: the error of a layer, the
    gradient of its weights, and the error of the layer below. All weights move together at the end.
    """
    last = depth - 1
    forward = [Phase(kind, k) for k in range(depth) for kind in (Kind.SUM, Kind.ACTIVATE)]
    backward = [Phase(Kind.OUTPUT_ERROR, last), Phase(Kind.GRADIENT, last)]
    for k in reversed(range(last)):
        backward += [Phase(Kind.HIDDEN_ERROR, k), Phase(Kind.GRADIENT, k)]
    return (Phase(Kind.GIVEN, INPUT), *forward, Phase(Kind.COST, last), *backward, Phase(Kind.UPDATE, last))


@cache
def index_of(depth: int, kind: Kind, layer: int) -> int:
    """Where a phase stands in score(depth); raises ValueError when a step has no such phase."""
    return score(depth).index(Phase(kind, layer))
