"""NumPy's .npz, read without NumPy's own reader: nothing in it is ever executed, and little is believed."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Mapping

import numpy as np

from bpviz.document.errors import DocumentError, placed
from bpviz.engine.arrays import Array

MOST_BYTES = 64_000_000  # of all arrays together, unpacked
MOST_ARRAYS = 1000
_HEADER = 10_000         # bytes


def written(named: Mapping[str, Array]) -> bytes:
    """The content of an .npz file."""
    file = io.BytesIO()
    np.savez(file, **named)  # type: ignore[arg-type]  # mypy takes the names for options
    return file.getvalue()


def read(content: bytes) -> dict[str, Array]:
    """Its arrays in float64, in their order. Raises DocumentError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ARRAYS:
                raise DocumentError(f"expected at most {MOST_ARRAYS} arrays, got {len(entries)}")
            if sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise DocumentError(f"expected at most {MOST_BYTES // 1_000_000} MB of arrays")
            return _arrays(archive, entries)
    except DocumentError:
        raise
    except Exception as error:  # what is damaged fails in many ways
        raise DocumentError(f"expected an .npz file of NumPy; {error}") from None


def _arrays(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, Array]:
    named: dict[str, Array] = {}
    for entry in entries:
        name = entry.filename.removesuffix(".npy")
        with placed(repr(name)), archive.open(entry) as file:
            if name in named:
                raise DocumentError("expected once")
            named[name] = _array(file.read(entry.file_size))
    return named


def _array(content: bytes) -> Array:
    """The array in an .npy file: its size must be what its header says before any of it is taken."""
    file = io.BytesIO(content)
    try:
        version = np.lib.format.read_magic(file)
        if version not in ((1, 0), (2, 0)):
            raise ValueError(f"version {version}")
        first = version == (1, 0)
        header = np.lib.format.read_array_header_1_0 if first else np.lib.format.read_array_header_2_0
        shape, by_columns, dtype = header(file, max_header_size=_HEADER)
    except Exception as error:  # what is no header fails in NumPy in many ways
        raise DocumentError(f"expected an array of NumPy; {' '.join(str(error).split())[:100]}") from None
    if dtype.kind != "f" or dtype.itemsize not in (2, 4, 8):
        raise DocumentError(f"expected float16, float32 or float64, got {dtype}")
    rest = content[file.tell() :]
    if min(shape, default=0) < 0 or math.prod(shape) * dtype.itemsize != len(rest):
        raise DocumentError(f"expected as many bytes as its shape {shape} takes, got {len(rest):,}")
    array = np.frombuffer(rest, dtype).reshape(shape, order="F" if by_columns else "C")
    return array.astype(np.float64, order="C")
