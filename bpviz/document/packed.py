"""Arrays in a document: small ones written out as numbers, large ones as base64; both give back every bit."""

from __future__ import annotations

import math
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

import numpy as np

from bpviz.document.errors import DocumentError
from bpviz.engine.arrays import Array, frozen

MOST_WRITTEN_OUT = 1000  # numbers of one array; nobody reads or compares more


@dataclass(frozen=True, slots=True)
class Packed:
    """An array of many numbers: its little-endian float64, row after row, in base64."""

    shape: tuple[int, ...]
    float64: str


Numbers = tuple[float | tuple[float, ...], ...] | Packed  # rows, or numbers
Column = tuple[float | None, ...] | Packed                # null stands for NaN


def packed(array: Array) -> Any:
    """Numbers, of one or two dimensions, as Numbers or Column has them."""
    if array.size > MOST_WRITTEN_OUT or np.isinf(array).any():
        content = b64encode(array.astype("<f8").tobytes()).decode("ascii")
        return Packed(array.shape, content)
    if array.ndim == 2:
        return tuple(map(tuple, array.tolist()))
    return tuple(None if math.isnan(x) else x for x in array.tolist())


def unpacked(numbers: Numbers, shape: tuple[int, ...]) -> Array:
    """Finite numbers of this shape, read-only. Raises DocumentError for others, before memory is taken."""
    got = numbers.shape if isinstance(numbers, Packed) else _shape(numbers)
    if got != shape:
        raise DocumentError(f"expected {_words(shape)}, got {_words(got)}")
    array = _decoded(numbers) if isinstance(numbers, Packed) else np.array(numbers, dtype=np.float64)
    if not np.isfinite(array).all():
        raise DocumentError("expected finite numbers")
    return frozen(array.reshape(shape))  # of no rows the width is not written


def unpacked_column(column: Column) -> Array:
    """Numbers one after the other, among them NaN, however many."""
    if not isinstance(column, Packed):
        return np.array([math.nan if x is None else x for x in column], dtype=np.float64)
    if len(column.shape) != 1 or column.shape[0] < 0:
        raise DocumentError(f"expected numbers one after the other, got {_words(column.shape)}")
    return _decoded(column)


def _decoded(numbers: Packed) -> Array:
    """A copy, which numpy may align as it likes."""
    wanted = 8 * math.prod(numbers.shape)
    if len(numbers.float64) != -(-wanted // 3) * 4:
        raise DocumentError(f"expected the base64 of {wanted:,} bytes", place="float64")
    try:
        content = b64decode(numbers.float64, validate=True)
    except ValueError as error:
        raise DocumentError(f"expected base64; {error}", place="float64") from None
    if len(content) != wanted:
        raise DocumentError(f"expected {wanted:,} bytes, got {len(content):,}", place="float64")
    return np.frombuffer(content, dtype="<f8").astype(np.float64).reshape(numbers.shape)


def _shape(numbers: tuple[float | tuple[float, ...], ...]) -> tuple[int, ...]:
    """Raises DocumentError where rows and numbers stand together, or rows of different lengths."""
    rows = [row for row in numbers if isinstance(row, tuple)]
    if not rows:
        return (len(numbers),)
    width = len(rows[0])
    if len(rows) != len(numbers) or any(len(row) != width for row in rows):
        raise DocumentError("expected rows of one length")
    return len(rows), width


def _words(shape: tuple[int, ...]) -> str:
    if len(shape) == 1:
        return f"{shape[0]:,} numbers"
    return " x ".join(f"{n:,}" for n in shape) + " numbers"
