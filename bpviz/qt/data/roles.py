"""What a column of a table is for: an input, a target, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from bpviz.document.choice import Choice

Role = Literal["input", "target", "unused"]

ROLES: tuple[Role, ...] = ("input", "target", "unused")
WORDS: dict[Role, str] = {"input": "input", "target": "target", "unused": "not used"}
TIPS: dict[Role, str] = {
    "input": "The network is given it (I)",
    "target": "The network learns to tell it (T)",
    "unused": "The network does not see it (N)",
}


def role_of(choice: Choice, name: str) -> Role:
    if name in choice.targets:
        return "target"
    return "input" if name in choice.inputs else "unused"


def with_role(choice: Choice, names: Sequence[str], name: str, role: Role) -> Choice:
    """The same choice but for one column. Inputs and targets stand in the order of the table, `names`."""
    inputs, targets = set(choice.inputs) - {name}, set(choice.targets) - {name}
    if role != "unused":
        (inputs if role == "input" else targets).add(name)
    return replace(
        choice, inputs=tuple(n for n in names if n in inputs), targets=tuple(n for n in names if n in targets)
    )


def next_role(role: Role, steps: int = 1) -> Role:
    return ROLES[(ROLES.index(role) + steps) % len(ROLES)]
