"""One compiled function out of several, chosen by a whole number while it runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bpviz.engine.kernel.jit import jit


def by_number(functions: Sequence[Callable[..., Any]]) -> Any:
    """choose(k, *arguments) calls functions[k], which it finds by halving. Each takes a number first: 0 then.

    numba has no table of functions that it could keep on disk.
    """
    if len(functions) == 1:
        return functions[0]
    half = len(functions) // 2
    low, high = by_number(functions[:half]), by_number(functions[half:])

    @jit
    def choose(k: int, *arguments: Any) -> Any:
        if k < half:
            return low(k, *arguments)
        return high(k - half, *arguments)

    return choose
