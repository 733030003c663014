"""Compiles the kernel in a process of its own, so that no window ever waits for it.

    warm = Warming()
    warm.begin()                      # when the program starts: a child process, unless all is there already
    if warm.state == "ready": ...     # asked now and then; never blocks, never imports numba
    warm.stop()                       # when the program ends

Loading what is compiled takes some tenths of a second, once: trial.try_out() does it, in a thread if need be.
"""

from __future__ import annotations

import os
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

from bpviz.engine.kernel import cache

COMMAND: tuple[str, ...] = (sys.executable, "-m", "bpviz.engine.kernel.warm")


class State(StrEnum):
    """READY: a KernelRun can be made, and loading it does not compile. UNAVAILABLE: it never will be."""

    IDLE = "idle"
    COMPILING = "compiling"
    READY = "ready"
    UNAVAILABLE = "unavailable"


class Warming:
    """Owns the child process that compiles, if there is need of one."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._folder = cache.folder() if cache.is_installed() else None
        self._failed = False

    @property
    def state(self) -> State:
        if self._folder is None or self._failed:
            return State.UNAVAILABLE
        if self._child is not None and self._child.poll() is None:
            return State.COMPILING
        if cache.is_done(self._folder):
            return State.READY
        return State.IDLE if self._child is None else State.UNAVAILABLE

    def begin(self) -> None:
        """Start compiling, unless that is done, under way or impossible."""
        if self.state is not State.IDLE:
            return
        root = str(Path(__file__).resolve().parents[3])
        path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
        try:
            self._child = subprocess.Popen(
                COMMAND, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": path},
            )
        except OSError:
            self._failed = True

    def wait(self) -> State:
        """The state once the child has ended; for a command line that would rather wait than be slow."""
        if self._child is not None:
            self._child.wait()
        return self.state

    def stop(self) -> None:
        """End the child if it is still at it."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()


def ready() -> bool:
    """Whether compiled code is there to be loaded; imports no numba."""
    return Warming().state is State.READY


def compile_all() -> None:
    """Make one step of everything, which compiles it into the cache, and say that it is there."""
    from bpviz.engine.kernel.trial import try_out

    place = cache.folder()
    if place is not None and cache.is_installed():
        try_out()
        cache.mark_done(place)


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)  # the window comes first
    compile_all()
