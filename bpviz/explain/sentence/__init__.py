"""One sentence in plain words for every phase, with its numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.phase import Kind, Phase
from bpviz.explain.sentence.forward import activate, given, weigh
from bpviz.explain.sentence.telling import Telling
from bpviz.explain.symbol import Notation

Tell = Callable[[Telling], str]

_FORWARD: dict[Kind, Tell] = {Kind.GIVEN: given, Kind.SUM: weigh, Kind.ACTIVATE: activate}


def sentence(
    network: Network,
    trace: StepTrace,
    phase: Phase,
    example: int | None,
    hint: bool = False,
    classes: tuple[str, ...] = (),
    notation: Notation = "glossary",
) -> str:
    """What happens in a phase, for one example of the batch or, with None, on average over it.

    With hint, the very first phase of a run also says how to go on. classes name the outputs of a
    classification.
    """
    named = classes if 1 < len(classes) == network.outputs else ()
    telling = Telling(network, trace, phase, 0 if trace.batch == 1 else example, named, notation)
    with np.errstate(all="ignore"):  # a step may have overflowed; what is unknown then reads a dash
        text = f"{_tell(phase.kind)(telling)}."
    if hint and phase.kind is Kind.GIVEN and trace.step == 0:
        return f"{text} Press > to go on."
    return text


def _tell(kind: Kind) -> Tell:
    return _FORWARD[kind] if kind in _FORWARD else _backward()[kind]


@cache
def _backward() -> dict[Kind, Tell]:
    """No first picture tells of these, and so it does not wait for them."""
    from bpviz.explain.sentence.cost import cost
    from bpviz.explain.sentence.error import hidden_error, output_error
    from bpviz.explain.sentence.gradient import gradient
    from bpviz.explain.sentence.update import update

    return {
        Kind.COST: cost, Kind.OUTPUT_ERROR: output_error, Kind.HIDDEN_ERROR: hidden_error,
        Kind.GRADIENT: gradient, Kind.UPDATE: update,
    }  # fmt: skip
