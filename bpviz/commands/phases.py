"""Which phase a person means: by its place in the score, its kind, or what the timeline calls it."""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches

from bpviz.commands.errors import CommandError
from bpviz.engine.network import Network
from bpviz.explain.phase import score
from bpviz.explain.symbol import Names


def phase_index(network: Network, text: str) -> int:
    """The index into score(depth). Raises CommandError with the nearest name for one that means nothing."""
    count = len(score(network.depth))
    if text.lstrip("-").isdecimal():
        if not 0 <= int(text) < count:
            raise CommandError(f"argument --phase: expected 0 to {count - 1}, got {text}")
        return int(text)
    known = phase_names(network)
    places = known.get(text.casefold(), [])
    if len(places) == 1:
        return places[0]
    if places:
        raise CommandError(f"argument --phase: {text!r} is {len(places)} phases; {_one_of(network, places)}")
    near = get_close_matches(text.casefold(), known, n=1)
    hint = (
        f"did you mean {near[0]!r}?" if near else f"expected 0 to {count - 1} or one of: {', '.join(known)}"
    )
    raise CommandError(f"argument --phase: unknown phase {text!r}; {hint}")


def phase_names(network: Network) -> dict[str, list[int]]:
    """Every name that a phase answers to, in lower case, and where those phases stand."""
    names = Names(network)
    known: defaultdict[str, list[int]] = defaultdict(list)
    for i, phase in enumerate(score(network.depth)):
        kind = phase.kind.value
        for name in (kind, f"{kind}:{phase.layer}", names.phase_label(phase).plain.casefold()):
            if i not in known[name]:
                known[name].append(i)
    return dict(known)


def _one_of(network: Network, places: list[int]) -> str:
    phases = score(network.depth)
    return "say " + " or ".join(f"{phases[i].kind.value}:{phases[i].layer}" for i in places[:3])
