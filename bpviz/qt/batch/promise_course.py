"""Promises and outcomes over the whole run, worked out a few at a time while nothing else runs."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from bpviz.explain.promise import Promise, promise, spread_steps
from bpviz.qt.player import Player
from bpviz.qt.session import Session

SLICE = 0.006   # seconds of work between two frames


class PromiseCourse(QObject):
    """Keeps a promise for each of some steps of this run, spread evenly. Works while its widget is seen."""

    grown = Signal()  # another few are known, or all were dropped

    def __init__(
        self, session: Session, player: Player, widget: QWidget,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        super().__init__(widget)
        self._session, self._player, self._widget, self._clock = session, player, widget, clock
        self._known: dict[int, Promise] = {}
        self._reached = -1
        self._wanted: tuple[int, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.work)
        session.experiment_changed.connect(self.forget)
        session.settings_changed.connect(self.forget)
        player.mode_changed.connect(self.follow)

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps that are known, in order."""
        return tuple(step for step in self._wanted if step in self._known)

    @property
    def complete(self) -> bool:
        return all(step in self._known for step in self._wanted)

    def of(self, step: int) -> Promise:
        return self._known[step]

    def nearest(self, step: float) -> int | None:
        """The known step that is nearest."""
        known = self.steps
        at = bisect_left(known, step)
        near = known[max(0, at - 1) : at + 1]
        return min(near, key=lambda other: abs(other - step)) if near else None

    def follow(self) -> None:
        """Look at what there is now, and go on with what is missing if there is time for it."""
        trainer = self._session.trainer
        if trainer.reached != self._reached:
            self._reached = trainer.reached
            spread = spread_steps(trainer.reached)
            self._wanted = tuple(sorted({trainer.kept_step(step) for step in spread}))
        if self._may_work and not self.complete:
            self._timer.start()

    def forget(self) -> None:
        self._known.clear()
        self._reached = -1
        self._wanted = ()
        self.grown.emit()
        self.follow()

    def work(self) -> None:
        """At least one step more, and others as long as the slice lasts."""
        if not self._may_work:
            self._timer.stop()
            return
        until = self._clock() + SLICE
        for step in self._wanted:
            if step not in self._known:
                record = self._session.trainer.record_at(step)
                self._known[step] = promise(self._session.network, record)
                if self._clock() >= until:
                    break
        if self.complete:
            self._timer.stop()
        self.grown.emit()

    @property
    def _may_work(self) -> bool:
        return self._widget.isVisible() and not self._player.running
