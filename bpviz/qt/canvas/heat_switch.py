"""Whether nodes show heat maps, and the button that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bpviz.explain.layout import Layout
from bpviz.qt.palette import Palette
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme

if TYPE_CHECKING:  # nothing of it is needed while there are no maps
    from bpviz.qt.canvas.heat import HeatPicture
    from bpviz.qt.canvas.heat_button import HeatButton
    from bpviz.qt.canvas.heating import Heating

_CORNER = (10, 6)  # from the upper right one: right of the network only targets stand
_INPUTS = 2


class HeatSwitch(QObject):
    """Off at first. What is chosen lasts while networks come and go to which it means nothing."""

    toggled = Signal()
    refused = Signal(str)

    def __init__(self, canvas: QWidget, session: Session, player: Player, theme: Theme) -> None:
        super().__init__(canvas)
        self._canvas, self._session, self._player, self._theme = canvas, session, player, theme
        self.on = False
        self.button: HeatButton | None = None
        self._heating: Heating | None = None
        player.mode_changed.connect(self._settle)
        session.experiment_changed.connect(self._offer)

    @property
    def possible(self) -> bool:
        """Two inputs span a plane."""
        return self._session.network.inputs == _INPUTS and self._session.dataset.image_shape is None

    @property
    def shown(self) -> bool:
        return self.on and self.possible

    def prepare(self) -> None:
        """Be there for the mouse."""
        from bpviz.qt.canvas.heat_button import HeatButton
        from bpviz.qt.tab_order import place

        self.button = HeatButton(self._theme, self._canvas)
        self.button.clicked.connect(self.toggle)
        place(self.button, self._canvas)
        self._offer()

    def set(self, on: bool) -> None:
        if on != self.on:
            self.on = on
            self._offer()
            self.toggled.emit()

    def toggle(self) -> None:
        if self.possible:
            self.set(not self.on)
        else:
            self.refused.emit(_why_not(self._session.network.inputs))

    def picture(self, layout: Layout, palette: Palette) -> HeatPicture | None:
        """The maps of the present step, in a layout that has room for them."""
        if not self.shown:
            return None
        if self._heating is None:
            from bpviz.qt.canvas.heating import Heating

            self._heating = Heating(self._session, self._player)
        made = self._heating.picture(layout, palette)
        if self.button is not None:
            self.button.show_scale(made.heat)
            self.stand()
        return made

    def stand(self) -> None:
        """Keep the button in its corner."""
        if self.button is not None:
            right, top = _CORNER
            self.button.move(self._canvas.width() - right - self.button.width(), top)

    def _offer(self) -> None:
        """The button, where it has something to show."""
        if self.button is None:
            return
        self.button.setVisible(self.possible)
        self.button.setChecked(self.on)
        if not self.shown:
            self.button.show_scale(None)
        self.button.resize(self.button.sizeHint())
        self.stand()

    def _settle(self) -> None:
        """What was shown while training rushed by may be of a step before this one."""
        if self.shown and not self._player.running:
            self._canvas.update()


def _why_not(inputs: int) -> str:
    has = "one input" if inputs == 1 else f"{inputs} inputs"
    return f"Heat maps are for networks of two inputs, which span a plane: this one has {has}."
