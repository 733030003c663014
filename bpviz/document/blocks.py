"""The bytes of a file in short blocks: a window beside them stays alive, and a person can stop them."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Generator
from pathlib import Path
from typing import BinaryIO

from bpviz.document.errors import DocumentError

BLOCK = 1 << 16                # bytes: some milliseconds of work
LARGEST_TABLE = 500_000_000    # bytes

Progress = Callable[[float], None]
Cancel = Callable[[], bool]


class Cancelled(Exception):  # noqa: N818 -- no error: a person asked for it
    """The reading was stopped by whoever watched it; nothing has been changed by it."""


def untold(_share: float) -> None:
    """A Progress that nobody watches."""


def never() -> bool:
    """A Cancel that is never asked for."""
    return False


def blocks(
    path: Path, progress: Progress = untold, cancelled: Cancel = never
) -> Generator[bytes, None, None]:
    """All bytes of the file. progress(share done, 0 to 1) and cancelled() are called for each block.

    Raises DocumentError for what is no readable file or changes meanwhile, and Cancelled.
    """
    with _opened(path) as file:
        before, done = os.fstat(file.fileno()), 0
        while block := _read(file, path):
            if cancelled():
                raise Cancelled
            done += len(block)
            if done > before.st_size:  # what grows as fast as it is read has no end
                raise _changed(path)
            yield block
            progress(done / before.st_size)
        if done != before.st_size or os.fstat(file.fileno()).st_mtime_ns != before.st_mtime_ns:
            raise _changed(path)


def fingerprint(path: Path, progress: Progress = untold, cancelled: Cancel = never) -> str:
    """The SHA-256 of the file, in hexadecimal."""
    from hashlib import sha256  # 2 ms that the first picture need not wait for

    digest = sha256()
    for block in blocks(path, progress, cancelled):
        digest.update(block)
    return digest.hexdigest()


def _opened(path: Path) -> BinaryIO:
    """Only a regular file: opening a pipe would wait, and a device may never end."""
    try:
        found = path.stat()
        if stat.S_ISREG(found.st_mode):
            _check_size(found.st_size, path)
            return path.open("rb")
    except OSError as error:
        raise _unreadable(error, path) from None
    except ValueError as error:
        if isinstance(error, DocumentError):
            raise
        raise DocumentError(f"cannot be read: {error}", file=repr(str(path))) from None  # a NUL in the path
    kind = "a folder" if stat.S_ISDIR(found.st_mode) else "a device or pipe"
    raise DocumentError(f"expected a file, got {kind}", file=str(path))


def _read(file: BinaryIO, path: Path) -> bytes:
    try:
        return file.read(BLOCK)
    except OSError as error:
        raise _unreadable(error, path) from None


def _changed(path: Path) -> DocumentError:
    return DocumentError("has changed while it was read; open it again", file=str(path))


def _check_size(size: int, path: Path) -> None:
    if size > LARGEST_TABLE:
        raise DocumentError(f"expected at most {LARGEST_TABLE // 1_000_000} MB", file=str(path))


def _unreadable(error: OSError, path: Path) -> DocumentError:
    return DocumentError(f"cannot be read: {error.strerror or error}", file=str(path))
