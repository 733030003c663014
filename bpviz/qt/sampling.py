"""Numbers over the whole run, worked out a few steps at a time while nothing else runs."""

from __future__ import annotations

import time
from bisect import bisect_left, insort
from collections.abc import Callable
from itertools import zip_longest
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.promise import MOST_STEPS, spread_steps
from bpviz.qt.player import Player
from bpviz.qt.session import Session

SLICE = 0.006   # seconds of work between two frames
MOST_NOTED = 2 * MOST_STEPS

Value = TypeVar("Value")


class Sampling(QObject, Generic[Value]):
    """Keeps what a function makes of each of some steps of this run, spread evenly. Works while its widget is
    seen. Steps that are shown can be noted besides: while training runs, these are all there are."""

    grown = Signal()  # another few are known, or some were dropped

    def __init__(
        self, session: Session, player: Player, widget: QWidget, of: Callable[[Network, StepTrace], Value],
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        super().__init__(widget)
        self._session, self._player, self._widget, self._clock = session, player, widget, clock
        self._value = of
        self._known: dict[int, Value] = {}
        self._noted: list[int] = []
        self._trainer = session.trainer
        self._edits: tuple[Checkpoint, ...] = ()
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
        wanted = [step for step in self._wanted if step in self._known]
        return tuple(sorted({*wanted, *self._noted})) if self._noted else tuple(wanted)

    @property
    def complete(self) -> bool:
        return all(step in self._known for step in self._wanted)

    def of(self, step: int) -> Value:
        return self._known[step]

    def nearest(self, step: float) -> int | None:
        """The known step that is nearest."""
        known = self.steps
        at = bisect_left(known, step)
        near = known[max(0, at - 1) : at + 1]
        return min(near, key=lambda other: abs(other - step)) if near else None

    def note(self, value: Value) -> None:
        """Keep this of the present step too; of many noted ones, some, spread evenly."""
        self._drop_stale()
        step = self._session.trainer.step
        if step not in self._known:
            insort(self._noted, step)
            self._known[step] = value
            if len(self._noted) > MOST_NOTED:
                self._thin()

    def follow(self) -> None:
        """Look at what there is now, and go on with what is missing if there is time for it."""
        self._drop_stale()
        trainer = self._session.trainer
        if trainer.reached != self._reached and not self._player.running:
            self._reached = trainer.reached
            spread = spread_steps(trainer.reached)
            self._wanted = tuple(sorted({trainer.kept_step(step) for step in spread}))
        if self._may_work and not self.complete:
            self._timer.start()

    def forget(self) -> None:
        self._clear()
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
                self._known[step] = self._value(self._session.network, record)
                if self._clock() >= until:
                    break
        if self.complete:
            self._timer.stop()
        self.grown.emit()

    # -- within ------------------------------------------------------------------------------------

    @property
    def _may_work(self) -> bool:
        return self._widget.isVisible() and not self._player.running

    def _drop_stale(self) -> None:
        """Of another run nothing is known yet, even before it is announced to all. Where weights were set by
        hand, that step and those after it are others than before."""
        if self._session.trainer is not self._trainer:
            self._clear()
        edits = self._session.trainer.edits
        if edits == self._edits:
            return
        pairs = zip_longest(self._edits, edits)
        others = (edit.step for pair in pairs if pair[0] is not pair[1] for edit in pair if edit is not None)
        since = min(others)
        self._edits = edits
        self._known = {step: value for step, value in self._known.items() if step < since}
        self._noted = [step for step in self._noted if step < since]
        self._reached = -1
        self.grown.emit()

    def _clear(self) -> None:
        self._known.clear()
        self._noted.clear()
        self._trainer = self._session.trainer
        self._edits = self._trainer.edits
        self._reached = -1
        self._wanted = ()

    def _thin(self) -> None:
        gap = 1  # powers of two: what was thinned before is not thinned again by a little
        while gap * MOST_STEPS < self._noted[-1]:
            gap *= 2
        kept = self._noted[:1]
        for step in self._noted[1:]:
            if step >= kept[-1] + gap:
                kept.append(step)
        for step in {*self._noted} - {*kept, *self._wanted}:
            del self._known[step]
        self._noted = kept
