"""What is to be seen of three nested functions at a point, in one plain sentence."""

from __future__ import annotations

from bpviz.engine.activation import activation
from bpviz.explain.nested import PLACE, Chain, Stage, function_label
from bpviz.explain.number import number

_SMALL = 0.1         # a slope below this lets f barely follow
_NEAR = 0.08         # a value so near to a function's limit is saturated
_SATURATING = ("sigmoid", "tanh", "softplus", "elu")


def remark(chain: Chain) -> str:
    """What is to be seen at this point, in one plain sentence."""
    by, factors = chain.by, chain.factors
    special = next((s for s in reversed(factors) if s.corner or s.slope == 0), None)
    if special is not None:
        return _at_corner(chain, special) if special.corner else _blocked(chain, special)
    if all(stage.slope == 1 for stage in factors):
        whose = "Every" if len(factors) > 1 else "The outer"
        return f"{whose} slope is 1, so f follows {by} one to one."
    weakest = min(factors, key=lambda stage: abs(stage.slope))
    if abs(chain.slope) < _SMALL and abs(weakest.slope) < _SMALL:
        small = f"The {PLACE[weakest.letter]} slope is {number(weakest.slope)}{_saturated(weakest)}, "
        return small + _despite(chain, "barely follows")
    if abs(chain.slope) < _SMALL and all(abs(stage.slope) < 1 for stage in factors):
        return (
            "No slope is very small, but each is below 1 and they multiply: "
            f"f moves only {number(abs(chain.slope))} times as far as {by}."
        )
    return _plainly(chain)


def _at_corner(chain: Chain, stage: Stage) -> str:
    low, high = (number(side, 1) for side in stage.sides)
    return (
        f"{function_label(stage.function)} has a corner at 0, where its slope jumps from {low} to {high}; "
        f"{number(stage.slope, 1)} is taken there, as in training; the whole slope is {number(chain.slope)}."
    )


def _blocked(chain: Chain, stage: Stage) -> str:
    state = "closed" if stage.function == "relu" else "flat"
    flat = f"the slope of {function_label(stage.function)} at {number(stage.input)} is 0"
    return f"{stage.letter} is {state}: {flat}, " + _despite(chain, "does not follow", " at all")


def _despite(chain: Chain, follows: str, end: str = "") -> str:
    others = "however steep the others are, " if len(chain.factors) > 1 else ""
    return f"so {others}f {follows} {chain.by}{end}."


def _saturated(stage: Stage) -> str:
    known = activation(stage.function)
    limit = next((end for end in (known.low, known.high) if abs(stage.value - end) < _NEAR), None)
    if limit is None or stage.function not in _SATURATING:
        return ""
    return f" because {function_label(stage.function)} is saturated near {number(limit, 1)}"


def _plainly(chain: Chain) -> str:
    """More than one slope is negative only where another is next to 0, and that is said first."""
    by, moves = chain.by, f"{number(abs(chain.slope))} times as far"
    if chain.slope > 0:
        return f"f rises with {by}: a small step of {by} moves f {moves}."
    whose = "One" if len(chain.factors) > 1 else "The"
    return f"{whose} slope is negative, so f falls as {by} rises, {moves}."
