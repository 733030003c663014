"""Files that are either wholly there or as they were before."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def write_whole(path: Path, content: bytes) -> None:
    """Replace the file by one with this content, in one act; on any failure nothing has changed."""
    with whole_file(path) as file:
        file.write(content)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which becomes the one at path once all is written; on any failure nothing changes.

    A link stays a link. What is not a regular file, as /dev/stdout, is simply written to.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    goal = path.resolve()
    beside = goal.with_name(f".{goal.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if goal.exists():
            beside.chmod(goal.stat().st_mode & 0o7777)
        beside.replace(goal)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
