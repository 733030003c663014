"""Files that are either wholly there or as they were before."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from bpviz.document.errors import DocumentError

PART = ".bpviz-part-"  # how the name of a file begins that is not whole yet
_REASONS: Mapping[int, str] = MappingProxyType({
    errno.ENOSPC: "no space left on the disk",
    errno.EDQUOT: "no space left of what this user may take",
    errno.EFBIG: "the file would become larger than the system lets it",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.EROFS: "the disk can only be read",
    errno.ENOENT: "the folder does not exist",
    errno.ENOTDIR: "what should be its folder is a file",
    errno.EISDIR: "this is a folder",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "the link leads to itself",
    errno.EIO: "the disk has a fault",
})


def save(path: Path, content: bytes) -> None:
    """write_whole, with a DocumentError in words for what the system refuses."""
    try:
        write_whole(path, content)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        number = getattr(error, "errno", None)
        reason = _REASONS.get(number or 0) or getattr(error, "strerror", None) or str(error)
        kept = "; the file is as it was" if _is_there(path) else ""
        raise DocumentError(f"cannot be saved: {reason}{kept}", file=str(path)) from None


def write_whole(path: Path, content: bytes) -> None:
    """Replace the file by one with this content, in one act; on any failure nothing has changed."""
    with whole_file(path) as file:
        file.write(content)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which becomes the one at path once all is written; on any failure nothing changes.

    A link stays a link, and a file keeps its mode. What is not a regular file, as /dev/stdout, is simply
    written to.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    goal = _resolved(path)
    there = goal.exists()
    if there and not os.access(goal, os.W_OK):  # to replace it would take the folder's permission only
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(goal))
    part = goal.with_name(PART + secrets.token_hex(8))
    try:
        with part.open("xb") as file:
            if there:
                _take_mode(part, goal)
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(goal)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    _settle(goal.parent)


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError:  # Python 3.11 and 3.12, for a link that leads to itself
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from None


def _take_mode(part: Path, goal: Path) -> None:
    with suppress(PermissionError):  # file systems without modes refuse
        part.chmod(goal.stat().st_mode & 0o7777)


def _settle(folder: Path) -> None:
    """Let the new name outlast a loss of power too. Where a folder cannot be asked, the system sees to it."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
