"""What one training step computed, kept whole and never changed."""

from __future__ import annotations

from dataclasses import dataclass

from bpviz.engine.arrays import Array
from bpviz.engine.freezing import Frozen
from bpviz.engine.network import LayerParameters, Parameters
from bpviz.engine.update import OptimizerState


@dataclass(frozen=True, slots=True, eq=False)
class LayerTrace:
    """One layer in one step. Rows are the examples of the batch; all arrays are read-only."""

    activation: str
    w: Array                 # before the update, (inputs, units)
    b: Array | None          # before the update, (units,)
    a_in: Array              # the layer's input: X, or the activation below, (batch, inputs)
    z: Array                 # weighted input Z = A_in W + b, (batch, units)
    a: Array                 # activation A = R(Z), (batch, units)
    slope: Array             # R'(Z), (batch, units); for softmax the diagonal a(1 - a)
    pull: Array              # dC/dA: what reaches this layer from above, (batch, units)
    delta: Array             # layer error E = dC/dZ of each example, (batch, units)
    dw: Array                # C'(W) = A_in^T E / batch, (inputs, units)
    db: Array | None         # C'(b) = mean of E over the batch, (units,)
    w_next: Array            # after the update
    b_next: Array | None


@dataclass(frozen=True, slots=True, eq=False)
class StepTrace:
    """One whole training step: forward, cost, errors, gradients, update."""

    step: int                # updates made before this step; the first step is 0
    rate: float              # the learning rate in force, after the schedule
    cost: float              # summed over outputs, averaged over the batch; penalty not included
    penalty: float           # l1 * sum|w| + l2/2 * sum w^2
    example_costs: Array     # (batch,)
    inputs: Array            # (batch, inputs)
    targets: Array           # (batch, outputs)
    layers: tuple[LayerTrace, ...]
    cost_name: str
    optimizer: str
    fused: bool              # softmax or sigmoid with its cross-entropy: E = yhat - y
    optimizer_next: OptimizerState
    frozen: Frozen           # what the update leaves as it is

    @property
    def batch(self) -> int:
        return int(self.inputs.shape[0])

    @property
    def outputs(self) -> Array:
        """The prediction yhat, (batch, outputs)."""
        return self.layers[-1].a

    @property
    def parameters(self) -> Parameters:
        """Before the update."""
        return tuple(LayerParameters(layer.w, layer.b) for layer in self.layers)

    @property
    def parameters_next(self) -> Parameters:
        return tuple(LayerParameters(layer.w_next, layer.b_next) for layer in self.layers)
