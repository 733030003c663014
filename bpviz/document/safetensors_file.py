"""PyTorch's .safetensors: a header of names, types and shapes, and then the bare numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from bpviz.document.errors import DocumentError, placed
from bpviz.engine.arrays import Array

_TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}


def written(named: Mapping[str, Array]) -> bytes:
    """The content of a .safetensors file."""
    from safetensors.numpy import save  # only who needs it waits for it

    content: bytes = save({name: np.ascontiguousarray(array) for name, array in named.items()})
    return content


def read(content: bytes) -> dict[str, Array]:
    """Its arrays in float64, fc2 before fc10: the file itself has them in no order. Raises DocumentError."""
    from safetensors import SafetensorError, deserialize

    try:
        tensors = deserialize(content)  # type: ignore[no-untyped-call]  # it has no hints
    except SafetensorError as error:
        raise DocumentError(f"expected a .safetensors file; {error}") from None
    named = {}
    for name, tensor in sorted(tensors, key=lambda one: natural(one[0])):
        with placed(repr(name)):
            named[name] = _array(tensor["dtype"], tensor["shape"], tensor["data"])
    return named


def natural(name: str) -> list[tuple[int, str]]:
    """Sorts by numbers in a name as numbers."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", name)]


def _array(kind: str, shape: list[int], data: bytes) -> Array:
    if kind not in _TYPES:
        raise DocumentError(f"expected float16, bfloat16, float32 or float64, got {kind}")
    numbers = np.frombuffer(bytes(data), _TYPES[kind])
    if kind == "BF16":  # the upper half of a float32
        numbers = (numbers.astype(np.uint32) << 16).view(np.float32)
    return numbers.astype(np.float64).reshape(shape)
