"""One training step, as the text writes it.

    E_o = (yhat - y) . R'(Z_o)          output layer error: C'(yhat) . R'(Z_o)
    E_h = E_o . W_o . R'(Z_h)           hidden layer error
    C'(W) = E . input                   derivative for any weight
"""

from __future__ import annotations

import numpy as np

from bpviz.engine.activation import activation
from bpviz.engine.arrays import Array, checked, frozen
from bpviz.engine.cost import cost
from bpviz.engine.errors import EngineError
from bpviz.engine.network import LayerParameters, Network, Parameters
from bpviz.engine.optimizer import Learning, OptimizerState, check_learning, update
from bpviz.engine.trace import LayerTrace, StepTrace

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
    with np.errstate(all="ignore"):
        return forward(network, parameters, inputs)[-1][1]


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
    inputs = checked("inputs", inputs, (None, network.inputs))
    targets = checked("targets", targets, (inputs.shape[0], network.outputs))
    if inputs.shape[0] == 0:
        raise EngineError("expected a batch of at least one example, got none")
    rate = learning.rate if rate is None else rate
    with np.errstate(all="ignore"):  # a step that diverges is found by divergence.py, not by warnings
        return _step(network, parameters, inputs, targets, learning, state, step, rate)


def _step(
    network: Network, parameters: Parameters, inputs: Array, targets: Array,
    learning: Learning, state: OptimizerState, step: int, rate: float,
) -> StepTrace:
    passed = forward(network, parameters, inputs)
    z, outputs = passed[-1]
    costs = example_costs(network, z, outputs, targets)
    pull = cost(network.cost).slope(outputs, targets)
    batch = inputs.shape[0]
    parts, gradients = [], []
    for k in reversed(range(network.depth)):
        z, a = passed[k]
        a_in = passed[k - 1][1] if k else inputs
        slope = activation(network.layers[k].activation).slope(z, a)
        delta = _error(network, k, a, slope, pull, targets)
        dw = a_in.T @ delta / batch
        db = delta.sum(axis=0) / batch if network.layers[k].bias else None
        parts.append((a_in, z, a, slope, pull, delta))
        gradients.append((dw, db))
        pull = delta @ parameters[k].w.T
    parts.reverse()
    gradients.reverse()
    nexts, state_next = update(parameters, gradients, learning, rate, state)
    layers = tuple(
        _layer_trace(network.layers[k].activation, parameters[k], parts[k], gradients[k], nexts[k])
        for k in range(network.depth)
    )
    return StepTrace(
        step, rate, float(costs.mean()), _penalty(parameters, learning), frozen(costs), inputs, targets,
        layers, network.cost, learning.optimizer.name, is_fused(network), state_next,
    )


def _layer_trace(
    activation_name: str,
    before: LayerParameters,
    computed: tuple[Array, Array, Array, Array, Array, Array],
    gradient: tuple[Array, Array | None],
    after: LayerParameters,
) -> LayerTrace:
    a_in, z, a, slope, pull, delta = computed
    dw, db = gradient
    for array in (*computed, dw):
        frozen(array)
    if db is not None:
        frozen(db)
    return LayerTrace(
        activation_name, before.w, before.b, a_in, z, a, slope, pull, delta, dw, db, after.w, after.b
    )


def _error(network: Network, k: int, a: Array, slope: Array, pull: Array, targets: Array) -> Array:
    """E = dC/dZ of layer k, (batch, units); yhat - y for the fused pairs (softmax: when targets sum to 1)."""
    error: Array
    if k == network.depth - 1 and is_fused(network):
        whole = 1.0 if network.cost == "binary_cross_entropy" else targets.sum(axis=1, keepdims=True)
        error = a * whole - targets
    elif network.layers[k].activation == "softmax":
        error = a * (pull - (pull * a).sum(axis=1, keepdims=True))
    else:
        error = pull * slope
    return error


def _penalty(parameters: Parameters, learning: Learning) -> float:
    total = 0.0
    if learning.l1:
        total += learning.l1 * float(sum(np.abs(p.w).sum() for p in parameters))
    if learning.l2:
        total += 0.5 * learning.l2 * float(sum((p.w * p.w).sum() for p in parameters))
    return total
