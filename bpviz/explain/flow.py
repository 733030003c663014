"""How large the layer errors and the weights' gradients are, layer by layer."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bpviz.engine.network import Network
from bpviz.engine.trace import LayerTrace, StepTrace
from bpviz.explain.waterfall import root_mean_square


@dataclass(frozen=True, slots=True)
class LayerFlow:
    """error: sqrt(mean E^2) over the examples of the batch and the units; gradient: sqrt(mean C'(W)^2) over
    the weights, each of which is the batch's average already. Both in the units of the cost, by Z and by W.

    stopped: something reaches the layer's activations from above, and nothing of it passes R'(Z).
    """

    error: float
    gradient: float
    stopped: bool = False

    @property
    def known(self) -> bool:
        """Whether both are finite numbers."""
        return math.isfinite(self.error) and math.isfinite(self.gradient)


Flow = tuple[LayerFlow, ...]  # from the first layer to the output


def flow_of(network: Network, trace: StepTrace) -> Flow:
    """The sizes of a step's errors and gradients, before its update."""
    last = network.depth - 1
    return tuple(
        _layer_flow(layer, fused=trace.fused and k == last) for k, layer in enumerate(trace.layers)
    )


def ratio(flow: Flow, layer: int) -> float:
    """How much of the output layer's error a layer receives: sqrt(mean E_k^2) / sqrt(mean E_o^2).

    NaN where the output layer has no error.
    """
    above = flow[-1].error
    return flow[layer].error / above if above else math.nan


def _layer_flow(layer: LayerTrace, fused: bool) -> LayerFlow:
    error = root_mean_square(layer.delta)
    stopped = error == 0 and not fused and bool(layer.pull.any())  # fused: E does not come by way of R'(Z)
    return LayerFlow(error, root_mean_square(layer.dw), stopped)
