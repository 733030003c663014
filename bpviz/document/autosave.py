"""What is kept of a session while it goes on, and found again after it was killed.

Each running program has a file of its own, and beside it a lock that ends with the process. A file whose lock
is free was left behind. Its first line says from where the document was opened; the rest is the document.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bpviz.document.errors import DocumentError
from bpviz.document.json_text import decoded
from bpviz.document.lock import Lock
from bpviz.document.reading import converted
from bpviz.document.snapshot import Snapshot
from bpviz.document.storage import ENDING, LARGEST, document_in, document_text
from bpviz.document.user_data import data_folder
from bpviz.document.whole_file import read_bytes
from bpviz.document.writing import PART, save

MOST_KEPT = 10
OLDEST = 30 * 24 * 3600.0  # seconds
_LONGEST_WRITE = 3600.0    # seconds
_LOCK, _BROKEN = ".lock", ".broken"


@dataclass(frozen=True, slots=True)
class _Heading:
    """origin: the path that the document was opened from, or nothing. saved: seconds since 1970."""

    origin: str
    saved: float


class Recovered:
    """A session that was left behind, claimed: no other program is offered it until it is let go."""

    def __init__(self, path: Path, lock: Lock, heading: _Heading, snapshot: Snapshot) -> None:
        self._path, self._lock = path, lock
        self.origin = Path(heading.origin) if heading.origin else None
        self.saved = heading.saved
        self.snapshot = snapshot

    def discard(self) -> None:
        """Forget it for good: it has been taken over, or nobody wants it."""
        self._path.unlink(missing_ok=True)
        self._lock.let_go()

    def let_go(self) -> None:
        """Leave it for the next start."""
        self._lock.let_go()


class Autosave:
    """The file of this session. Nothing is there before the first write and after remove()."""

    def __init__(self, folder: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self._folder = autosave_folder() if folder is None else folder
        self._clock = clock
        self._path: Path | None = None
        self._lock: Lock | None = None

    def write(self, snapshot: Snapshot, origin: Path | None) -> None:
        """Keep this instead of what was kept before. May be done in a thread; raises DocumentError."""
        heading = _Heading("" if origin is None else str(origin.absolute()), self._clock())
        content = msgspec.json.encode(heading) + b"\n" + document_text(snapshot).encode()
        save(self._claimed(), content)

    def remove(self) -> None:
        """The session ended well, or what is open is saved: there is nothing to recover."""
        if self._path is not None and self._lock is not None:
            self._path.unlink(missing_ok=True)
            self._lock.let_go()
            self._path = self._lock = None

    def _claimed(self) -> Path:
        """The path of the file, locked. The lock is there first: what has none was left behind."""
        if self._path is None:
            path = self._folder / f"{os.getpid()}-{time.time_ns()}{ENDING}"
            try:
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._lock = Lock(path.with_suffix(_LOCK))
            except OSError as error:
                reason = f"cannot keep what is open: {error.strerror or error}"
                raise DocumentError(reason, file=str(self._folder)) from None
            self._path = path
        return self._path


def autosave_folder() -> Path:
    return data_folder() / "autosave"


def left_behind(folder: Path | None = None, now: Callable[[], float] = time.time) -> list[Recovered]:
    """The sessions of programs that are gone, newest first. The caller lets each go or discards it.

    The oldest beyond MOST_KEPT and OLDEST are removed. What cannot be read is put aside, under its name with
    .broken at its end; where only its data are missing it stays for a later start.
    """
    folder = autosave_folder() if folder is None else folder
    found: list[Recovered] = []
    oldest = now() - OLDEST
    for path in _newest_first(folder, f"*{ENDING}"):
        try:
            lock = Lock(path.with_suffix(_LOCK))
        except OSError:  # it goes on
            continue
        if len(found) == MOST_KEPT or _changed(path) < oldest:
            path.unlink(missing_ok=True)
            lock.let_go()
            continue
        recovered = _recovered(path, lock)
        if recovered is not None:
            found.append(recovered)
    _clear(folder, now())
    return found


def _recovered(path: Path, lock: Lock) -> Recovered | None:
    file = str(path)
    try:
        first, _, text = read_bytes(path, LARGEST).partition(b"\n")
        heading = converted(decoded(first, file), _Heading, file)
        origin = Path(heading.origin).parent if heading.origin else None
        return Recovered(path, lock, heading, document_in(text, file, origin))
    except DocumentError as error:
        if error.file == file:
            with suppress(OSError):
                path.replace(path.with_name(path.name + _BROKEN))
        lock.let_go()
        return None


def _newest_first(folder: Path, pattern: str) -> list[Path]:
    with suppress(OSError):
        return sorted(folder.glob(pattern), key=_changed, reverse=True)
    return []


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _clear(folder: Path, now: float) -> None:
    """Remove what killed programs left: locks of nothing, halves of files; and what is aside for too long."""
    for path in folder.glob(f"*{_LOCK}"):
        if not path.with_suffix(ENDING).exists():
            with suppress(OSError):  # someone holds it, who is about to write
                Lock(path).let_go()
    for pattern, most in ((f"{PART}*", _LONGEST_WRITE), (f"*{_BROKEN}", OLDEST)):
        for path in folder.glob(pattern):
            if _changed(path) < now - most:
                with suppress(OSError):
                    path.unlink()
