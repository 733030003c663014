"""The bar at the bottom: step through the telling, run, scrub, and set the speed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from bpviz.qt.icons import icon
from bpviz.qt.naming import Naming
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme
from bpviz.qt.transport.run_strip import RunStrip
from bpviz.qt.transport.speed_slider import SpeedSlider
from bpviz.qt.transport.step_readout import StepReadout
from bpviz.qt.transport.timeline_bar import TimelineBar

_ICON = 20
_RUN_WIDTH = 92


class Transport(QWidget):
    """Every button asks the player; what is shown follows from its signals and the session's."""

    def __init__(self, session: Session, player: Player, naming: Naming, theme: Theme) -> None:
        super().__init__()
        self._player = player
        self._theme = theme
        self._buttons: list[tuple[QToolButton, str]] = []
        self.run_button = self._make_run_button()
        self.run_strip = RunStrip(session, player, theme)
        self.timeline = TimelineBar(session, player, naming, theme)
        self.speed = SpeedSlider(session, player)
        self.readout = StepReadout(session, theme)
        self._lay_out()
        theme.changed.connect(self._dress)
        player.mode_changed.connect(self._show_mode)
        self._dress()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 16, 8)
        row.setSpacing(14)
        steps = QHBoxLayout()
        steps.setSpacing(2)
        for button in self._step_buttons():
            steps.addWidget(button)
        told = QVBoxLayout()
        told.setSpacing(4)
        told.addWidget(self.run_strip)
        told.addWidget(self.timeline)
        row.addLayout(steps)
        row.addWidget(self.run_button)
        row.addLayout(told, 1)
        row.addWidget(self.speed)
        row.addWidget(self.readout)

    def _step_buttons(self) -> list[QToolButton]:
        player = self._player
        return [
            self._button("first", "Back to the start, same first weights", "Home", player.to_start),
            self._button("previous-step", "Previous training step", "Shift+Left", player.previous_step),
            self._button("previous", "Previous phase", "Left or <", player.previous_phase),
            self._button("next", "Next phase", "Right or >", player.next_phase),
            self._button("next-step", "Next training step", "Shift+Right", player.next_step),
        ]

    def _button(self, picture: str, name: str, keys: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setObjectName(picture)
        button.setIconSize(QSize(_ICON, _ICON))
        button.setToolTip(f"{name} ({keys})")
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(act)
        self._buttons.append((button, picture))
        return button

    def _make_run_button(self) -> QPushButton:
        button = QPushButton()
        button.setProperty("accent", True)
        button.setFixedWidth(_RUN_WIDTH)
        button.setMinimumHeight(34)
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._player.toggle_run)
        return button

    def _dress(self) -> None:
        for button, picture in self._buttons:
            button.setIcon(icon(picture, self._theme.palette.ink, _ICON))
        self._show_mode()

    def _show_mode(self) -> None:
        running = self._player.running
        name = "Pause" if running else "Run"
        self.run_button.setText(name)
        self.run_button.setAccessibleName(name)
        self.run_button.setToolTip(f"{'Pause here' if running else 'Run: go on training'} (Space)")
        self.run_button.setIcon(icon("pause" if running else "play", self._theme.palette.accent_ink, 16))
