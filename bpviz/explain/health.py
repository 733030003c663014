"""Whether errors find their way through the network, in words: vanishing, exploding, dead, saturated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from bpviz.engine.activation import activation
from bpviz.explain.activity import Activity
from bpviz.explain.flow import Flow, ratio
from bpviz.explain.number import number
from bpviz.explain.symbol import Names

VANISHING = 0.01   # of the output layer's error: at one learning rate, such a layer learns 100 times slower
EXPLODING = 100.0  # likewise: a rate that suits one of the two layers throws the other far off
SATURATED = 0.75   # of a hidden layer's activations: only a quarter still lets errors pass. Half is usual.
_MOST_PARTS = 9.9e5  # "1/40,000": of so many parts at most; a smaller share has a power of ten


class Trouble(IntEnum):
    """What is found, the gravest first."""

    RANGE = 0
    STOPPED = 1
    EXPLODING = 2
    VANISHING = 3
    DEAD = 4
    SATURATED = 5
    NONE = 6


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence."""

    trouble: Trouble
    text: str


def findings(flow: Flow, activity: Activity, names: Names) -> tuple[Finding, ...]:
    """What there is to say of a step, the gravest first; one calm sentence where all is well."""
    if not all(layer.known for layer in flow):
        return (Finding(Trouble.RANGE, "The errors have left the range of numbers: the learning rate is far "
                                       "too large."),)
    found = (*_stopped(flow, names), *_sizes(flow, names), *_dead(activity, names),
             *_saturated(activity, names))
    return tuple(sorted(found, key=_gravity)) or (Finding(Trouble.NONE, _calm(flow, names)),)


def of_error(share: float) -> str:
    """How much of an error arrives: "1/40,000", or a number where that is not shorter."""
    return f"1/{_rounded(1 / share)}" if 1 / _MOST_PARTS < share < 1 else _rounded(share)


def _gravity(finding: Finding) -> Trouble:
    return finding.trouble


def _stopped(flow: Flow, names: Names) -> Iterator[Finding]:
    """The uppermost layer that lets nothing pass."""
    k = max((k for k, layer in enumerate(flow) if layer.stopped), default=None)
    if k is not None:
        who = "it and all below learn" if k else "it learns"
        yield Finding(Trouble.STOPPED, "Stopped: no error of this batch passes "
                                       f"{names.layer_phrase(k)}: {who} nothing.")


def _sizes(flow: Flow, names: Names) -> Iterator[Finding]:
    """The layers that receive the smallest and the largest share of the output layer's error."""
    top = len(flow) - 1
    shares = [(ratio(flow, k), k) for k in range(top) if flow[k].error and flow[-1].error]
    if not shares:
        return
    (least, low), (most, high) = min(shares), max(shares)
    out = names.layer_phrase(top)
    if most > EXPLODING:
        yield Finding(Trouble.EXPLODING, f"Exploding: the error grows {_rounded(most)}-fold from {out} to "
                                         f"{names.layer_phrase(high)}.")
    if least < VANISHING:
        yield Finding(Trouble.VANISHING, f"Vanishing: {names.layer_phrase(low)} receives {of_error(least)} "
                                         f"of {out}'s error.")


def _dead(activity: Activity, names: Names) -> Iterator[Finding]:
    """Each layer with units that never let an error pass, the one with most of them first."""
    shares = [(-layer.dead / layer.units, k) for k, layer in enumerate(activity.layers) if layer.dead]
    for _, k in sorted(shares):
        layer = activity.layers[k]
        who = _how_many(layer.dead, layer.units, names.layer_phrase(k))
        yield Finding(Trouble.DEAD, f"{who} dead on {activity.phrase}.")


def _saturated(activity: Activity, names: Names) -> Iterator[Finding]:
    """The hidden layer that is flat most often; an output that has learned its classes may well be flat."""
    flat = [(layer.flat or 0.0, -k) for k, layer in enumerate(activity.layers[:-1])
            if layer.word == "saturated"]
    share, k = max(flat, default=(0.0, 0))
    if share > SATURATED:
        layer = activity.layers[-k]
        name = activation(layer.activation).label
        yield Finding(Trouble.SATURATED, f"Saturated: {percent(share)} of the activations of "
                                         f"{names.layer_phrase(-k)} lie where {name} is flat.")


def _how_many(dead: int, units: int, where: str) -> str:
    if units == 1:
        return f"The only unit of {where} is"
    if dead == units:
        return f"All {units} units of {where} are"
    return f"{dead} of {units} units of {where} {'is' if dead == 1 else 'are'}"


def percent(share: float) -> str:
    """ "92 %"; what is not quite nothing or not quite all does not read as if it were."""
    if 0 < share < 0.01:
        return "under 1 %"
    return f"{100 if share == 1 else min(99, round(100 * share))} %"


def _calm(flow: Flow, names: Names) -> str:
    top = len(flow) - 1
    if not flow[-1].error:
        return f"{_capital(names.layer_phrase(top))} has no error: this batch leaves nothing to learn."
    if not top:
        return f"A single layer: its error, {number(flow[0].error)}, reaches its weights directly."
    return (f"All is well: {names.layer_phrase(0)} receives {_rounded(ratio(flow, 0))} times "
            f"{names.layer_phrase(top)}'s error.")


def _rounded(x: float) -> str:
    """Two significant digits, also of what has many whole ones: "40,000", "0.84", "3.1·10⁹"."""
    return number(float(f"{x:.1e}"), 2)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
