"""The buttons on the line of captions that give a layer units, take them, or make and remove layers."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from bpviz.engine.network import Network
from bpviz.explain.layout import Layout
from bpviz.explain.symbol import Names
from bpviz.qt.canvas.hit import between, column_at
from bpviz.qt.canvas.round_button import SIDE, RoundButton
from bpviz.qt.canvas.viewport import Viewport
from bpviz.qt.hand.shaper import LAST_UNIT, Shaper
from bpviz.qt.theme import Theme

_RAISED = 5.0        # the middle of a caption above its baseline
_BELOW_CHAIN = 22.0  # where the captions of neighbours stand too close


@dataclass(frozen=True, slots=True)
class Spot:
    """What the buttons are for: a layer, or the place between two columns where a new one would be it."""

    layer: int
    new: bool = False


def spot_at(layout: Layout, network: Network, x: float) -> Spot | None:
    """The hidden layer, or the place for one, at x; None beside the network and at its ends."""
    layer = column_at(layout, x)
    if layer is not None:
        return Spot(layer) if 0 <= layer < network.depth - 1 else None
    at = between(layout, x)
    return None if at is None else Spot(at, new=True)


class ShapeButtons(QWidget):
    """Stand where captions stand, which are neither numbers nor on the way of a pulse."""

    def __init__(self, canvas: QWidget, shaper: Shaper, theme: Theme) -> None:
        super().__init__(canvas)
        self._area = canvas
        self._shaper = shaper
        self._theme = theme
        self.spot: Spot | None = None
        self.fewer, self.more, self.away, self.layer = (
            RoundButton(sign, theme, self) for sign in ("−", "+", "×", "+")
        )
        self.fewer.clicked.connect(self._one_fewer)
        self.more.clicked.connect(self._one_more)
        self.away.clicked.connect(self._remove)
        self.layer.clicked.connect(self._add)
        theme.changed.connect(self.update)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing below it is painted for it
        self.hide()

    def show_for(self, spot: Spot, layout: Layout, view: Viewport, baseline: float, names: Names) -> None:
        """Those of a spot, if they find room in the picture."""
        shown = (self.layer,) if spot.new else (self.fewer, self.more, self.away)
        line = baseline + _BELOW_CHAIN if layout.chain else baseline - _RAISED
        centre = view.transform.map(QPointF(_x_of(layout, spot), line))
        box = QRect(0, 0, SIDE * len(shown), SIDE)
        box.moveCenter(centre.toPoint())
        box.moveBottom(min(box.bottom(), self._area.height() - 2))
        if centre.y() > self._area.height() or not self._area.rect().contains(box):
            self.put_away()
            return
        self.spot = spot
        self._say(spot, layout, names)
        for button in (self.fewer, self.more, self.away, self.layer):
            button.setVisible(button in shown)
        for k, button in enumerate(shown):
            button.move(k * SIDE, 0)
        self.setGeometry(box)
        self.show()

    def put_away(self) -> None:
        self.spot = None
        self.hide()

    # -- within ------------------------------------------------------------------------------

    def _say(self, spot: Spot, layout: Layout, names: Names) -> None:
        if spot.new:
            self.layer.say("Add a hidden layer here (Ctrl+Shift+Up, after the selected unit's layer)")
            return
        called = names.layer_phrase(spot.layer)
        alone = len(layout.column(spot.layer).where) == 1
        self.fewer.setEnabled(not alone)
        last = f"Remove the last unit of {called} (Ctrl+Down removes the selected one)"
        self.fewer.say(LAST_UNIT if alone else last)
        self.more.say(f"Add a unit to {called} (Ctrl+Up)")
        self.away.say(f"Remove {called} (Ctrl+Shift+Down)")

    def _one_fewer(self) -> None:
        if self.spot is not None:
            self._shaper.remove_unit(self.spot.layer)

    def _one_more(self) -> None:
        if self.spot is not None:
            self._shaper.add_unit(self.spot.layer)

    def _remove(self) -> None:
        if self.spot is not None:
            self._shaper.remove_layer(self.spot.layer)

    def _add(self) -> None:
        if self.spot is not None:
            self._shaper.add_layer(self.spot.layer)

    # -- Qt ----------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ground that covers the caption."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.palette.canvas))
        painter.end()


def _x_of(layout: Layout, spot: Spot) -> float:
    column = layout.column(spot.layer)
    return (column.x + layout.column(spot.layer - 1).x) / 2 if spot.new else column.x
