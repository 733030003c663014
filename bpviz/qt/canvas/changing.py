"""What the mouse and the keys change on the network: weights, the example, units and layers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent

from bpviz.explain.address import INPUT, Address, Edge, Node
from bpviz.qt.canvas.hit import column_at, target_at, written_at
from bpviz.qt.canvas.holding import Holding, Painting, Panning, Tuning
from bpviz.qt.canvas.labels import PLATE, caption_baseline
from bpviz.qt.canvas.number_popup import NumberPopup
from bpviz.qt.canvas.shape_buttons import ShapeButtons, Spot, spot_at
from bpviz.qt.hand.brush import Brush
from bpviz.qt.hand.entry import Entry
from bpviz.qt.hand.hand import Hand
from bpviz.qt.hand.shaper import Shaper
from bpviz.qt.hand.tuner import COARSE
from bpviz.qt.naming import Naming
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

if TYPE_CHECKING:
    from bpviz.qt.canvas.view import NetworkCanvas

_NOTCH = 120.0      # of a wheel's angle
_CAPTION = 16.0     # a caption answers so far from its line


class Changing(QObject):
    """The canvas tells it what happens; it knows what is held and what is open."""

    def __init__(
        self, canvas: NetworkCanvas, session: Session, player: Player, spotlight: Spotlight, naming: Naming,
        theme: Theme,
    ) -> None:
        super().__init__(canvas)
        self._canvas, self._session, self._spotlight, self._naming = canvas, session, spotlight, naming
        self._player = player
        self._held: Holding | None = None
        self._spot: Spot | None = None      # whose buttons were last looked for
        self._mouse: QPointF | None = None  # where it was last, while it is here
        self.hand = Hand(session, player, spotlight, naming, self)
        self.brush = Brush(session, self.hand.examples, self)
        self.shaper = Shaper(session, player, spotlight, self)
        self.buttons = ShapeButtons(canvas, self.shaper, theme)
        self.popup: NumberPopup | None = None  # made when it is first opened
        self.shaper.refused.connect(canvas.refused)
        self.brush.refused.connect(canvas.refused)
        self.hand.tuner.changed.connect(self._tuned)
        session.experiment_changed.connect(self._begin)

    @property
    def acts(self) -> dict[str, Callable[[], None]]:
        """What keys do, by the names that shortcuts have for it."""
        return {
            "type_selected": self.type_selected,
            "add_unit": self.shaper.add_unit_here,
            "remove_unit": self.shaper.remove_unit_here,
            "add_layer": self.shaper.add_layer_here,
            "remove_layer": self.shaper.remove_layer_here,
        }

    # -- what is -----------------------------------------------------------------------------

    @property
    def dragging(self) -> bool:
        return self._held is not None and self._held.dragged

    @property
    def busy(self) -> bool:
        """Whether Escape has something to take back."""
        return self._held is not None

    @property
    def typing(self) -> bool:
        """Whether the field is open: it stands where the box of what the mouse is on would be."""
        return self.popup is not None and self.popup.isVisible()

    @property
    def same_picture(self) -> bool:
        """Whether the experiment that opens is the one that is open, with another example."""
        return self.hand.examples.changing

    def tip(self, at: QPointF) -> str:
        """Why a caption's column has no buttons."""
        layout, place = self._canvas.network_layout(), self._canvas.view.inside(at)
        layer = column_at(layout, place.x())
        near = abs(place.y() - caption_baseline(self._canvas.scene())) < _CAPTION
        return self.shaper.why_fixed(layer) if layer is not None and near else ""

    # -- typing ------------------------------------------------------------------------------

    def type_selected(self) -> None:
        """Open a field for the selected weight, bias or input."""
        selected = self._spotlight.selected
        if selected is None:
            self._canvas.refused.emit("Select a weight or a unit first: E and N select the next one.")
        else:
            self._type(selected)

    def type_at(self, at: QPointF, found: Address | None) -> None:
        """Open a field for what stands there, if it is a number that can be typed."""
        place = self._canvas.view.inside(at)
        output = target_at(self._canvas.network_layout(), place.x(), place.y())
        if output is not None:
            self._open([self.hand.target(output)], at)
            return
        found = found or self._written(place)
        if found is not None and not self._is_pixel(found):
            self._type(found)

    def _type(self, address: Address) -> None:
        entries = self.hand.entries(address)
        if entries:
            self._open(entries, self._below(address))
        else:
            self._canvas.refused.emit("This unit has no bias. The set-up gives its layer one.")

    def _open(self, entries: list[Entry], at: QPointF) -> None:
        self._player.pause()
        self.buttons.put_away()
        if self.popup is None:
            self.popup = NumberPopup(self._canvas)
            self.popup.closed.connect(self._canvas.setFocus)
            self.popup.closed.connect(self.look)
        self.popup.open(entries[0], at)

    def _below(self, address: Address) -> QPointF:
        layout, at = self._canvas.network_layout(), self._canvas.view.transform
        if isinstance(address, Node):
            x, y = layout.position(address) or (0.0, 0.0)
            return at.map(QPointF(x, y + layout.reach))
        start = layout.position(Node(address.layer - 1, address.source)) or (0.0, 0.0)
        end = layout.position(Node(address.layer, address.target)) or (0.0, 0.0)
        return at.map(QPointF((start[0] + end[0]) / 2, (start[1] + end[1]) / 2))

    # -- the mouse ---------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        if self._held is not None or not (left or event.button() == Qt.MouseButton.RightButton):
            return
        self._canvas.setFocus()
        held = self._taken(event.position(), left)
        if held is not None:
            self._held = held
            self.buttons.put_away()

    def move(self, event: QMouseEvent) -> bool:
        """Whether something is held, and so was moved."""
        if self._held is None:
            return False
        self._held.move(event)
        if self._held.dragged:
            self._canvas.setCursor(self._held.cursor)
            self._canvas.update()
        return True

    def release(self, event: QMouseEvent) -> bool:
        """Whether it was a click."""
        held = self._held
        if held is None or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return False
        self._held = None
        held.release()
        self._canvas.unsetCursor()
        self.look()
        return not held.dragged

    def cancel(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.cancel()
            self._canvas.unsetCursor()
            self.look()
            self._canvas.update()

    def hover(self, at: QPointF, found: Address | None) -> None:
        """Show the buttons of the column there, and put away what speaks of another weight."""
        tuner, place = self.hand.tuner, self._canvas.view.inside(at)
        if tuner.address is not None and tuner.address not in (found, self._written(place)):
            tuner.forget()
        if self._grabs(found or self._written(place)):
            self._canvas.setCursor(Qt.CursorShape.SizeVerCursor)
        elif found is not None and self._is_pixel(found):
            self._canvas.setCursor(Qt.CursorShape.CrossCursor)
        self._mouse = at
        if self._wanted() != self._spot:
            self.look()

    def leave(self) -> None:
        self.hand.tuner.forget()
        self._mouse = None
        self.look()

    def turn(self, event: QWheelEvent, found: Address | None) -> bool:
        """Whether the wheel was turned over the selected weight or bias, and so changed it."""
        if found is None or found != self._spotlight.selected or self.hand.tuner.value(found) is None:
            return False
        fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        angle = event.angleDelta().y() or event.angleDelta().x()
        self.hand.tuner.nudge_by(found, angle / _NOTCH * (1 if fine else COARSE))
        return True

    def look(self) -> None:
        """Show the buttons of the column that the mouse is on, or else of the selected unit's."""
        spot = self._spot = self._wanted()
        busy = self._held is not None or self.typing or self.hand.tuner.nudge is not None
        if spot is None or busy:
            self.buttons.put_away()
            return
        scene = self._canvas.scene()
        baseline = caption_baseline(scene)
        self.buttons.show_for(spot, scene.layout, self._canvas.view, baseline, scene.names)

    # -- within ------------------------------------------------------------------------------

    def _taken(self, at: QPointF, left: bool) -> Holding | None:
        """What a press takes hold of."""
        found = self._canvas.found(at)
        if isinstance(found, Node) and self._is_pixel(found):
            column = self._canvas.network_layout().column(INPUT)
            return Painting(self.brush, column, self._canvas.view, at, found.unit, erase=not left)
        if not left:
            return None
        if found is None:
            found = self._written(self._canvas.view.inside(at))
        if found is not None and self._grabs(found):
            self._spotlight.hover(found)  # the mouse may be on its number only
            return Tuning(self.hand.tuner, found, at)
        return Panning(self._canvas.view, at)

    def _grabs(self, address: Address | None) -> bool:
        """Whether a drag there changes it: what is selected, and every weight where few enough are drawn."""
        if address is None or self.hand.tuner.value(address) is None:
            return False
        written = isinstance(address, Edge) and self._canvas.network_layout().detailed
        return written or address == self._spotlight.selected

    def written(self, at: QPointF) -> Edge | None:
        """The edge whose number is written there."""
        return self._written(self._canvas.view.inside(at))

    def _written(self, place: QPointF) -> Edge | None:
        return written_at(self._canvas.network_layout(), self._canvas.detail(), place.x(), place.y(), PLATE)

    def _is_pixel(self, address: Address) -> bool:
        return address.layer == INPUT and self._canvas.network_layout().column(INPUT).is_image

    def _wanted(self) -> Spot | None:
        """Where the mouse is, or else the selected unit's layer."""
        if self._mouse is not None:
            x = self._canvas.view.inside(self._mouse).x()
            hovered = spot_at(self._canvas.network_layout(), self._session.network, x)
            if hovered is not None:
                return hovered
        selected = self._spotlight.selected
        if isinstance(selected, Node) and 0 <= selected.layer < self._session.network.depth - 1:
            return Spot(selected.layer)
        return None

    def _tuned(self) -> None:
        self.look()
        self._canvas.update()

    def _begin(self) -> None:
        if not self.same_picture:
            self._held = None
            if self.popup is not None:
                self.popup.put_away()
