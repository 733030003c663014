"""A lock on a file that the system lets go of when the process ends, however it ends."""

from __future__ import annotations

import sys
from contextlib import suppress
from io import FileIO
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(file: FileIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: FileIO) -> None:
        # Of an open file, not of the process as lockf: to look at a lock of one's own does not let go of it.
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """Held from when it is made until let_go(). Raises OSError: BlockingIOError or PermissionError where
    another one holds it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = FileIO(path, "ab")  # never inherited by a child process
        try:
            _take(self._file)
            if not path.exists():  # who held it before has removed it: nobody else would see this lock
                raise BlockingIOError(f"{path} is gone")
        except OSError:
            self._file.close()
            raise

    def let_go(self) -> None:
        """Remove the file, and let others in."""
        if not self._file.closed:
            with suppress(OSError):  # Windows removes no open file
                self._path.unlink()
            self._file.close()
            with suppress(OSError):
                self._path.unlink()
