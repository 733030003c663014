"""What a fully connected network is: its layers, its cost, and the numbers it starts from."""

from __future__ import annotations

from dataclasses import dataclass

from bpviz.engine.activation import activation
from bpviz.engine.arrays import Array, checked
from bpviz.engine.cost import cost
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

    def __post_init__(self) -> None:
        if self.inputs < 1:
            raise EngineError(f"inputs: expected at least 1, got {self.inputs}")
        if not self.layers:
            raise EngineError("layers: expected at least one, got none")
        for k, layer in enumerate(self.layers):
            if layer.units < 1:
                raise EngineError(f"layers[{k}].units: expected at least 1, got {layer.units}")
            if activation(layer.activation).name == "softmax":
                self._check_softmax(k)
        top = activation(self.layers[-1].activation)
        if cost(self.cost).probabilities and not (top.low >= 0.0 and top.high <= 1.0):
            raise EngineError(
                f"{cost(self.cost).label} needs outputs from 0 to 1: expected sigmoid or softmax "
                f"as output activation, got {top.label}"
            )

    def _check_softmax(self, k: int) -> None:
        if k != self.depth - 1:
            raise EngineError(f"layers[{k}].activation: softmax is for the output layer only")
        if self.layers[k].units < 2:
            raise EngineError(f"layers[{k}]: softmax needs at least 2 units; expected sigmoid for one")

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


def checked_parameters(network: Network, parameters: Parameters) -> Parameters:
    """Read-only float64 copies; raises EngineError when the parameters are not this network's."""
    _check_shapes(network, parameters)
    return tuple(
        LayerParameters(
            checked(f"parameters[{k}].w", p.w, (None, None)),
            None if p.b is None else checked(f"parameters[{k}].b", p.b, (None,)),
        )
        for k, p in enumerate(parameters)
    )


def _check_shapes(network: Network, parameters: Parameters) -> None:
    if len(parameters) != network.depth:
        raise EngineError(f"parameters: expected {network.depth} layers, got {len(parameters)}")
    for k, (inputs, layer, p) in enumerate(zip(network.sizes, network.layers, parameters, strict=False)):
        if p.w.shape != (inputs, layer.units):
            raise EngineError(f"parameters[{k}].w: expected shape {(inputs, layer.units)}, got {p.w.shape}")
        if layer.bias and (p.b is None or p.b.shape != (layer.units,)):
            got = "none" if p.b is None else p.b.shape
            raise EngineError(f"parameters[{k}].b: expected shape {(layer.units,)}, got {got}")
        if not layer.bias and p.b is not None:
            raise EngineError(f"parameters[{k}].b: expected none, the layer has no bias; got {p.b.shape}")
