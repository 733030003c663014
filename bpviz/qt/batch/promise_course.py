"""Promises and outcomes over the whole run."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from bpviz.explain.promise import Promise, promise
from bpviz.qt.player import Player
from bpviz.qt.sampling import Sampling
from bpviz.qt.session import Session


class PromiseCourse(Sampling[Promise]):
    """Keeps a promise for each of some steps of this run."""

    def __init__(
        self, session: Session, player: Player, widget: QWidget,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        super().__init__(session, player, widget, promise, clock)
