"""Owns time: which moment of which step is shown, and how it moves on."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal

from bpviz.explain import pace as paces
from bpviz.explain.moment import Moment
from bpviz.explain.phase import score
from bpviz.explain.timeline import moment_at, seconds_at, total
from bpviz.qt.session import Session
from bpviz.qt.throughput import Throughput
from bpviz.qt.time_share import FRAME, TimeShare

_LATE = 0.001             # seconds after its time at which a frame had to wait for others
_PAINTED = QEvent.Type(QEvent.registerEventType())
_AFTER_PAINTING = -1000   # as a priority: behind the painting that the frame has asked for
_LONGEST_TICK = 0.1       # a hidden or stalled window must not leap ahead when it wakes
_GLIDE_RATES = (1.0, 4.0)  # a single phase is told at the slider's rate, within these


class Player(QObject):
    """The clock. Every view shows `session.record` at `moment`; nothing else decides what is seen."""

    moved = Signal()         # another moment, or another step
    mode_changed = Signal()  # runs or pauses; another speed

    def __init__(
        self, session: Session, clock: Callable[[], float] = time.perf_counter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = clock
        self._running = False
        self._speed = paces.NORMAL
        self._seconds = 0.0           # into the telling of this step; says where in a rest we are
        self._moment = Moment(0, 1.0)
        self._target: Moment | None = None  # a single phase is under way to here
        self._owed = 0.0              # fractions of a step at so many steps a second
        self._last = 0.0
        self._share = TimeShare()
        self._trained = 0.0           # seconds of the last frame, and what it took besides
        self._rest = 0.0
        self._throughput = Throughput()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(1000 * FRAME))
        self._timer.timeout.connect(self._frame)
        session.experiment_changed.connect(self._begin)
        session.diverged.connect(self.pause)

    # -- what is ------------------------------------------------------------------------------

    @property
    def moment(self) -> Moment:
        return self._moment

    @property
    def running(self) -> bool:
        return self._running

    @property
    def speed(self) -> float:
        """The slider's position, 0 to 1; explain/pace.py says what it means."""
        return self._speed

    @property
    def pace(self) -> paces.Pace:
        return paces.pace(self._speed)

    @property
    def pace_text(self) -> str:
        return self.pace.text

    @property
    def phases_shown(self) -> bool:
        """False while training runs too fast for phases to be told."""
        return not self._running or self.pace.animates

    @property
    def steps_a_second(self) -> float | None:
        """Measured over the last second of running without phases; None while there is nothing to tell."""
        if not self._running or self.pace.animates:
            return None
        return self._throughput.per_second(self._clock())

    @property
    def complete(self) -> int:
        """The index of the last phase whose numbers are all there; -1 before the first."""
        return self._moment.phase if self._moment.progress >= 1 else self._moment.phase - 1

    # -- run and pause ------------------------------------------------------------------------

    def toggle_run(self) -> None:
        if self._running:
            self.pause()
        else:
            self.run()

    def run(self) -> None:
        if self._running:
            return
        self._target = None
        self._running = True
        self._throughput.begin(self._clock())
        self._wake()
        self.mode_changed.emit()

    def pause(self) -> None:
        if not self._running:
            return
        self._running = False
        self._sleep_unless_needed()
        self.mode_changed.emit()
        self.moved.emit()

    def set_speed(self, speed: float) -> None:
        speed = min(1.0, max(0.0, speed))
        if speed != self._speed:
            self._speed = speed
            self._owed = 0.0
            self._throughput.begin(self._clock())
            self.mode_changed.emit()

    def faster(self) -> None:
        self.set_speed(self._speed + 0.05)

    def slower(self) -> None:
        self.set_speed(self._speed - 0.05)

    # -- phase by phase, step by step ---------------------------------------------------------

    def next_phase(self) -> None:
        """Tell one phase and rest; asked again meanwhile, finish it at once and tell the next."""
        self.pause()
        self._finish_glide()
        if self._moment.progress < 1:
            self._glide_to(Moment(self._moment.phase, 1.0))
        elif self._moment.phase < self._last_phase:
            self._show(Moment(self._moment.phase + 1, 0.0))
            self._glide_to(Moment(self._moment.phase, 1.0))
        elif self._session.advance():
            self._show(Moment(0, 0.0))
            self._glide_to(Moment(0, 1.0))

    def previous_phase(self) -> None:
        """Take the present phase back; at the start of a step, return to the end of the one before."""
        self.pause()
        if self._target is not None and self._target < self._moment:
            self._finish_glide()
        if self._moment.phase > 0:
            self._glide_to(Moment(self._moment.phase - 1, 1.0))
        elif self._session.trainer.step > 0:
            self._session.go_to(self._session.trainer.step - 1)
            self._show(self._end)
        else:
            self._show(Moment(0, 1.0))

    def next_step(self) -> None:
        """The next training step, at the same phase: the same number, one step later."""
        self.pause()
        self._finish_glide()
        if self._session.advance():
            self.moved.emit()

    def previous_step(self) -> None:
        self.seek_step(self._session.trainer.step - 1)

    def to_start(self) -> None:
        """Back to the first phase of the first step, with the same first weights."""
        self.pause()
        self._session.reset()
        self._begin()

    def seek(self, moment: Moment) -> None:
        """Show this moment of the present step."""
        self.pause()
        phase = min(max(moment.phase, 0), self._last_phase)
        self._show(Moment(phase, min(1.0, max(0.0, moment.progress))))

    def seek_step(self, step: int) -> None:
        """Return to any step of the run so far, at the present moment."""
        self.pause()
        self._finish_glide()
        self._session.go_to(step)
        self.moved.emit()

    # -- time passes --------------------------------------------------------------------------

    def tick(self, seconds: float) -> None:
        """Let so much time pass. The timer calls this; so do tests, with a clock of their own."""
        if self._running:
            self._run_on(seconds)
        elif self._target is not None:
            self._glide_on(seconds)

    def _run_on(self, seconds: float) -> None:
        now = self.pace
        if now.phase_rate is not None:
            self._tell(seconds * now.phase_rate)
        elif now.steps_per_second is not None:
            self._owed = min(self._owed + seconds * now.steps_per_second, now.steps_per_second)
            if self._owed >= 1:
                self._owed -= self._train(int(self._owed))
        else:
            self._train(now.steps_per_frame)

    def _tell(self, seconds: float) -> None:
        """Go on along the phases, and into the next step when this one is told."""
        self._seconds += seconds
        while self._running and self._seconds >= self._total:
            left = self._seconds - self._total
            if not self._session.advance():
                self._show(self._end)
                return
            self._seconds = left
        if self._running:
            self._moment = moment_at(self._seconds, self._session.network.depth)
            self.moved.emit()

    def _train(self, steps: int | None) -> int:
        """Up to so many steps, within this frame's time; how many were taken."""
        before = self._session.trainer.step
        self._session.advance(steps, self._share.training)
        self._trained = self._session.trained
        taken = self._session.trainer.step - before
        self._throughput.put(self._clock(), taken)
        self._show(self._end)
        return taken

    def _glide_on(self, seconds: float) -> None:
        assert self._target is not None
        slowest, fastest = _GLIDE_RATES
        rate = min(fastest, max(slowest, self.pace.phase_rate or fastest))
        goal = seconds_at(self._target, self._session.network.depth)
        if self._seconds < goal:
            self._seconds = min(goal, self._seconds + seconds * rate)
        else:
            # Taking back is quicker than telling.
            self._seconds = max(goal, self._seconds - seconds * rate * 2)
        if self._seconds == goal:
            self._finish_glide()
        else:
            self._moment = moment_at(self._seconds, self._session.network.depth)
            self.moved.emit()

    # -- within -------------------------------------------------------------------------------

    @property
    def _last_phase(self) -> int:
        return len(score(self._session.network.depth)) - 1

    @property
    def _end(self) -> Moment:
        return Moment(self._last_phase, 1.0)

    @property
    def _total(self) -> float:
        return total(self._session.network.depth)

    def _show(self, moment: Moment) -> None:
        self._target = None
        self._moment = moment
        self._seconds = seconds_at(moment, self._session.network.depth)
        self._sleep_unless_needed()
        self.moved.emit()

    def _begin(self) -> None:
        self._owed = 0.0
        self._throughput.begin(self._clock())
        self._show(Moment(0, 1.0))

    def _glide_to(self, target: Moment) -> None:
        self._target = target
        self._wake()

    def _finish_glide(self) -> None:
        if self._target is not None:
            self._show(self._target)

    def _wake(self) -> None:
        if not self._timer.isActive():
            self._last = self._clock()
            self._timer.start()

    def _sleep_unless_needed(self) -> None:
        if not self._running and self._target is None:
            self._timer.stop()

    def _frame(self) -> None:
        now = self._clock()
        passed, self._last = now - self._last, now
        if passed > FRAME + _LATE:  # no time was left: all of it was needed by someone
            self._rest = passed - self._trained
        self._share.put(self._rest)
        self._trained = 0.0
        self.tick(min(passed, _LONGEST_TICK))
        QCoreApplication.postEvent(self, QEvent(_PAINTED), _AFTER_PAINTING)

    # -- Qt -----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == _PAINTED:
            self._rest = self._clock() - self._last - self._trained
            return True
        return super().event(event)
