"""The step's lines back through the layers: each layer's error, and the derivatives of its weights."""

from __future__ import annotations

from bpviz.engine.trace import StepTrace
from bpviz.explain.listing.draft import Draft
from bpviz.explain.part import Part, What
from bpviz.explain.phase import Kind, Phase


def backward(draft: Draft, trace: StepTrace) -> None:
    """In the order of telling: E and C'(W) of a layer, then of the layer below."""
    depth, apart = draft.names.network.depth, not draft.names.scalar
    draft.heading("Layer errors, and the cost", "derivatives for the weights")
    for k in reversed(range(depth)):
        if k < depth - 1:
            if apart:
                draft.blank()
            _hidden_error(draft, k)
        elif trace.fused:
            _fused_error(draft, trace)
        else:
            _output_error(draft, k)
        _gradients(draft, k)


def _fused_error(draft: Draft, trace: StepTrace) -> None:
    """E = yHat - y. With softmax, yHat is taken as often as the targets sum to: once, for shares."""
    last = draft.names.network.depth - 1
    phase = Phase(Kind.OUTPUT_ERROR, last)
    softmax = trace.layers[last].activation == "softmax"
    function = "softmax" if softmax else "sigmoid"
    draft.note(phase, f"{function} and cross-entropy", "together: R' cancels out")
    right = "yHat - y"
    if softmax and not (trace.targets.sum(axis=1) == 1.0).all():
        right = "yHat * y.sum(axis=1, keepdims=True) - y"
    draft.assign(draft.names.error(last), right, phase, Part(What.ERROR, last))


def _output_error(draft: Draft, k: int) -> None:
    """E_o = C'(yHat) . R'(Z_o); with softmax every output follows every Z."""
    if draft.names.network.layers[k].activation == "softmax":
        computed = (Part(What.ERROR, k), Part(What.PULL, k))
        right = "softmax_error(yHat, cost_prime(yHat, y))"
        draft.assign(
            draft.names.error(k), right, Phase(Kind.OUTPUT_ERROR, k), *computed,
            functions={"cost_prime": computed[1]},
        )
        return
    _error(draft, k, Kind.OUTPUT_ERROR, "cost_prime(yHat, y)")


def _hidden_error(draft: Draft, k: int) -> None:
    """E_h = E_o . W_o . R'(Z_h)."""
    names = draft.names
    above, weight = names.error(k + 1), names.weight(k + 1)
    pull = f"{above} * {weight}" if names.scalar else f"{above} @ {weight}.T"
    if not names.scalar and names.network.layers[k].activation != "identity":
        pull = f"({pull})"
    _error(draft, k, Kind.HIDDEN_ERROR, pull)


def _error(draft: Draft, k: int, kind: Kind, pull: str) -> None:
    """pull * R'(Z)."""
    names, function = draft.names, draft.names.network.layers[k].activation
    error, arrives, slope = (Part(what, k) for what in (What.ERROR, What.PULL, What.SLOPE))
    prime = f"{function}_prime"
    if function == "identity":
        draft.assign(names.error(k), f"{pull}  # R' = 1", Phase(kind, k), error, arrives,
                     functions={"cost_prime": arrives})
        return
    right = f"{pull} * {prime}({names.weighted_input(k)})"
    draft.assign(names.error(k), right, Phase(kind, k), error, arrives, slope,
                 functions={"cost_prime": arrives, prime: slope})


def _gradients(draft: Draft, k: int) -> None:
    """C'(W) = E . input, and C'(b) = E, averaged over the batch."""
    names, phase = draft.names, Phase(Kind.GRADIENT, k)
    error, below = names.error(k), names.activation(k - 1)
    of_weights = f"{error} * {below}" if names.scalar else f"{below}.T @ {error} / len(X)"
    of_biases = error if names.scalar else f"{error}.mean(axis=0)"
    draft.assign(names.gradient(k), of_weights, phase, Part(What.GRADIENT, k))
    if names.network.layers[k].bias:
        draft.assign(names.bias_gradient(k), of_biases, phase, Part(What.BIAS_GRADIENT, k))
