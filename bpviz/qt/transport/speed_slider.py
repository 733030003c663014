"""The one slider for speed, with what its position means under it, or how fast training really goes."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from bpviz.explain.number import number
from bpviz.qt.fonts import SMALL, number_font, ui_font
from bpviz.qt.player import Player
from bpviz.qt.session import Session

_POSITIONS = 200
_WIDTH = 168
_TIP = (
    "Speed (+ and −): from one phase every few seconds, through one step a frame, "
    "to as fast as the machine can. At high speeds the phases are not shown."
)
_LOOK_MS = 500  # between two looks at the measured speed: as often as it can be read


class SpeedSlider(QWidget):
    """Asks the player for a speed, and shows the one in force.

    While training runs without phases the measured speed stands there: how many steps are taken in a second,
    of which the frames on the canvas show but a few.
    """

    def __init__(self, session: Session, player: Player) -> None:
        super().__init__()
        self._session = session
        self._player = player
        self._looks = QTimer(self)
        self._looks.setInterval(_LOOK_MS)
        self._looks.timeout.connect(self.look)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, _POSITIONS)
        self._slider.setPageStep(_POSITIONS // 20)
        self._slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._slider.setAccessibleName("Speed")
        self._slider.setToolTip(_TIP)
        self._pace = QLabel()
        self._pace.setFont(number_font(SMALL))
        self._pace.setProperty("soft", True)
        self._lay_out()
        self._slider.valueChanged.connect(self._ask)
        player.mode_changed.connect(self._follow)
        self._follow()

    @property
    def text(self) -> str:
        return self._pace.text()

    @property
    def label(self) -> QLabel:
        return self._pace

    @property
    def slider(self) -> QSlider:
        return self._slider

    def _lay_out(self) -> None:
        name = QLabel("Speed")
        name.setFont(ui_font(SMALL))
        name.setProperty("soft", True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(0)
        grid.addWidget(name, 0, 0)
        grid.addWidget(self._slider, 0, 1)
        grid.addWidget(self._pace, 1, 1)
        self.setFixedWidth(_WIDTH)

    def _ask(self, position: int) -> None:
        self._player.set_speed(position / _POSITIONS)

    def look(self) -> None:
        """Write down what is so now; the timer asks while training runs."""
        steps = self._player.steps_a_second
        if steps is None:
            self._pace.setText(self._player.pace_text)
            self._pace.setToolTip(_TIP)
            return
        epochs = steps / self._session.trainer.steps_per_epoch
        told = (f"{number(epochs)} epochs", f"{number(steps)} steps")
        exact = self._player.pace.steps_per_second or self._player.pace.steps_per_frame
        self._pace.setText(f"{told[bool(exact)]}/s")
        self._pace.setToolTip(f"Measured over the last second: {told[0]}, {told[1]}. Few of them are shown.")

    def _follow(self) -> None:
        if self._player.phases_shown:
            self._looks.stop()
        else:
            self._looks.start()
        self.look()
        position = round(self._player.speed * _POSITIONS)
        if position != self._slider.value():
            # The player keeps its own speed: shortcuts may stand between two positions of the slider.
            self._slider.blockSignals(True)
            self._slider.setValue(position)
            self._slider.blockSignals(False)
