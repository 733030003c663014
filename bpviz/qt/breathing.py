"""Imports large libraries while the window goes on answering."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType

from PySide6.QtCore import QCoreApplication

_SLICE = 0.015  # seconds of importing after which the window gets its turn
_TURN = "bpviz takes a turn within an import"


class _Breather:
    """Finds no module; it is asked before each, and then lets the event loop run for once.

    Importing in a thread would be simpler, but PySide crashes now and then when two threads set up
    its types at the same time (seen with 6.11.3).

    What is imported in such a turn is imported in one go: in a second turn, further down the stack, someone
    could ask for a module that is but half there.
    """

    def __init__(self) -> None:
        self._last = time.perf_counter()

    def find_spec(
        self, _name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if time.perf_counter() - self._last > _SLICE and not within_import():
            _take_turn()
            self._last = time.perf_counter()
        return None


def _take_turn() -> None:
    app = QCoreApplication.instance()
    if app is not None:
        app.setProperty(_TURN, True)
        try:
            app.processEvents()
        finally:
            app.setProperty(_TURN, False)


def within_import() -> bool:
    """Whether this is a turn that an import gives to the window: what can wait should not import now."""
    app = QCoreApplication.instance()
    return app is not None and bool(app.property(_TURN))


@contextmanager
def breathing() -> Iterator[None]:
    """Within it, imports are done in slices."""
    breather = _Breather()
    sys.meta_path.insert(0, breather)
    try:
        yield
    finally:
        sys.meta_path.remove(breather)
