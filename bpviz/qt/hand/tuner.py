"""Changes one weight or bias by hand, and keeps what the change was to bring and what it brought."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, Signal

from bpviz.document.limits import LARGEST_FIRST
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import Address, Edge, parameter_at
from bpviz.explain.frame import scales_of
from bpviz.explain.moment import Moment
from bpviz.explain.nudge import Nudge, nudge
from bpviz.explain.parameter import parameter, with_parameter
from bpviz.explain.phase import score
from bpviz.qt.hand.pacer import Pacer
from bpviz.qt.player import Player
from bpviz.qt.session import Session

LARGEST = LARGEST_FIRST  # beyond, sums overflow within a few layers
COARSE = 10              # grains to a step of the wheel or of an arrow key


class Tuner(QObject):
    """A gesture begins at a weight as it is then, changes it any number of times, and is one edit to undo."""

    changed = Signal()  # another nudge, or none any more

    def __init__(self, session: Session, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._player = player
        self._pacer = Pacer(self._change, self)
        self._gesture: object = None
        self._ours = False           # what the session announces is our own change
        self._changed = False        # in this gesture
        self._before: StepTrace | None = None
        self._aim = 0.0
        self.address: Address | None = None
        self.nudge: Nudge | None = None
        self.forgets = False         # whether steps after the present one were there to be dropped
        session.step_changed.connect(self._look_up)

    # -- what is -----------------------------------------------------------------------------

    @property
    def active(self) -> bool:
        """Whether a gesture goes on."""
        return self._gesture is not None

    @property
    def step(self) -> int:
        """The step whose weights are changed."""
        return self._session.trainer.step

    def value(self, address: Address) -> float | None:
        """The weight or bias before the update; None where there is none."""
        return parameter(self._session.trainer.parameters, address)

    @property
    def grain(self) -> float:
        """What a drag changes with each pixel: a power of ten, 0.01 unless weights are large."""
        largest = scales_of(self._session.record).weight
        return float(10.0 ** (math.floor(math.log10(max(largest, 1.0))) - 2))

    def frozen(self, address: Address) -> bool:
        """Whether training leaves it as it is."""
        return parameter_at(address) in self._session.learning.frozen

    def toggle_frozen(self, address: Address) -> None:
        self._session.toggle_frozen(address)

    # -- a gesture ---------------------------------------------------------------------------

    def begin(self, address: Address) -> None:
        """Playing stops. The step is told before its update, which starts from what is changed."""
        self.end()
        value = self.value(address)
        if value is None:
            return
        last = len(score(self._session.network.depth)) - 1
        if self._player.moment.phase == last:
            self._player.seek(Moment(last - 1, 1.0))
        self._player.pause()
        trainer = self._session.trainer
        self.forgets = trainer.reached > trainer.step
        self._gesture, self._changed, self._before = object(), False, self._session.record
        self.address, self.nudge, self._aim = address, None, value

    def aim(self, value: float) -> None:
        """Change to this, with the next frame at the latest."""
        if self._gesture is not None:
            self._aim = min(LARGEST, max(-LARGEST, value))
            self._pacer.ask(self._aim)

    def move(self, grains: float) -> None:
        """Change by so many grains, to a number with few decimals."""
        grain = self.grain
        self.aim(round(self._aim + grains * grain, 1 + round(-math.log10(grain))))

    def end(self) -> None:
        """What was changed stays, and so does what it brought until the step is another."""
        self._pacer.flush()
        self._gesture = None

    def cancel(self) -> None:
        """Everything as it was before this gesture."""
        self._pacer.drop()
        changed, self._changed = self._changed, False
        self.forget()
        if changed:
            self._session.undo()

    def forget(self) -> None:
        """The gesture is over, and nobody looks at it any more."""
        self.end()
        if self.address is not None:
            self.address = self.nudge = self._before = None
            self.changed.emit()

    def set(self, address: Address, value: float) -> None:
        """One whole gesture: to this number."""
        self.begin(address)
        self.aim(value)
        self.end()

    def nudge_by(self, address: Address, grains: float) -> None:
        """Steps of the wheel or of keys: one gesture as long as they go on at the same weight."""
        if not (self.active and self.address == address):
            self.begin(address)
        self.move(grains)

    # -- within ------------------------------------------------------------------------------

    def _change(self, value: float) -> None:
        address, before = self.address, self._before
        if address is None or before is None or value == self.value(address):
            return
        parameters = with_parameter(self._session.trainer.parameters, address, value)
        name = "change weight" if isinstance(address, Edge) else "change bias"
        self._changed = True
        self.nudge = nudge(self._session.network, before, address, value)
        self._ours = True
        try:
            self._session.set_parameters(name, parameters, self._gesture)
        finally:
            self._ours = False
        self.changed.emit()

    def _look_up(self) -> None:
        """Another step, or another one's edit: what was kept speaks of what is no more."""
        if not self._ours:
            self._pacer.drop()
            self.forget()
