"""How one gradient comes from many examples: what each of them alone would make of a weight or bias."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bpviz.engine.arrays import Array, frozen
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import INPUT, Address, Edge, Node
from bpviz.explain.number import count
from bpviz.explain.part import Part, What, weight_part
from bpviz.explain.reading import value_of
from bpviz.explain.symbol import Names

_CANCELS = 0.5  # below this share of what they could do together, the examples are said to disagree


@dataclass(frozen=True, slots=True, eq=False)
class Contributions:
    """What each example pulls. part is the gradient that the pulls make: their average."""

    part: Part
    values: Array     # (batch,)
    average: float    # mean of values
    gradient: float   # the record's C'(W) or C'(b), which updates

    @property
    def agreement(self) -> float:
        """|sum of pulls| / sum of |pulls|: 1 when all point one way, 0 when they cancel; NaN without any."""
        with np.errstate(all="ignore"):
            return float(np.abs(self.values.sum()) / np.abs(self.values).sum())


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose gradient is looked at. address is None where what is selected has none of its own."""

    selected: Address | None
    address: Address | None


def gradient_part(address: Address) -> Part:
    """C'(W) of a weight; C'(b) of a unit's bias. Raises ValueError for an input, which has neither."""
    if isinstance(address, Edge):
        return weight_part(What.GRADIENT, address)
    if address.layer == INPUT:
        raise ValueError("an input has neither weights nor a bias of its own")
    return Part(What.BIAS_GRADIENT, address.layer, address.unit)


def contributions(trace: StepTrace, address: Address) -> Contributions:
    """Of a weight E[i, unit] . A_in[i, source], of a bias E[i, unit], for each example i of the batch.

    It is the gradient of that example's cost alone, and its mean over the batch is the record's gradient.
    Raises ValueError for an input and for a unit without bias, which have no gradient.
    """
    part = gradient_part(address)
    gradient = value_of(part, trace, None)
    layer = trace.layers[address.layer]
    with np.errstate(all="ignore"):
        if isinstance(address, Edge):
            values = layer.delta[:, address.target] * layer.a_in[:, address.source]
        else:
            values = layer.delta[:, address.unit].copy()
        return Contributions(part, frozen(values), float(values.mean()), gradient)


def strongest(trace: StepTrace) -> Edge:
    """The weight with the largest |C'(W)| of the network; the first of several."""
    best, most = Edge(0, 0, 0), -1.0
    for k, layer in enumerate(trace.layers):
        sizes = np.where(np.isnan(layer.dw), -1.0, np.abs(layer.dw))
        source, target = np.unravel_index(int(sizes.argmax()), sizes.shape)
        if sizes[source, target] > most:
            best, most = Edge(k, int(source), int(target)), float(sizes[source, target])
    return best


def subject_of(trace: StepTrace, selected: Address | None) -> Subject:
    """The selected weight, or the selected unit's bias; the strongest weight when nothing is selected."""
    if selected is None:
        return Subject(None, strongest(trace))
    if isinstance(selected, Edge):
        return Subject(selected, selected)
    biased = selected.layer != INPUT and trace.layers[selected.layer].b is not None
    return Subject(selected, selected if biased else None)


def subject_words(names: Names, subject: Subject) -> str:
    """Whose gradient is shown and why, or why none is and what to select."""
    if subject.address is None:
        return _nothing(names, subject.selected)
    if subject.selected is None:
        name = subject_name(names, subject.address).removeprefix("weight ")
        return (f"Nothing is selected: shown for the weight with the largest gradient, {name}. "
                "Click a weight to see its own.")
    name = subject_name(names, subject.address)
    return f"{name[0].upper()}{name[1:]}."


def subject_name(names: Names, address: Address) -> str:
    """ "weight from input 2 to hidden unit 1", "bias of the output"."""
    if isinstance(address, Edge):
        return names.edge_name(address)
    name = names.node_name(address)
    article = "" if name[-1].isdecimal() and not name.startswith("output for") else "the "
    return f"bias of {article}{name}"


def pull_words(pulls: Contributions) -> str:
    """What the bars say together."""
    batch, values = pulls.values.size, pulls.values
    if not np.isfinite(values).all():
        return "The numbers of this step are beyond what can be reckoned with."
    if batch == 1:
        return "This step learns from one example: its own pull is the gradient."
    up, down = int(np.count_nonzero(values > 0)), int(np.count_nonzero(values < 0))
    if up == down == 0:
        return f"None of the {count(batch)} examples pulls: the gradient is 0."
    what = "weight" if pulls.part.of_weights else "bias"
    told = f"{_how_many(up, down, batch)}. Their average is the gradient that updates the {what}."
    agreement = pulls.agreement
    if up and down and agreement < _CANCELS:
        told += f" They largely cancel: {agreement:.0%} of their pull is left.".replace("%", " %")
    return told


def _how_many(up: int, down: int, batch: int) -> str:
    none = batch - up - down
    if batch in (up, down):
        return f"All {count(batch)} examples pull {'up' if up else 'down'}"
    ways = ((up, "up"), (down, "down"))
    parts = [f"{count(n)} {'pulls' if n == 1 else 'pull'} {way}" for n, way in ways if n]
    if none:
        parts.append(f"{count(none)} {'does' if none == 1 else 'do'} not pull")
    return f"Of {count(batch)} examples, {', '.join(parts[:-1])} and {parts[-1]}"


def _nothing(names: Names, selected: Address | None) -> str:
    if isinstance(selected, Node) and selected.layer != INPUT:
        name = names.node_name(selected)
        return f"{name[0].upper()}{name[1:]} has no bias. Select one of the weights that lead into it."
    return "An input is given: it has no gradient to learn from. Select a weight that leads away from it."
