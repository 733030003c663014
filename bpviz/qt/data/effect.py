"""What becomes of the network when it is given other data, in words."""

from __future__ import annotations

from itertools import pairwise

from bpviz.document.editing import Edit
from bpviz.document.experiment import Experiment
from bpviz.engine.activation import activation
from bpviz.engine.cost import cost
from bpviz.engine.network import Network
from bpviz.qt.panels.settings_words import units


def effect_text(before: Experiment, edit: Edit) -> str:
    """Two sentences: the ends of the network, and its weights."""
    old, new = before.network, edit.experiment.network
    functions = _functions(old, new)
    return f"{_ends(old, new)}{'; ' if functions else ''}{functions}. {_weights(edit)}"


def _ends(old: Network, new: Network) -> str:
    inputs, outputs = units(new.inputs, "input"), units(new.outputs, "output")
    same_inputs, same_outputs = old.inputs == new.inputs, old.outputs == new.outputs
    if same_inputs and same_outputs:
        return f"The network keeps its {inputs} and {outputs}"
    if same_inputs:
        return f"The network gets {outputs}"
    return f"The network gets {inputs}" if same_outputs else f"The network gets {inputs} and {outputs}"


def _functions(old: Network, new: Network) -> str:
    last, name = new.layers[-1].activation, new.cost
    parts = []
    if old.layers[-1].activation != last:
        parts.append(f"its output becomes {activation(last).label}")
    if old.cost != name:
        parts.append(f"its cost becomes {cost(name).label}")
    return " and ".join(parts)


def _weights(edit: Edit) -> str:
    """A layer's weights stay where both columns are what they were."""
    known = [origin.column is not None for origin in edit.origins]
    kept = [below and above for below, above in pairwise(known)]
    if all(kept):
        return "It goes on from the weights that it has."
    if not any(kept):
        return "All weights are drawn again."
    drawn = [end for end, stays in (("inputs", known[0]), ("outputs", known[-1])) if not stays]
    return f"Weights at the {' and '.join(drawn)} are drawn again, the others stay."
