"""How many multiplications the gradients of one example cost, with the layer errors reused and without.

Slopes and C'(ŷ) are given numbers for both ways of working, and additions are free.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

from bpviz.engine.activation import activation
from bpviz.engine.backprop import is_fused
from bpviz.engine.network import Network
from bpviz.explain.number import count, number
from bpviz.explain.phase import Kind, Phase, score

HIDDEN_LAYERS = range(1, 13)
_LONG = 10**9  # from here on a count is read by its power of ten


@dataclass(frozen=True, slots=True)
class Totals:
    """Multiplications with the layer errors reused, and with every chain written out."""

    reused: int
    written_out: int

    @property
    def ratio(self) -> float:
        """How many times as many writing out takes; reusing takes at least one, for a weight's gradient."""
        return self.written_out / self.reused


@dataclass(frozen=True, slots=True)
class Work:
    """Multiplications by layer: of its error, of its gradients from that error, of all its chains."""

    errors: tuple[int, ...]
    gradients: tuple[int, ...]
    written_out: tuple[int, ...]

    @property
    def total(self) -> Totals:
        return Totals(sum(self.errors) + sum(self.gradients), sum(self.written_out))

    def after(self, complete: int) -> Totals:
        """What is done once the phase at index complete is; -1: nothing is yet.

        A layer's chains count with its gradients, for that is what they are written out for.
        """
        done = score(len(self.written_out))[: complete + 1]
        return Totals(sum(self._reused(phase) for phase in done), sum(self._written(phase) for phase in done))

    def _reused(self, phase: Phase) -> int:
        if phase.kind in (Kind.OUTPUT_ERROR, Kind.HIDDEN_ERROR):
            return self.errors[phase.layer]
        return self.gradients[phase.layer] if phase.kind is Kind.GRADIENT else 0

    def _written(self, phase: Phase) -> int:
        return self.written_out[phase.layer] if phase.kind is Kind.GRADIENT else 0


@dataclass(frozen=True, slots=True)
class AtDepth:
    """Both totals of a network with so many hidden layers."""

    hidden: int
    totals: Totals


@lru_cache(maxsize=256)
def work(network: Network) -> Work:
    """The multiplications of one example, layer by layer."""
    layers = range(network.depth)
    return Work(
        tuple(error_work(network, k) for k in layers),
        tuple(network.sizes[k] * network.sizes[k + 1] for k in layers),  # C'(b) is E itself
        tuple(chain_work(network, k) for k in layers),
    )


def error_work(network: Network, layer: int) -> int:
    """Of the error of a layer, given the one above.

    E_o = C'(ŷ) . R'(Z_o): one a unit; softmax on its own ŷ . (C'(ŷ) - sum C'(ŷ) . ŷ): two; together with
    its cross-entropy ŷ - y: none. E_h = (sum E_o . W_o) . R'(Z_h): one for each unit above, and one.
    """
    units = network.sizes[layer + 1]
    if layer < network.depth - 1:
        return units * (network.sizes[layer + 2] + 1)
    if is_fused(network):
        return 0
    return units if _elementwise(network) else 2 * units


def chain_count(network: Network, layer: int) -> int:
    """How many chains lead from the cost down to Z of one unit: one for each way through the units above.

    Softmax on its own ties every output to every Z, so that each chain may end in any of them.
    """
    ways = math.prod(network.sizes[layer + 2 :])
    return ways if is_fused(network) or _elementwise(network) else ways * network.outputs


def chain_factors(network: Network, layer: int) -> int:
    """How many factors each of them has: C'(ŷ) . R'(Z_o) . W_o . R'(Z) ... R'(Z); fused, E_o is the first."""
    return 2 * (network.depth - 1 - layer) + (1 if is_fused(network) else 2)


def chain_work(network: Network, layer: int) -> int:
    """Of all chains of a layer's weights, which have the input as one more factor, and of its biases."""
    inputs, units = network.sizes[layer], network.sizes[layer + 1]
    factors = chain_factors(network, layer)
    weights = inputs * units * factors
    biases = units * (factors - 1) if network.layers[layer].bias else 0
    return chain_count(network, layer) * (weights + biases)


def hidden_width(network: Network) -> int:
    """Units of the widest hidden layer, or 1 where there is none."""
    return max((layer.units for layer in network.layers[:-1]), default=1)


@lru_cache(maxsize=16)
def by_depth(network: Network) -> tuple[AtDepth, ...]:
    """Both totals of networks like this one whose hidden layers are all as wide as its widest."""
    return tuple(AtDepth(hidden, work(_like(network, hidden)).total) for hidden in HIDDEN_LAYERS)


def amount(n: int) -> str:
    """How many: "2,368"; what is too long to read by its power of ten."""
    return count(n) if n < _LONG else number(float(n))


def comparison(total: Totals) -> str:
    """How both ways compare over a whole step, in a sentence."""
    if total.written_out == total.reused:
        return f"For one example, the whole step takes {amount(total.reused)} either way."
    times = number(total.ratio, 2 if total.ratio >= 1.05 else 3)
    both = f"{amount(total.written_out)} instead of {amount(total.reused)}"
    return f"For one example, the whole step takes {times} times as many when written out: {both}."


def reading(at: AtDepth) -> tuple[str, str, str]:
    """The depth and both totals there, in short pieces."""
    totals = at.totals
    return (
        f"With {_layers(at.hidden)}:",
        f"{amount(totals.reused)} reused,",
        f"{amount(totals.written_out)} written out",
    )


def assumptions(network: Network) -> str:
    """Which networks by_depth compares, in words."""
    width, hidden = hidden_width(network), network.depth - 1
    units = "1 unit" if width == 1 else f"{count(width)} units"
    if not hidden:
        return f"Hidden layers of {units} each, for this network has none; inputs and outputs as here."
    same = {layer.units for layer in network.layers[:-1]} == {width}
    as_here = "as here" if same else "as in the widest here"
    return f"Hidden layers of {units} each, {as_here}; the same inputs and outputs. {_here(hidden)}"


def _here(hidden: int) -> str:
    if hidden in HIDDEN_LAYERS:
        return "The dotted line marks this network."
    return f"This network, with {_layers(hidden)}, lies outside the chart."


def _layers(hidden: int) -> str:
    return "1 hidden layer" if hidden == 1 else f"{count(hidden)} hidden layers"


def _like(network: Network, hidden: int) -> Network:
    """The same network with so many equal hidden layers; where it has none, they take after its output."""
    *below, output = network.layers
    pattern = max(below, key=lambda layer: layer.units, default=None)
    if pattern is None:
        pattern = replace(output, units=1, activation="relu")
    return replace(network, layers=(*(pattern,) * hidden, output))


def _elementwise(network: Network) -> bool:
    return activation(network.layers[-1].activation).elementwise
