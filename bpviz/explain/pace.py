"""One slider, from a phase every few seconds to as fast as the machine can: what its position means."""

from __future__ import annotations

from dataclasses import dataclass

NORMAL = 1 / 6               # the slider's position at which phases play at their own speed
_PHASES_UNTIL = 0.5
_STEPS_UNTIL = 0.65
_FRAME_UNTIL = 0.75
_MANY_UNTIL = 0.95


@dataclass(frozen=True, slots=True)
class Pace:
    """How time passes. Exactly one of the first two is set, unless training goes by frames.

    phase_rate: phases are animated, this many times their normal speed.
    steps_per_second: whole steps at a time, phases not shown.
    steps_per_frame: whole steps with every frame; None with the others None too: as many as fit.
    """

    phase_rate: float | None = None
    steps_per_second: float | None = None
    steps_per_frame: int | None = None

    @property
    def animates(self) -> bool:
        """Whether phases are shown one after the other."""
        return self.phase_rate is not None

    @property
    def text(self) -> str:
        """What the slider says beside itself."""
        if self.phase_rate is not None:
            return f"phases at {self.phase_rate:.3g}×"
        if self.steps_per_second is not None:
            return f"{self.steps_per_second:.0f} steps a second"
        if self.steps_per_frame is None:
            return "as fast as possible"
        return "one step a frame" if self.steps_per_frame == 1 else f"{self.steps_per_frame:,} steps a frame"


def pace(speed: float) -> Pace:
    """The pace at a position of the slider, 0 (slowest) to 1 (as fast as the machine can).

    Within each stretch the pace grows geometrically, so that equal moves feel alike.
    """
    if speed < _PHASES_UNTIL:
        return Pace(phase_rate=0.25 * 64 ** (speed / _PHASES_UNTIL) if speed > 0 else 0.25)
    if speed < _STEPS_UNTIL:
        return Pace(steps_per_second=2 * 20 ** ((speed - _PHASES_UNTIL) / (_STEPS_UNTIL - _PHASES_UNTIL)))
    if speed < _FRAME_UNTIL:
        return Pace(steps_per_frame=1)
    if speed < _MANY_UNTIL:
        return Pace(steps_per_frame=round(2 * 500 ** ((speed - _FRAME_UNTIL) / (_MANY_UNTIL - _FRAME_UNTIL))))
    return Pace()
