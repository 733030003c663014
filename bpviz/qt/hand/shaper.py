"""Gives the network units and layers, and takes them away; what cannot be is said in a sentence."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from bpviz.document import editing
from bpviz.document.editing import Edit
from bpviz.document.errors import DocumentError
from bpviz.engine.errors import EngineError
from bpviz.explain.address import INPUT, Node
from bpviz.qt.panels.refusal import sentence
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight

OUTPUTS_FIXED = "The outputs are the targets of the data: other data change how many there are."
INPUTS_FIXED = "The inputs are the columns of the data: other data change how many there are."
LAST_UNIT = "A layer keeps at least one unit. Remove the whole layer instead."
OUTPUT_IS_LAST = "Nothing comes after the output. Select another unit: the new layer comes after its layer."
_NOTHING_SELECTED = "Select a unit first: its layer is the one that is changed (N selects the next)."


class Shaper(QObject):
    """Edits by layer, as buttons ask for them, and by what is selected, as keys do."""

    refused = Signal(str)

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._player = player
        self._spotlight = spotlight

    # -- by layer ----------------------------------------------------------------------------

    def why_fixed(self, layer: int) -> str:
        """Why a column has neither plus nor minus; nothing for a hidden layer."""
        if layer == INPUT:
            return INPUTS_FIXED
        return OUTPUTS_FIXED if layer == self._session.network.depth - 1 else ""

    def add_unit(self, layer: int) -> None:
        self._change(layer, lambda: editing.add_unit(self._session.experiment, layer))

    def remove_unit(self, layer: int, unit: int | None = None) -> None:
        """This unit, or the layer's last. The eye goes to a neighbour of what was selected."""
        units = self._session.network.sizes[layer + 1]
        if not self.why_fixed(layer) and units == 1:
            self.refused.emit(LAST_UNIT)
            return
        done = self._change(layer, lambda: editing.remove_unit(self._session.experiment, layer, unit))
        if done and unit is not None:
            self._spotlight.select(Node(layer, min(unit, units - 2)))

    def add_layer(self, at: int) -> None:
        """A layer that becomes layer `at`."""
        self._attempt(lambda: editing.add_layer(self._session.experiment, at))

    def remove_layer(self, layer: int) -> None:
        self._change(layer, lambda: editing.remove_layer(self._session.experiment, layer))

    # -- by what is selected -----------------------------------------------------------------

    def add_unit_here(self) -> None:
        self._at_selected(lambda node: self.add_unit(node.layer))

    def remove_unit_here(self) -> None:
        self._at_selected(lambda node: self.remove_unit(node.layer, node.unit))

    def add_layer_here(self) -> None:
        """After the layer of the selected unit."""
        self._at_selected(self._add_after)

    def remove_layer_here(self) -> None:
        self._at_selected(lambda node: self.remove_layer(node.layer))

    # -- within ------------------------------------------------------------------------------

    def _add_after(self, node: Node) -> None:
        if node.layer == self._session.network.depth - 1:
            self.refused.emit(OUTPUT_IS_LAST)
        else:
            self.add_layer(node.layer + 1)

    def _at_selected(self, act: Callable[[Node], None]) -> None:
        selected = self._spotlight.selected
        if isinstance(selected, Node):
            act(selected)
        else:
            self.refused.emit(_NOTHING_SELECTED)

    def _change(self, layer: int, edit: Callable[[], Edit]) -> bool:
        why = self.why_fixed(layer)
        if why:
            self.refused.emit(why)
            return False
        return self._attempt(edit)

    def _attempt(self, edit: Callable[[], Edit]) -> bool:
        self._player.pause()
        try:
            self._session.apply(edit())
        except (DocumentError, EngineError) as error:
            self.refused.emit(sentence(error))
            return False
        return True
