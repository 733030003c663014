"""What the program calls its quantities: the text's Wh, Zh, H, yHat, Eo, dWo, numbered in deeper networks."""

from __future__ import annotations

from dataclasses import dataclass

from bpviz.engine.network import Network
from bpviz.explain.address import INPUT
from bpviz.explain.part import Part, What

COST, TARGET, RATE = "C", "y", "lr"


@dataclass(frozen=True, slots=True)
class Variables:
    """The names of one network's quantities. scalar: every quantity is a single number."""

    network: Network
    scalar: bool

    @classmethod
    def of(cls, network: Network, batch: int) -> Variables:
        return cls(network, batch == 1 and set(network.sizes) == {1})

    def activation(self, layer: int) -> str:
        """x or X for the input, yHat for the output, H or H3 between."""
        if layer == INPUT:
            return "x" if self.scalar else "X"
        if layer == self.network.depth - 1:
            return "yHat"
        return "H" if self.network.depth == 2 else f"H{layer + 1}"

    def weight(self, layer: int) -> str:
        return self._name("W", layer)

    def bias(self, layer: int) -> str:
        return self._name("b", layer)

    def weighted_input(self, layer: int) -> str:
        return self._name("Z", layer)

    def error(self, layer: int) -> str:
        return self._name("E", layer)

    def gradient(self, layer: int) -> str:
        return f"d{self.weight(layer)}"

    def bias_gradient(self, layer: int) -> str:
        return f"d{self.bias(layer)}"

    def parts(self) -> dict[str, Part]:
        """Every variable of the step and the quantity that it is, before the update."""
        last = self.network.depth - 1
        made = {
            TARGET: Part(What.TARGET, last), COST: Part(What.COST, last), RATE: Part(What.RATE, last),
            self.activation(INPUT): Part(What.ACTIVATION, INPUT),
        }
        for k, layer in enumerate(self.network.layers):
            made[self.weight(k)] = Part(What.WEIGHT, k)
            made[self.weighted_input(k)] = Part(What.WEIGHTED_INPUT, k)
            made[self.activation(k)] = Part(What.ACTIVATION, k)
            made[self.error(k)] = Part(What.ERROR, k)
            made[self.gradient(k)] = Part(What.GRADIENT, k)
            if layer.bias:
                made[self.bias(k)] = Part(What.BIAS, k)
                made[self.bias_gradient(k)] = Part(What.BIAS_GRADIENT, k)
        return made

    def _name(self, letter: str, layer: int) -> str:
        depth = self.network.depth
        if depth == 1:
            return letter
        return letter + (("h", "o")[layer] if depth == 2 else str(layer + 1))
