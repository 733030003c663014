"""The step's lines up to the cost: what is given, feed forward, cost."""

from __future__ import annotations

from bpviz.engine.trace import StepTrace
from bpviz.explain.address import INPUT
from bpviz.explain.listing.draft import Draft
from bpviz.explain.part import Part, What
from bpviz.explain.phase import Kind, Phase


def given(draft: Draft, trace: StepTrace) -> None:
    """The batch that the step learns from."""
    names = draft.names
    last, phase = names.network.depth - 1, Phase(Kind.GIVEN, INPUT)
    batch = "Input and target" if trace.batch == 1 else f"Inputs and targets of {trace.batch} examples"
    draft.heading(batch)
    draft.given(names.activation(INPUT), trace.inputs, phase, Part(What.ACTIVATION, INPUT))
    draft.given("y", trace.targets, phase, Part(What.TARGET, last))


def feed_forward(draft: Draft) -> None:
    """Z = A_in W + b and A = R(Z), layer by layer."""
    names = draft.names
    draft.heading("Feed forward")
    for k, layer in enumerate(names.network.layers):
        below, z = names.activation(k - 1), names.weighted_input(k)
        times = "*" if names.scalar else "@"
        right = f"{below} {times} {names.weight(k)}" + (f" + {names.bias(k)}" if layer.bias else "")
        draft.assign(z, right, Phase(Kind.SUM, k), Part(What.WEIGHTED_INPUT, k))
        right = f"{z}  # identity" if layer.activation == "identity" else f"{layer.activation}({z})"
        draft.assign(names.activation(k), right, Phase(Kind.ACTIVATE, k), Part(What.ACTIVATION, k))


def cost(draft: Draft, fused: bool) -> None:
    """C: of the one example, or the mean over the batch."""
    names = draft.names
    last = names.network.depth - 1
    draft.heading("Cost")
    of = names.weighted_input(last) if fused else "yHat"
    mean = "" if names.scalar else ".mean()"
    draft.assign("C", f"cost({of}, y){mean}", Phase(Kind.COST, last), Part(What.COST, last))
