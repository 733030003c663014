"""Where compiled code is kept, and which of it is ours: of this source, on this machine. Imports no numba."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_ENGINE = Path(__file__).resolve().parents[1]
_FORMULAS = ("activation.py", "cost.py", "update.py", "optimizer.py", "divergence.py", "evaluation.py")
_ENTRY = Path(__file__).with_name("compiled.py")
_DONE = "ready"
_NAME = "bpviz-kernel-"
_FORGOTTEN = 30 * 24 * 3600.0  # seconds after which nobody misses what an earlier version compiled


def is_installed() -> bool:
    """Whether there is a numba that may compile."""
    return bool(_numba_version()) and os.environ.get("NUMBA_DISABLE_JIT", "0") in ("", "0")


@cache
def folder() -> Path | None:
    """The folder of our compiled code, made if need be; None where nothing can be written."""
    for parent in _parents():
        place = parent / f"{_NAME}{_fingerprint()}"
        if _is_writable(place):
            return place
    return None


def is_done(place: Path) -> bool:
    """Whether everything has been compiled into this folder, and is there as it was left."""
    try:
        return bool(_compiled(place)) and (place / _DONE).read_text() == _stamp(place)
    except OSError:
        return False


def mark_done(place: Path) -> None:
    """Everything is there; what other versions left beside it goes once it is old."""
    (place / _DONE).write_text(_stamp(place))
    for other in place.parent.glob(f"{_NAME}*"):
        if other != place and other.stat().st_mtime < time.time() - _FORGOTTEN:
            shutil.rmtree(other, ignore_errors=True)


def _stamp(place: Path) -> str:
    """How large every file is; and when the entry was written, since numba takes nothing older."""
    sizes = [file.stat().st_size for file in (_ENTRY, *_compiled(place))]
    return "\n".join(map(str, [_ENTRY.stat().st_mtime_ns, *sizes]))


def _compiled(place: Path) -> list[Path]:
    return sorted(place.rglob("*.nb[ic]"))


def _parents() -> Iterator[Path]:
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen:
        yield Path(chosen)
        return
    if sys.platform == "darwin":
        yield Path("~/Library/Caches/bpviz").expanduser()
    elif sys.platform == "win32" and "LOCALAPPDATA" in os.environ:
        yield Path(os.environ["LOCALAPPDATA"], "bpviz", "cache")
    else:
        yield Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "bpviz"
    yield Path(__file__).parent / "__pycache__"


def _is_writable(place: Path) -> bool:
    try:
        place.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=place).close()
    except (OSError, RuntimeError):
        return False
    return True


def _fingerprint() -> str:
    """Of all that the compiled code follows from. numba itself looks at the file of the entry only."""
    digest = hashlib.sha256()
    for part in (sys.version, _numba_version(), platform.machine(), platform.processor(), _processor()):
        digest.update(part.encode() + b"\0")
    for file in (*sorted(Path(__file__).parent.glob("*.py")), *(_ENGINE / name for name in _FORMULAS)):
        digest.update(f"{file}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _numba_version() -> str:
    try:
        return f"{version('numba')} {version('llvmlite')}"
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    """What Linux says that the processor can do: code compiled for one that can more would not run."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return ""
    wanted = ("model name", "flags", "Features")
    return "\n".join(sorted({line for line in lines if line.startswith(wanted)}))
