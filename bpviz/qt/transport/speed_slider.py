"""The one slider for speed, with what its position means written under it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from bpviz.qt.fonts import SMALL, number_font, ui_font
from bpviz.qt.player import Player

_POSITIONS = 200
_WIDTH = 168
_TIP = (
    "Speed (+ and −): from one phase every few seconds, through one step a frame, "
    "to as fast as the machine can. At high speeds the phases are not shown."
)


class SpeedSlider(QWidget):
    """Asks the player for a speed, and shows the one in force."""

    def __init__(self, player: Player) -> None:
        super().__init__()
        self._player = player
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, _POSITIONS)
        self._slider.setPageStep(_POSITIONS // 20)
        self._slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._slider.setAccessibleName("Speed")
        self._slider.setToolTip(_TIP)
        self._pace = QLabel()
        self._pace.setFont(number_font(SMALL))
        self._pace.setProperty("faint", True)
        self._lay_out()
        self._slider.valueChanged.connect(self._ask)
        player.mode_changed.connect(self._follow)
        self._follow()

    @property
    def text(self) -> str:
        return self._pace.text()

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

    def _follow(self) -> None:
        self._pace.setText(self._player.pace_text)
        position = round(self._player.speed * _POSITIONS)
        if position != self._slider.value():
            # The player keeps its own speed: shortcuts may stand between two positions of the slider.
            self._slider.blockSignals(True)
            self._slider.setValue(position)
            self._slider.blockSignals(False)
