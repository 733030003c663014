"""One compiled function out of several, chosen by a whole number while it runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bpviz.engine.kernel.jit import jit


def by_number(functions: Sequence[Callable[..., Any]]) -> Any:
    """choose(k, *arguments) calls functions[k]; numba has no table of functions that it could keep on disk."""
    first, *others = functions
    if not others:

        @jit
        def only(_k: int, *arguments: Any) -> Any:
            return first(*arguments)

        return only
    rest = by_number(others)

    @jit
    def choose(k: int, *arguments: Any) -> Any:
        if k == 0:
            return first(*arguments)
        return rest(k - 1, *arguments)

    return choose
