"""What a fully connected network is: its layers, its cost, and the numbers it starts from."""

from __future__ import annotations

from dataclasses import dataclass

from bpviz.engine.arrays import Array
from bpviz.engine.errors import EngineError


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of units: A = R(Z), Z = A_in W + b. Without bias there is no b at all."""

    units: int
    activation: str = "relu"
    bias: bool = True


@dataclass(frozen=True, slots=True)
class Network:
    """The shape of a network and the functions in it. Raises EngineError when they do not fit together."""

    inputs: int
    layers: tuple[Layer, ...]
    cost: str = "half_squared_error"

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units of every column, the inputs first."""
        return (self.inputs, *(layer.units for layer in self.layers))

    @property
    def outputs(self) -> int:
        return self.sizes[-1]

    @property
    def depth(self) -> int:
        """How many layers have weights: the hidden ones and the output."""
        return len(self.layers)

    @property
    def edges(self) -> int:
        """How many weights there are, biases not counted."""
        return sum(a * b for a, b in zip(self.sizes, self.sizes[1:], strict=False))


@dataclass(frozen=True, slots=True, eq=False)
class LayerParameters:
    """w (inputs, units) and b (units,), or None for a layer without bias."""

    w: Array
    b: Array | None


Parameters = tuple[LayerParameters, ...]
