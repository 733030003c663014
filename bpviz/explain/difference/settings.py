"""What differs between two experiments beside their networks: data, settings, and where training began."""

from __future__ import annotations

from types import MappingProxyType

from bpviz.document.dataset import held_out_of
from bpviz.document.experiment import Experiment
from bpviz.document.loading import count_of, title_of
from bpviz.document.source import Source
from bpviz.engine.initializer import INITIALIZERS, FirstWeights
from bpviz.engine.optimizer import OPTIMIZERS, SCHEDULES, Learning
from bpviz.explain.difference.words import (
    Constants,
    Difference,
    Found,
    changed,
    constants_changed,
    named,
    setting,
)
from bpviz.explain.number import count

_LONGEST_TITLE = 24  # letters

_OPTIMIZER: Constants = MappingProxyType({
    "momentum": ("momentum", ""), "decay": ("decay", ""), "beta1": ("β₁", ""), "beta2": ("β₂", ""),
    "epsilon": ("ε", ""), "weight_decay": ("weight decay", ""),
})
_SCHEDULE: Constants = MappingProxyType({
    "factor": ("schedule factor", ""), "every": ("schedule every", " epochs"),
    "epochs": ("schedule over", " epochs"), "floor": ("schedule down to", ""),
})
_FIRST: Constants = MappingProxyType({
    "value": ("all first weights", ""), "low": ("first weights from", ""), "high": ("first weights to", ""),
    "mean": ("mean of first weights", ""), "deviation": ("deviation of first weights", ""),
    "bias": ("first biases", ""),
})
_GENERATED: Constants = MappingProxyType({
    "count": ("", " examples"), "noise": ("noise", ""), "seed": ("data seed", ""),
})


def data(before: Experiment, after: Experiment) -> Found:
    a, b = before.dataset, after.dataset
    if a == b:
        return
    made, anew = (source.generated if isinstance(source, Source) else None for source in (a, b))
    if made is not None and anew is not None and made.kind == anew.kind:
        yield from constants_changed(_GENERATED, made, anew)
        return
    old, new = title_of(a), title_of(b)
    if new.startswith(old) or old.startswith(new):  # of one of them something was changed
        yield Difference("data unchanged", "data changed")
    else:
        yield from changed("data", _short(old), _short(new))


def learning(before: Experiment, after: Experiment) -> Found:
    a, b = before.learning, after.learning
    yield from named("optimizer", "", OPTIMIZERS, a.optimizer, b.optimizer, _OPTIMIZER)
    yield from changed("rate", setting(a.rate), setting(b.rate))
    yield from named("schedule", "schedule", SCHEDULES, a.schedule, b.schedule, _SCHEDULE)
    if a.batch_size != b.batch_size:
        yield from changed("batch", _batch(before, a), _batch(after, b))
    yield from changed("L1", setting(a.l1), setting(b.l1))
    yield from changed("L2", setting(a.l2), setting(b.l2))


def _batch(experiment: Experiment, learning: Learning) -> str:
    n = count_of(experiment.dataset)
    n -= held_out_of(n, experiment.validation_share)
    return "all" if learning.batch_size >= n else count(learning.batch_size)


def first(before: FirstWeights, after: FirstWeights) -> Found:
    yield from named("first weights", "first weights", INITIALIZERS, before, after, _FIRST)
    given = before.name == after.name == "given"
    if given and (before.weights, before.biases) != (after.weights, after.biases):
        yield Difference("first weights unchanged", "given first weights changed")


def frozen(before: Experiment, after: Experiment) -> Found:
    """Where the shape is another, what is frozen goes along with its units and is no change of its own."""
    old, new = set(before.learning.frozen), set(after.learning.frozen)
    if old == new or before.network.sizes != after.network.sizes:
        return
    had = f"{len(old)} frozen" if old else "nothing frozen"
    for act, found in (("frozen", new - old), ("thawed", old - new)):
        if len(found) > 1:
            yield Difference(had, f"{len(found)} weights {act}")
        for one in found if len(found) == 1 else ():
            yield Difference(had, f"{'bias' if one.source is None else 'weight'} {act}")


def by_hand(step: int | None) -> Found:
    if step is not None:
        yield Difference("weights as trained", f"weights set by hand at step {count(step)}")


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1].rstrip()}…"
