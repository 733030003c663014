"""What to tell a person whose training diverged: where, how far, and what to try."""

from __future__ import annotations

import math

from bpviz.engine.activation import activation
from bpviz.engine.divergence import Divergence
from bpviz.engine.network import Network
from bpviz.engine.optimizer import Learning
from bpviz.explain.number import count, number
from bpviz.explain.symbol import Names

_MOMENTUM = ("momentum", "nesterov")
_SQUARED = ("half_squared_error", "mean_squared_error")
_MADE_BY_UPDATE = ("weight", "bias")
_LARGEST_ADVISED = 1.0  # a tenth of an absurd rate is still absurd


def advice(divergence: Divergence, network: Network, learning: Learning) -> str:
    """Three short sentences: what happened, what to try, what is kept."""
    happened = f"Training diverged at step {count(divergence.step)}: {_what(divergence, network)}."
    if divergence.step == 0 and divergence.quantity not in _MADE_BY_UPDATE:
        return (
            f"{happened} No step was taken yet, so the first weights or the data are too large: "
            "try smaller first weights, or scale the data to about −1 to 1."
        )
    rate = learning.rate
    cause = f"The learning rate {number(rate)} is too large{_with_momentum(learning)}"
    ways = [number(min(rate / 10, _LARGEST_ADVISED)), *_other_ways(network, learning)]
    return f"{happened} {cause}: try {', '.join(ways[:-1])} or {ways[-1]}. The last good step is kept."


def _what(divergence: Divergence, network: Network) -> str:
    """ "a weighted input of hidden layer 2 reached 3.40·10¹³"."""
    far = divergence.largest
    reached = f"reached {number(far)}" if math.isfinite(far) else "grew beyond all numbers"
    layer = Names(network).layer_phrase(divergence.layer)
    if divergence.quantity == "cost":
        return f"the cost at {layer} {reached}"
    inputs, units = network.sizes[divergence.layer : divergence.layer + 2]
    of_weights = divergence.quantity in ("weight", "gradient")
    alone = units == 1 and (inputs == 1 or not of_weights)
    return f"{'the' if alone else 'a'} {divergence.quantity} of {layer} {reached}"


def _with_momentum(learning: Learning) -> str:
    if learning.optimizer.name not in _MOMENTUM:
        return " for this network"
    return f" together with the momentum {number(learning.optimizer.momentum)}"


def _other_ways(network: Network, learning: Learning) -> list[str]:
    """Besides a smaller rate: first what concerns the optimizer, then what concerns the network or data."""
    ways = []
    if learning.optimizer.name == "gradient_descent":
        ways.append("the optimizer Adam")
    elif learning.optimizer.name in _MOMENTUM:
        ways.append("less momentum")
    hidden = [activation(layer.activation) for layer in network.layers[:-1]]
    boundless = next((a for a in hidden if math.isinf(a.high)), None)
    output = activation(network.layers[-1].activation)
    if boundless is not None:
        ways.append(f"tanh instead of {boundless.label.partition(' (')[0]}")
    elif math.isinf(output.high) and network.cost in _SQUARED:
        ways.append("data scaled to about −1 to 1")
    else:
        ways.append("smaller first weights")
    return ways
