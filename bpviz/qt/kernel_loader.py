"""Makes the training kernel ready behind the open window: compiled by a child process, loaded by a thread."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from threading import Thread
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

_AFTER_MS = 2500   # the window is up and has answered by then
_LOOK_MS = 500
_SWITCH = 0.0005   # seconds until the thread must let the window have its turn; usually ten times that
_LONGEST_LOAD = 2.0  # seconds that leaving the program waits for a thread at work


class Compiler(Protocol):
    """What is needed of engine/kernel/warm.py's Warming."""

    @property
    def state(self) -> str: ...
    def begin(self) -> None: ...
    def stop(self) -> None: ...


def _warming() -> Compiler:
    from bpviz.engine.kernel.warm import Warming  # 30 ms that the first picture need not wait for

    return Warming()


def _try_out() -> None:
    """Load compiled code, without a stall now or later.

    numba makes some hundred thousand objects that stay. Each full garbage collection that looks at them
    would stop the window for 0.1 s, so they are set apart, with all else that is there by then.
    """
    from bpviz.engine.kernel.trial import try_out

    gc.disable()
    try:
        try_out()
    finally:
        gc.freeze()
        gc.enable()


class KernelLoader(QObject):
    """Begins some seconds after it is asked to. Until it is done, and if it fails, NumPy trains."""

    def __init__(
        self, compiler: Callable[[], Compiler] = _warming, load: Callable[[], None] = _try_out,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_compiler, self._load = compiler, load
        self._compiler: Compiler | None = None
        self._thread: Thread | None = None
        self._loaded = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    @property
    def waiting(self) -> bool:
        """Whether it looks after something that is still to come."""
        return self._timer.isActive()

    def begin(self) -> None:
        self._timer.start(_AFTER_MS)

    def is_loaded(self) -> bool:
        """Whether the kernel can train at once."""
        return self._loaded

    def look(self) -> None:
        """Do what is to be done next; the timer asks now and then."""
        if self._compiler is None:
            self._compiler = self._make_compiler()
            self._compiler.begin()
            self._timer.setInterval(_LOOK_MS)
        state = self._compiler.state
        if state == "ready" and self._thread is None:
            self._thread = Thread(target=self._load_it, name="kernel", daemon=True)
            self._thread.start()
        if state != "compiling":
            self._timer.stop()

    def stop(self) -> None:
        """End the child if it is still at it; a thread at work is soon done."""
        self._timer.stop()
        if self._compiler is not None:
            self._compiler.stop()
        if self._thread is not None:
            self._thread.join(_LONGEST_LOAD)

    def _load_it(self) -> None:
        """In the thread: nothing of Qt is touched."""
        usual = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH)
        try:
            self._load()
        except Exception:  # whatever numba cannot do here, the program goes on without it
            return
        finally:
            sys.setswitchinterval(usual)
        self._loaded = True
