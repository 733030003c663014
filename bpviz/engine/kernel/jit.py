"""numba's decorators with the types that they leave out, and the folder that compiled code is kept in.

Importing this module imports numba: some tenths of a second. Only what is compiled does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

from bpviz.engine.kernel import cache

F = TypeVar("F", bound=Callable[..., Any])

# A product that is added to something may be rounded once instead of twice, where the machine can. Nothing
# may be reordered: the same numbers come out however many steps a call takes.
_ALLOWED = {"contract"}


def jit(function: F) -> F:
    """Compiled where it is called; errors of arithmetic give infinities and NaN, as in NumPy."""
    return cast(F, numba.njit(function, fastmath=_ALLOWED, error_model="numpy"))


def cached(function: F) -> F:
    """Compiled with all that it calls, and kept on disk where anything can be."""
    place = cache.folder()
    before, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(place)
    try:
        made = numba.njit(function, fastmath=_ALLOWED, error_model="numpy", cache=place is not None)
    finally:
        numba.config.CACHE_DIR = before
    return cast(F, made)
