"""How long a frame may train: somewhat longer than the rest of it takes, so that both go on."""

from __future__ import annotations

FRAME = 0.016         # seconds from one frame to the next while there is time
LEAST = 0.008         # of training, however long the rest takes
MOST = 0.020          # in one piece: keys and the mouse are answered between two frames
_MORE = 1.4           # times the rest: no two frames are alike, and half of the time is the least
_LONGEST_FRAME = 0.032  # training and all: 30 frames a second
_NEWS = 0.25          # how much the last frame counts in what the rest is taken to need


class TimeShare:
    """Half of the time or more goes into training, unless the rest alone takes a whole frame."""

    def __init__(self) -> None:
        self._rest = LEAST

    @property
    def training(self) -> float:
        """Seconds of training for the next frame. Where the rest is quick, the frame is filled up."""
        wanted = min(max(_MORE * self._rest, FRAME - self._rest), MOST)
        return max(LEAST, min(wanted, _LONGEST_FRAME - self._rest))

    def put(self, rest: float) -> None:
        """So many seconds the last frame took besides its training."""
        self._rest += _NEWS * (max(0.0, rest) - self._rest)
