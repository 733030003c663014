"""What the units of each layer do on many examples: how often they are flat, and which never answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bpviz.engine.activation import activation
from bpviz.engine.arrays import Array
from bpviz.engine.backprop import forward
from bpviz.engine.examples import Examples
from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace

MOST_WORK = 10_000_000   # multiplications: about 2 ms, which a plot may take while training runs
FLAT = 0.05             # of the steepest slope: below it, 19 of 20 parts of an error are lost in one layer
_FURTHEST = 20.0        # beyond this weighted input no activation is steeper than within
_SATURATING = ("sigmoid", "tanh")
_CLOSING = ("relu", "softplus", "elu", "gelu", "silu")


@dataclass(frozen=True, slots=True, eq=False)
class LayerActivity:
    """a: the activations, (examples, units). dead: how many units have R'(Z) = 0 on every example, so that
    no error passes them and their weights stay as they are. flat: the share of the activations where
    |R'(Z)| < FLAT max|R'|; None for functions that have no flat side, or whose slope tells little (softmax).
    """

    activation: str
    a: Array
    dead: int
    flat: float | None

    @property
    def units(self) -> int:
        return int(self.a.shape[1])

    @property
    def word(self) -> str:
        """What being flat means here: "saturated" at both ends, "closed" on one side, or nothing."""
        return flat_word(self.activation)


@dataclass(frozen=True, slots=True, eq=False)
class Activity:
    """By layer, at a step's weights. whole: on all training examples; else on those of the batch only."""

    layers: tuple[LayerActivity, ...]
    whole: bool

    @property
    def examples(self) -> int:
        return int(self.layers[0].a.shape[0])

    @property
    def phrase(self) -> str:
        """Which examples these are: "all examples", "the only example", "all 16 examples of the batch"."""
        if self.whole:
            return "all examples" if self.examples > 1 else "the only example"
        return f"all {self.examples} examples of the batch" if self.examples > 1 else "the batch's example"


def activity_of(network: Network, trace: StepTrace, train: Examples) -> Activity:
    """On all training examples, unless they are too many to be passed through the network for every frame."""
    whole = train.count == trace.batch or train.count * network.edges <= MOST_WORK
    if train.count == trace.batch or not whole:
        seen = [(layer.a, layer.slope) for layer in trace.layers]
    else:
        seen = _passed(network, trace, train.inputs)
    kept = network.depth - 1 if trace.fused else network.depth
    layers = tuple(
        _layer_activity(trace.layers[k].activation, a, slope, felt=k < kept)
        for k, (a, slope) in enumerate(seen)
    )
    return Activity(layers, whole)


def flat_word(name: str) -> str:
    return "saturated" if name in _SATURATING else "closed" if name in _CLOSING else ""


@lru_cache(maxsize=32)
def steepest(name: str) -> float:
    """max|R'(Z)| of an activation that goes element by element."""
    z = np.linspace(-_FURTHEST, _FURTHEST, 8001)
    function = activation(name)
    return float(np.abs(function.slope(z, function.function(z))).max())


def _passed(network: Network, trace: StepTrace, inputs: Array) -> list[tuple[Array, Array]]:
    with np.errstate(all="ignore"):
        return [
            (a, activation(layer.activation).slope(z, a))
            for layer, (z, a) in zip(network.layers, forward(network, trace.parameters, inputs), strict=True)
        ]


def _layer_activity(name: str, a: Array, slope: Array, felt: bool) -> LayerActivity:
    """felt: whether the layer's error comes by way of this slope."""
    if not felt or not activation(name).elementwise:
        return LayerActivity(name, a, 0, None)
    dead = int((slope == 0.0).all(axis=0).sum())
    if not flat_word(name):
        return LayerActivity(name, a, dead, None)
    flat = float(np.mean(np.abs(slope) < FLAT * steepest(name)))
    return LayerActivity(name, a, dead, flat)
