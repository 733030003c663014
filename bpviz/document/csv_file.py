"""A table that a person brings."""

from __future__ import annotations

from bpviz.document.errors import DocumentError
from bpviz.document.source import File
from bpviz.engine.arrays import Array


def read_cells(file: File) -> tuple[Array, Array]:
    raise DocumentError("not yet", file=file.path)
