"""A file read at once, if it is one and not too large."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from bpviz.document.errors import DocumentError

LARGEST_FILE = 16_000_000  # bytes; hundreds of times what a preset or a bundled data set needs


def read_bytes(path: Path, most: int = LARGEST_FILE) -> bytes:
    """The whole file, or a DocumentError that says why not."""
    try:
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            size = about.st_size if stat.S_ISREG(about.st_mode) else most
            content = file.read(size + 1) if size <= most else b""  # which takes that memory at once
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise DocumentError(f"cannot be read: {reason}", file=str(path)) from None
    if max(size, len(content)) > most:
        raise DocumentError(f"expected at most {most // 1_000_000} MB", file=str(path))
    return content
