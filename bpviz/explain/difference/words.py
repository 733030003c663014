"""What differs, as the run that is over had it and as it changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bpviz.explain.number import MINUS, count, typed


@dataclass(frozen=True, slots=True)
class Difference:
    """had: what the first one had, as "rate 0.3". change: what became of it, as "rate 0.3 → 0.03"."""

    had: str
    change: str


Found = Iterator[Difference]
Constants = Mapping[str, tuple[str, str]]  # by field: what stands before the number, and behind it


def changed(what: str, a: str, b: str, unit: str = "") -> Found:
    if a != b:
        yield Difference(f"{what} {a}{unit}".strip(), f"{what} {a} → {b}{unit}".strip())


def constants_changed(constants: Constants, before: object, after: object) -> Found:
    for field, (what, unit) in constants.items():
        yield from changed(what, setting(getattr(before, field)), setting(getattr(after, field)), unit)


def named(
    what: str, had: str, labels: Mapping[str, str], a: Any, b: Any, constants: Constants
) -> Found:
    """A choice by its name; each reads constants of its own, compared where the name is the same."""
    if a.name == b.name:
        yield from constants_changed(constants, a, b)
    else:
        old, new = labels[a.name], labels[b.name]
        yield Difference(f"{old} {had}".strip(), f"{what} {old} → {new}")


def joined(words: Sequence[object]) -> str:
    *first, last = map(str, words)
    return f"{', '.join(first)} and {last}" if first else last


def setting(x: float) -> str:
    """A number of the settings, with all its digits."""
    return (count(x) if isinstance(x, int) else typed(x)).replace("-", MINUS)
