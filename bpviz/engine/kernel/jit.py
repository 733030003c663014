"""numba's decorators with the types that they leave out.

Importing this module imports numba, half a second: only compiled code does, and run.py when it is ready.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])

# A product that is added to something may be rounded once instead of twice, where the machine can. Nothing
# may be reordered: the same numbers come out however many steps a call takes.
_ALLOWED = {"contract"}


def jit(function: F) -> F:
    """Compiled where it is called; errors of arithmetic give infinities and NaN, as in NumPy."""
    return cast(F, numba.njit(function, fastmath=_ALLOWED, error_model="numpy"))


def cached(function: F) -> F:
    """Compiled with all that it calls, and kept on disk."""
    return cast(F, numba.njit(function, fastmath=_ALLOWED, error_model="numpy", cache=True))
