"""Steps of every kind of small network, drawn by hypothesis; and the text's toy step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from bpviz.engine.activation import ACTIVATIONS
from bpviz.engine.backprop import run_step
from bpviz.engine.cost import COSTS
from bpviz.engine.network import Layer, LayerParameters, Network
from bpviz.engine.optimizer import OPTIMIZERS, Learning, OptimizerSettings
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import INPUT, Address, Edge, Node
from tests.engine.nets import some_frozen

_HIDDEN = sorted(a.name for a in ACTIVATIONS.values() if a.elementwise)


@dataclass(frozen=True)
class Step:
    network: Network
    trace: StepTrace

    @property
    def addresses(self) -> list[Address]:
        sizes = self.network.sizes
        nodes = [Node(k, i) for k in range(INPUT, self.network.depth) for i in range(sizes[k + 1])]
        depth = self.network.depth
        edges = [Edge(k, i, j) for k in range(depth) for i in range(sizes[k]) for j in range(sizes[k + 1])]
        return [*nodes, *edges]

    @property
    def examples(self) -> list[int | None]:
        return [*range(self.trace.batch), None]


@st.composite
def steps(draw: st.DrawFn, scales: tuple[float, ...] = (0.0, 1e-6, 0.5, 1.0, 30.0)) -> Step:
    """One to four layers of one to four units, any activation, any cost that fits, one to three examples."""
    network = draw(_networks())
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    scale = draw(st.sampled_from(scales))
    batch = draw(st.integers(1, 3))
    sizes = network.sizes
    parameters = tuple(
        LayerParameters(
            scale * random.normal(size=(sizes[k], sizes[k + 1])),
            scale * random.normal(size=sizes[k + 1]) if layer.bias else None,
        )
        for k, layer in enumerate(network.layers)
    )
    inputs = draw(st.sampled_from((0.0, 1.0, 20.0))) * random.normal(size=(batch, network.inputs))
    learning = Learning(
        rate=draw(st.sampled_from((1e-4, 0.1, 3.0))),
        optimizer=OptimizerSettings(draw(st.sampled_from(sorted(OPTIMIZERS)))),
        l2=draw(st.sampled_from((0.0, 0.01))),
        frozen=draw(st.just(()) | some_frozen(network)),
    )
    targets = _targets(network, batch, random)
    return Step(network, run_step(network, parameters, inputs, targets, learning))


@st.composite
def _networks(draw: st.DrawFn) -> Network:
    depth = draw(st.integers(1, 4))
    units = draw(st.lists(st.integers(1, 4), min_size=depth, max_size=depth))
    cost = draw(st.sampled_from(sorted(COSTS)))
    last = [a.name for a in ACTIVATIONS.values() if a.elementwise or units[-1] > 1]
    if COSTS[cost].probabilities:
        last = [name for name in last if ACTIVATIONS[name].low >= 0 and ACTIVATIONS[name].high <= 1]
    functions = [draw(st.sampled_from(_HIDDEN)) for _ in range(depth - 1)] + [draw(st.sampled_from(last))]
    layers = [Layer(n, f, draw(st.booleans())) for n, f in zip(units, functions, strict=True)]
    return Network(draw(st.integers(1, 3)), tuple(layers), cost)


def _targets(network: Network, batch: int, random: np.random.Generator) -> np.ndarray:
    if not COSTS[network.cost].probabilities:
        return random.normal(size=(batch, network.outputs))
    targets = random.uniform(size=(batch, network.outputs))
    whole = random.integers(0, 2, size=batch).astype(bool)
    targets[whole] = np.eye(network.outputs)[random.integers(0, network.outputs, size=batch)][whole]
    return targets


def toy(
    w_h: float = 0.6,
    w_o: float = 0.9,
    x: float = 2.0,
    y: float = 0.5,
    *,
    functions: tuple[str, str] = ("relu", "relu"),
    cost: str = "half_squared_error",
    learning: Learning = Learning(),  # noqa: B008 - frozen
    step: int = 0,
) -> Step:
    """One input, one hidden unit, one output, no biases: the text's network."""
    network = Network(1, tuple(Layer(1, f, bias=False) for f in functions), cost)
    parameters = tuple(LayerParameters(np.array([[w]]), None) for w in (w_h, w_o))
    return Step(network, run_step(network, parameters, np.array([[x]]), np.array([[y]]), learning, step=step))
