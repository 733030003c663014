"""One training step, as the text writes it.

    E_o = (yhat - y) . R'(Z_o)          output layer error: C'(yhat) . R'(Z_o)
    E_h = E_o . W_o . R'(Z_h)           hidden layer error
    C'(W) = E . input                   derivative for any weight
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from bpviz.engine.activation import activation
from bpviz.engine.arrays import Array, checked, frozen
from bpviz.engine.cost import cost
from bpviz.engine.errors import EngineError
from bpviz.engine.freezing import check_fit
from bpviz.engine.network import Network, Parameters, checked_parameters
from bpviz.engine.optimizer import Learning, check_learning
from bpviz.engine.trace import LayerTrace, StepTrace
from bpviz.engine.update import OptimizerState, update

_FUSED = {("sigmoid", "binary_cross_entropy"), ("softmax", "categorical_cross_entropy")}


def is_fused(network: Network) -> bool:
    """Whether output and cost belong together so that E_o is simply yhat - y."""
    return (network.layers[-1].activation, network.cost) in _FUSED


def forward(network: Network, parameters: Parameters, inputs: Array) -> list[tuple[Array, Array]]:
    """(Z, A) of every layer: Z = A_in W + b, A = R(Z), each (batch, units)."""
    passed = []
    a = inputs
    for layer, p in zip(network.layers, parameters, strict=True):
        z = a @ p.w if p.b is None else a @ p.w + p.b
        a = activation(layer.activation).function(z)
        passed.append((z, a))
    return passed


def predict(network: Network, parameters: Parameters, inputs: Array) -> Array:
    """yhat, (batch, outputs)."""
    parameters = checked_parameters(network, parameters)
    with np.errstate(all="ignore"):
        return forward(network, parameters, checked("inputs", inputs, (None, network.inputs)))[-1][1]


def example_costs(network: Network, z: Array, outputs: Array, targets: Array) -> Array:
    """The cost of each example, (batch,); fused pairs are computed from Z, which cannot overflow."""
    if not is_fused(network):
        return cost(network.cost).value(outputs, targets)
    if network.cost == "binary_cross_entropy":
        each = np.maximum(z, 0.0) - z * targets + np.log1p(np.exp(-np.abs(z)))
    else:
        top = z.max(axis=1, keepdims=True)
        each = targets * (top + np.log(np.exp(z - top).sum(axis=1, keepdims=True)) - z)
    total: Array = each.sum(axis=1)
    return total


def run_step(
    network: Network,
    parameters: Parameters,
    inputs: Array,
    targets: Array,
    learning: Learning = Learning(),  # noqa: B008 - frozen
    state: OptimizerState = OptimizerState(),  # noqa: B008 - frozen
    *,
    step: int = 0,
    rate: float | None = None,
) -> StepTrace:
    """Forward, cost, layer errors, gradients and update of one batch, all kept."""
    check_learning(learning)
    check_fit(network, learning.frozen)
    parameters = checked_parameters(network, parameters)
    inputs, targets = checked_batch(network, inputs, targets)
    if rate is None:
        rate = learning.rate
    elif not 0.0 <= rate < math.inf:
        raise EngineError(f"rate: expected a number of 0 or more, got {rate}")
    return computed_step(network, parameters, inputs, targets, learning, state, step, rate)


def checked_batch(network: Network, inputs: Array, targets: Array) -> tuple[Array, Array]:
    """Read-only copies of both, once they fit the network and its cost. Raises EngineError otherwise."""
    inputs = checked("inputs", inputs, (None, network.inputs))
    targets = checked("targets", targets, (inputs.shape[0], network.outputs))
    if inputs.shape[0] == 0:
        raise EngineError("inputs: expected at least one example, got none")
    function = cost(network.cost)
    if function.probabilities and not ((targets >= 0.0) & (targets <= 1.0)).all():
        low, high = targets.min(), targets.max()
        raise EngineError(f"targets: {function.label} expected numbers from 0 to 1, got {low:g} to {high:g}")
    return inputs, targets


def computed_step(
    network: Network, parameters: Parameters, inputs: Array, targets: Array,
    learning: Learning, state: OptimizerState, step: int, rate: float,
) -> StepTrace:
    """run_step for a batch that is known to fit; nothing is looked at twice."""
    with np.errstate(all="ignore"):  # a step that diverges is found by divergence.py, not by warnings
        passed = forward(network, parameters, inputs)
        z, outputs = passed[-1]
        costs = example_costs(network, z, outputs, targets)
        parts = _backward(network, parameters, inputs, passed, targets)
        gradients = [(part.dw, part.db) for part in parts]
        nexts, state_next = update(parameters, gradients, learning, rate, state)
        layers = tuple(
            LayerTrace(
                layer.activation, before.w, before.b, frozen(part.a_in), frozen(z), frozen(a),
                frozen(part.slope), frozen(part.pull), frozen(part.delta), frozen(part.dw),
                part.db, after.w, after.b,
            )
            for layer, before, (z, a), part, after
            in zip(network.layers, parameters, passed, parts, nexts, strict=True)
        )
        return StepTrace(
            step, rate, float(costs.mean()), _penalty(parameters, learning), frozen(costs), inputs, targets,
            layers, network.cost, learning.optimizer.name, is_fused(network), state_next, learning.frozen,
        )


class _Backward(NamedTuple):
    """What going back computed at one layer; each as in LayerTrace."""

    a_in: Array
    slope: Array
    pull: Array
    delta: Array
    dw: Array
    db: Array | None


def _backward(
    network: Network, parameters: Parameters, inputs: Array,
    passed: list[tuple[Array, Array]], targets: Array,
) -> list[_Backward]:
    """Layer errors and gradients, from the output back; listed from the first layer on."""
    batch = inputs.shape[0]
    pull = cost(network.cost).slope(passed[-1][1], targets)
    parts = []
    for k in reversed(range(network.depth)):
        layer, (z, a) = network.layers[k], passed[k]
        a_in = passed[k - 1][1] if k else inputs
        slope = activation(layer.activation).slope(z, a)
        if k == network.depth - 1 and is_fused(network):
            delta = _fused_error(network, a, targets)
        elif layer.activation == "softmax":
            delta = _softmax_error(a, pull)
        else:
            delta = pull * slope
        dw = a_in.T @ delta / batch
        db = frozen(delta.sum(axis=0) / batch) if layer.bias else None
        parts.append(_Backward(a_in, slope, pull, delta, dw, db))
        if k:
            pull = delta @ parameters[k].w.T
    parts.reverse()
    return parts


def _fused_error(network: Network, a: Array, targets: Array) -> Array:
    """E_o = yhat - y. With softmax, yhat is taken as often as targets sum to: once, for shares."""
    if network.cost == "categorical_cross_entropy":
        a = a * targets.sum(axis=1, keepdims=True)
    return a - targets


def _softmax_error(a: Array, pull: Array) -> Array:
    """E_i = sum_k pull_k da_k/dz_i, where da_k/dz_i = a_k ([k = i] - a_i)."""
    error: Array = a * (pull - (pull * a).sum(axis=1, keepdims=True))
    return error


def _penalty(parameters: Parameters, learning: Learning) -> float:
    total = 0.0
    if learning.l1:
        total += learning.l1 * float(sum(np.abs(p.w).sum() for p in parameters))
    if learning.l2:
        total += 0.5 * learning.l2 * float(sum((p.w * p.w).sum() for p in parameters))
    return total
