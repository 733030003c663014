"""Arrays as the engine hands them out: float64 and read-only."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpviz.engine.errors import EngineError

Array = NDArray[np.float64]


def frozen(array: Array) -> Array:
    """The same array, made read-only in place; for arrays that the caller has just computed."""
    array.flags.writeable = False
    return array


def checked(what: str, value: ArrayLike, shape: tuple[int | None, ...]) -> Array:
    """A read-only float64 copy of value; None in shape leaves that length free.

    Raises EngineError when the shape differs or a number is NaN or infinite.
    """
    try:
        array = np.array(value, dtype=np.float64, order="C")
    except (TypeError, ValueError) as error:
        raise EngineError(f"{what}: expected numbers of shape {_text(shape)}; {error}") from None
    fits = array.ndim == len(shape) and all(s in (None, n) for s, n in zip(shape, array.shape, strict=True))
    if not fits:
        raise EngineError(f"{what}: expected shape {_text(shape)}, got {_text(array.shape)}")
    if not np.isfinite(array).all():
        place = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise EngineError(f"{what}: expected finite numbers, got {array[place]} at {list(place)}")
    return frozen(array)


def _text(shape: tuple[int | None, ...]) -> str:
    return "(" + ", ".join("any" if n is None else str(n) for n in shape) + ")"
