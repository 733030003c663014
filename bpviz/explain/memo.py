"""What a step remembers: which phase computes what, and which later phase looks it up instead.

Weights, biases and the learning rate are there before the step begins, so they are no part of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bpviz.engine.activation import activation
from bpviz.engine.backprop import is_fused
from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import INPUT
from bpviz.explain.number import count, number
from bpviz.explain.part import Part, What, is_told
from bpviz.explain.phase import Kind, Phase, score
from bpviz.explain.reading import row_of, value_of
from bpviz.explain.symbol import Names, Symbol

_FEW = 3  # up to so many entries are named one by one
_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)
_AGAIN = "looked up, not computed again"

Piece = str | Symbol


class State(Enum):
    """What the present phase has to do with an entry."""

    UNKNOWN = "unknown"
    COMPUTED = "computed now"
    LOOKED_UP = "looked up"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Entry:
    """One quantity of a whole layer. `phase` computes it, an index into score(depth).

    ago is how many phases back that is, None while it still lies ahead. bias: C'(b), which comes with C'(W).
    """

    part: Part
    bias: Part | None
    state: State
    phase: int
    ago: int | None


def memo(network: Network, at: int) -> tuple[Entry, ...]:
    """Every entry as the phase at index `at` finds it, in the order in which the step computes them."""
    phases = score(network.depth)
    looked_up = uses(network, phases[at])
    return tuple(
        Entry(part, _bias_of(network, part), _state(part, k - at, looked_up), k, at - k if k <= at else None)
        for k, phase in enumerate(phases)
        for part in computes(network, phase)
    )


def computes(network: Network, phase: Phase) -> tuple[Part, ...]:
    """What a phase puts into the memo."""
    k, last = phase.layer, network.depth - 1
    match phase.kind:
        case Kind.GIVEN:
            return Part(What.ACTIVATION, INPUT), Part(What.TARGET, last)
        case Kind.SUM:
            return (Part(What.WEIGHTED_INPUT, k),)
        case Kind.ACTIVATE:
            return (Part(What.ACTIVATION, k),)
        case Kind.COST:
            return (Part(What.COST, last),)
        case Kind.OUTPUT_ERROR | Kind.HIDDEN_ERROR:
            return (Part(What.ERROR, k),)
        case Kind.GRADIENT:
            return (Part(What.GRADIENT, k),)
        case Kind.UPDATE:
            return ()


def uses(network: Network, phase: Phase) -> tuple[Part, ...]:
    """What a phase looks up there: what an earlier one computed and this one needs."""
    k, last = phase.layer, network.depth - 1
    match phase.kind:
        case Kind.GIVEN:
            return ()
        case Kind.SUM:
            return (Part(What.ACTIVATION, k - 1),)
        case Kind.ACTIVATE:
            return (Part(What.WEIGHTED_INPUT, k),)
        case Kind.COST:
            return Part(What.ACTIVATION, last), Part(What.TARGET, last)
        case Kind.OUTPUT_ERROR:
            compared = Part(What.ACTIVATION, last), Part(What.TARGET, last)
            return (*compared, Part(What.WEIGHTED_INPUT, k)) if _needs_slope(network) else compared
        case Kind.HIDDEN_ERROR:
            return Part(What.ERROR, k + 1), Part(What.WEIGHTED_INPUT, k)
        case Kind.GRADIENT:
            return Part(What.ERROR, k), Part(What.ACTIVATION, k - 1)
        case Kind.UPDATE:
            return tuple(Part(What.GRADIENT, layer) for layer in reversed(range(network.depth)))


def sentence(network: Network, names: Names, at: int) -> tuple[Piece, ...]:
    """What the phase at index `at` looks up, in one sentence or two."""
    phase, entries = score(network.depth)[at], memo(network, at)
    found = [entry for part in uses(network, phase) for entry in entries if entry.part == part]
    if phase.kind is Kind.GIVEN:
        x, y = (names.of(entry.part) for entry in entries if entry.phase == at)
        return "The step begins with ", x, " and ", y, ". Nothing is computed yet, so nothing is looked up."
    needs = _needs(names, [entry for entry in entries if entry.state is State.COMPUTED])
    if phase.kind is Kind.HIDDEN_ERROR:
        return *needs, *_message(names, *found)
    if len(found) == 1:
        return *needs, names.of(found[0].part), f": it was {_when(found[0])} and is {_AGAIN}."
    if len(found) > _FEW:
        farthest = max(entry.ago or 0 for entry in found)
        times = f"from one to {_word(farthest)} phases ago"
        return *needs, f"all {count(len(found))} gradients: they were computed {times} and are looked up."
    listed: list[Piece] = []
    for i, entry in enumerate(found):
        listed += [_joint(i, len(found)), names.of(entry.part), f" ({_when(entry)})"]
    return *needs, *listed, f": {'both' if len(found) == 2 else 'all'} are {_AGAIN}."


def plain(pieces: tuple[Piece, ...]) -> str:
    """The same in one line of ordinary text."""
    return "".join(piece if isinstance(piece, str) else piece.plain for piece in pieces)


def words(
    network: Network, trace: StepTrace, names: Names, entry: Entry, complete: int, example: int | None
) -> str:
    """An entry in a few lines: what it is, its number where that is a single one, which phase computes it."""
    of_layer = entry.part.what not in (What.COST, What.TARGET) and entry.part.layer != INPUT
    layer = f" of {names.layer_phrase(entry.part.layer)}" if of_layer else ""
    title = f"{_noun(network, entry.part)}{layer}"
    numbers = [_reading(network, trace, names, part, complete, example)
               for part in (entry.part, entry.bias) if part is not None]
    return "\n".join((f"{title[0].upper()}{title[1:]}", *numbers, _history(network, entry)))


def ago(phases: int) -> str:
    """ "one phase ago", "two phases ago"."""
    return f"{_word(phases)} phase{'' if phases == 1 else 's'} ago"


def _state(part: Part, ahead: int, looked_up: tuple[Part, ...]) -> State:
    if ahead == 0:
        return State.COMPUTED
    if ahead > 0:
        return State.UNKNOWN
    return State.LOOKED_UP if part in looked_up else State.KNOWN


def _bias_of(network: Network, part: Part) -> Part | None:
    has_bias = part.what is What.GRADIENT and network.layers[part.layer].bias
    return Part(What.BIAS_GRADIENT, part.layer) if has_bias else None


def _needs_slope(network: Network) -> bool:
    """Fused, E_o is ŷ - y; softmax on its own finds its slopes from ŷ."""
    return not is_fused(network) and activation(network.layers[-1].activation).elementwise


def _needs(names: Names, computed: list[Entry]) -> tuple[Piece, ...]:
    if not computed:
        return ("The update needs ",)
    made, bias = computed[0].part, computed[0].bias
    if bias is None:
        return names.of(made), " needs "
    return names.of(made), " and ", names.of(bias), " need "


def _message(names: Names, error: Entry, weighted_input: Entry) -> tuple[Piece, ...]:
    """What memoization is about, told apart from the slope that is looked up as well."""
    z = weighted_input.part
    return (
        names.of(error.part), f": it was {_when(error)} and is {_AGAIN}. ",
        names.slope(z.layer), " comes from ", names.of(z), f", {_when(weighted_input)}.",
    )


def _when(entry: Entry) -> str:
    return f"{'given' if entry.phase == 0 else 'computed'} {ago(entry.ago or 0)}"


def _joint(i: int, among: int) -> str:
    if i == 0:
        return ""
    return " and " if i == among - 1 else ", "


def _word(n: int) -> str:
    return _NUMBERS[n] if n < len(_NUMBERS) else count(n)


def _noun(network: Network, part: Part) -> str:
    if part.what is What.ACTIVATION and part.layer in (INPUT, network.depth - 1):
        return "input" if part.layer == INPUT else "prediction"
    return part.what.value


def _reading(
    network: Network, trace: StepTrace, names: Names, part: Part, complete: int, example: int | None
) -> str:
    symbol = names.of(part).plain
    size = row_of(part, trace, example).size
    if size > 1:
        return f"{symbol}: {count(size)} numbers"
    told = is_told(part, network.depth, complete)
    return f"{symbol} = {number(value_of(part, trace, example) if told else None)}"


def _history(network: Network, entry: Entry) -> str:
    place = f"phase {count(entry.phase + 1)} of {count(len(score(network.depth)))}"
    verb = "given" if entry.phase == 0 else "computed"
    if entry.state is State.UNKNOWN:
        return f"Not known yet: it will be {verb} in {place}."
    if entry.state is State.COMPUTED:
        return f"{verb.capitalize()} now, in {place}."
    now = "looked up now" if entry.state is State.LOOKED_UP else "not needed now"
    return f"{verb.capitalize()} in {place}, {ago(entry.ago or 0)}; {now}."
