"""What a number is: which quantity, of which unit or weight. Equations, code and memo point with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from bpviz.explain.address import INPUT, Address, Edge, Node
from bpviz.explain.phase import Kind, Phase, index_of


class What(Enum):
    """The quantities of a step. The activation of layer INPUT is the input X."""

    ACTIVATION = "activation"
    WEIGHT = "weight"
    BIAS = "bias"
    WEIGHTED_INPUT = "weighted input"
    TARGET = "target"
    COST = "cost"
    PULL = "pull"                    # dC/dA: what reaches an activation from above
    SLOPE = "slope"                  # R'(Z)
    ERROR = "layer error"            # dC/dZ
    GRADIENT = "gradient"            # C'(W), the batch's
    BIAS_GRADIENT = "bias gradient"  # C'(b), the batch's
    RATE = "learning rate"
    NEW_WEIGHT = "weight after the update"
    NEW_BIAS = "bias after the update"


_OF_WEIGHTS = (What.WEIGHT, What.GRADIENT, What.NEW_WEIGHT)


@dataclass(frozen=True, slots=True)
class Part:
    """One quantity: of a unit, of the weight from source to unit, or, without unit, of a whole layer."""

    what: What
    layer: int
    unit: int | None = None
    source: int | None = None

    @property
    def address(self) -> Address | None:
        """Where it stands in the network; None for what belongs to a whole layer."""
        if self.unit is None:
            return None
        if self.source is not None:
            return Edge(self.layer, self.source, self.unit)
        return Node(self.layer, self.unit)

    @property
    def of_layer(self) -> Part:
        """The same quantity of the whole layer."""
        return replace(self, unit=None, source=None)

    @property
    def of_weights(self) -> bool:
        return self.what in _OF_WEIGHTS

    def meets(self, other: Part) -> bool:
        """Whether one is the other, or a piece of it."""
        if (self.what, self.layer) != (other.what, other.layer):
            return False
        return None in (self.unit, other.unit) or (self.unit, self.source) == (other.unit, other.source)

    def concerns(self, address: Address) -> bool:
        """Whether it is a quantity of this unit or weight, or of the whole layer that holds it."""
        if self.what is What.RATE or self.layer != address.layer:
            return False
        if self.of_weights != isinstance(address, Edge):
            return False
        return self.address in (None, address)


def weight_part(what: What, edge: Edge) -> Part:
    return Part(what, edge.layer, edge.target, edge.source)


def told_by(part: Part, depth: int) -> Phase | None:
    """The phase that tells a quantity; None for what is there before the step begins."""
    last, k = depth - 1, part.layer
    match part.what:
        case What.WEIGHT | What.BIAS | What.RATE:
            return None
        case What.TARGET:
            return Phase(Kind.GIVEN, INPUT)
        case What.ACTIVATION:
            return Phase(Kind.GIVEN, INPUT) if k == INPUT else Phase(Kind.ACTIVATE, k)
        case What.WEIGHTED_INPUT:
            return Phase(Kind.SUM, k)
        case What.COST:
            return Phase(Kind.COST, last)
        case What.PULL | What.SLOPE | What.ERROR:
            return Phase(Kind.OUTPUT_ERROR if k == last else Kind.HIDDEN_ERROR, max(k, 0))
        case What.GRADIENT | What.BIAS_GRADIENT:
            return Phase(Kind.GRADIENT, k)
        case What.NEW_WEIGHT | What.NEW_BIAS:
            return Phase(Kind.UPDATE, last)


def is_told(part: Part, depth: int, complete: int) -> bool:
    """Whether it is known once the phase at index complete is done; -1: none is yet."""
    phase = told_by(part, depth)
    return phase is None or index_of(depth, phase.kind, phase.layer) <= complete
