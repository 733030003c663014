"""The one error of the engine: a request that cannot be computed, and what was expected instead."""

from __future__ import annotations

from collections.abc import Iterable


class EngineError(ValueError):
    """A network, a setting or data that cannot be computed with. Its text names what was expected."""


def unknown_name(kind: str, name: str, known: Iterable[str]) -> EngineError:
    """The error for a name that stands for nothing, with the nearest known one suggested."""
    from difflib import get_close_matches

    names = sorted(known)
    near = get_close_matches(str(name).casefold(), names, n=1)
    hint = f"did you mean {near[0]!r}?" if near else "expected one of: " + ", ".join(names)
    return EngineError(f"unknown {kind} {name!r}; {hint}")
