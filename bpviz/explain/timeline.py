"""When each phase is told: seconds to moments and back, and how motion is eased."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

from bpviz.explain.moment import Moment
from bpviz.explain.phase import Kind, Phase, score

REST = 0.6  # seconds for which a phase stands still when its numbers are there

_TRAVEL = {
    Kind.GIVEN: 0.6,
    Kind.SUM: 1.1,
    Kind.ACTIVATE: 0.9,
    Kind.COST: 1.2,
    Kind.OUTPUT_ERROR: 1.5,
    Kind.HIDDEN_ERROR: 1.6,
    Kind.GRADIENT: 1.2,
    Kind.UPDATE: 1.2,
}


def duration(phase: Phase) -> float:
    """Seconds a phase moves at normal speed; then comes a REST."""
    return _TRAVEL[phase.kind]


def total(depth: int) -> float:
    """Seconds of a whole step, the last rest included."""
    return _begins(depth)[-1]


def moment_at(seconds: float, depth: int) -> Moment:
    """The moment of a step so many seconds in. Within a rest it is the phase's end, progress 1."""
    begins = _begins(depth)
    seconds = min(max(seconds, 0.0), begins[-1])
    phase = min(bisect_right(begins, seconds), len(begins) - 1) - 1
    travel = duration(score(depth)[phase])
    if seconds >= begins[phase] + travel:
        return Moment(phase, 1.0)
    return Moment(phase, (seconds - begins[phase]) / travel)


def seconds_at(moment: Moment, depth: int) -> float:
    """When a moment comes first: moment_at's inverse, and for an end of phase the beginning of its rest."""
    return _begins(depth)[moment.phase] + moment.progress * duration(score(depth)[moment.phase])


def eased(progress: float) -> float:
    """Cubic in and out: 0 to 0, 1 to 1, still at both ends."""
    if progress < 0.5:
        return 4 * progress**3
    return 1 - 4 * (1 - progress) ** 3


@cache
def _begins(depth: int) -> tuple[float, ...]:
    """When each phase begins, and last when the step ends."""
    begins = [0.0]
    for phase in score(depth):
        begins.append(begins[-1] + duration(phase) + REST)
    return tuple(begins)
