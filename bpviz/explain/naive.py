"""The derivative of the cost by the chain rule alone: every chain written out, nothing remembered.

    C'(W_h) = sum over all ways up of  C'(ŷ) . R'(Z_o) . W_o . R'(Z_h) . X

This is what the text does before it saves its work; backprop.py comes to the same numbers with far less.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import Address, Edge, Node
from bpviz.explain.complexity import amount, chain_count

MOST_CHAINS = 200_000

Chain = tuple[float, ...]


class TooManyChainsError(ValueError):
    """Writing out every chain would take too long."""


@dataclass(frozen=True, slots=True)
class Derivative:
    """Of the cost by one variable: the sum of its chains, and what it took to multiply them out."""

    value: float
    chains: int
    multiplications: int


@dataclass(frozen=True, slots=True, eq=False)
class Derivatives:
    """By all weights and biases of the network: dw[k] (inputs, units), db[k] (units,) or None."""

    dw: tuple[Array, ...]
    db: tuple[Array | None, ...]
    multiplications: int


def derivative(
    network: Network, trace: StepTrace, example: int, by: Address, most: int = MOST_CHAINS
) -> Derivative:
    """Of the cost of one example by the weight at an edge, or by the bias of a node.

    Raises TooManyChainsError above so many chains.
    """
    _refuse_beyond(most, chain_count(network, by.layer))
    return _multiplied_out(trace, example, by)


def derivatives(network: Network, trace: StepTrace, example: int, most: int = MOST_CHAINS) -> Derivatives:
    """Of the cost of one example by every weight and bias, each on its own."""
    _refuse_beyond(most, _all_chains(network))
    dw, db, done = [], [], 0
    for k, layer in enumerate(trace.layers):
        inputs, units = layer.w.shape
        edges = [Edge(k, source, target) for source in range(inputs) for target in range(units)]
        nodes = [Node(k, unit) for unit in range(units)] if layer.b is not None else []
        weights = [_multiplied_out(trace, example, edge) for edge in edges]
        biases = [_multiplied_out(trace, example, node) for node in nodes]
        dw.append(np.array([found.value for found in weights]).reshape(inputs, units))
        db.append(np.array([found.value for found in biases]) if biases else None)
        done += sum(found.multiplications for found in (*weights, *biases))
    return Derivatives(tuple(dw), tuple(db), done)


def chains(trace: StepTrace, example: int, by: Address) -> Iterator[Chain]:
    """The factors of every chain from the cost down to a weight or a bias, in the text's order."""
    if isinstance(by, Node):
        yield from _chains_to(trace, example, by.layer, by.unit)
        return
    below = float(trace.layers[by.layer].a_in[example, by.source])  # Z'(W)
    for chain in _chains_to(trace, example, by.layer, by.target):
        yield (*chain, below)


def _chains_to(trace: StepTrace, example: int, layer: int, unit: int) -> Iterator[Chain]:
    """From the cost down to Z of a unit: every chain of each unit above goes on through the weight to it."""
    if layer == len(trace.layers) - 1:
        yield from _chains_to_output(trace, example, unit)
        return
    slope = float(trace.layers[layer].slope[example, unit])  # H'(Z) = R'(Z)
    for above, weight in enumerate(trace.layers[layer + 1].w[unit].tolist()):  # Z'(H) = W
        for chain in _chains_to(trace, example, layer + 1, above):
            yield (*chain, weight, slope)


def _chains_to_output(trace: StepTrace, example: int, unit: int) -> Iterator[Chain]:
    """C'(ŷ) . R'(Z_o); softmax: C'(ŷ_k) . ŷ_k ([k = i] - ŷ_i) for every k; fused: E_o itself."""
    output = trace.layers[-1]
    if trace.fused:
        yield (float(output.delta[example, unit]),)
    elif output.activation == "softmax":
        shares = output.a[example].tolist()
        for k, (pull, share) in enumerate(zip(output.pull[example].tolist(), shares, strict=True)):
            yield (pull, share * ((k == unit) - shares[unit]))
    else:
        yield (float(output.pull[example, unit]), float(output.slope[example, unit]))


def _multiplied_out(trace: StepTrace, example: int, by: Address) -> Derivative:
    value, number, multiplications = 0.0, 0, 0
    for first, *rest in chains(trace, example, by):
        product = first
        for factor in rest:
            product *= factor
            multiplications += 1
        value += product
        number += 1
    return Derivative(value, number, multiplications)


def _all_chains(network: Network) -> int:
    sizes = network.sizes
    return sum(
        chain_count(network, k) * sizes[k + 1] * (sizes[k] + layer.bias)
        for k, layer in enumerate(network.layers)
    )


def _refuse_beyond(most: int, wanted: int) -> None:
    if wanted > most:
        raise TooManyChainsError(f"{amount(wanted)} chains to write out: expected at most {amount(most)}")
