"""What an experiment had that the one after it has not: by this an earlier run is told from the run that
followed."""

from __future__ import annotations

from collections.abc import Sequence

from bpviz.document.experiment import Experiment
from bpviz.explain.difference import settings
from bpviz.explain.difference.network import network
from bpviz.explain.difference.words import Difference, changed
from bpviz.explain.number import percent

_MOST_HAD, _MOST_CHANGES = 2, 3  # of a name, which stands beside a curve, and of a sentence


def differences(before: Experiment, after: Experiment, edited: int | None = None) -> tuple[Difference, ...]:
    """All that bears on training. edited: the step at which weights were set by hand afterwards."""
    return (
        *settings.data(before, after),
        *network(before.network, after.network),
        *settings.learning(before, after),
        *settings.first(before.first, after.first),
        *changed("seed", str(before.seed), str(after.seed)),
        *changed("validation", percent(before.validation_share), percent(after.validation_share)),
        *settings.frozen(before, after),
        *settings.by_hand(edited),
    )


def name_of(found: Sequence[Difference]) -> str:
    """What an earlier run is called for this: "rate 0.3, seed 1, …"."""
    had = list(dict.fromkeys(one.had for one in found))
    more = ["…"] if len(had) > _MOST_HAD else []
    return ", ".join([*had[:_MOST_HAD], *more]) or "earlier run"


def words_of(found: Sequence[Difference]) -> str:
    """What changed: "rate 0.3 → 0.03, seed 1 → 2"."""
    changes = [one.change for one in found]
    more = len(changes) - _MOST_CHANGES
    said = ", ".join(changes[:_MOST_CHANGES]) or "started over"
    return f"{said} and {more} more" if more > 0 else said
