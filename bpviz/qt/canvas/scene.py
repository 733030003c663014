"""Everything one picture of the network is painted from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bpviz.explain.address import Address, Edge, Node
from bpviz.explain.detail import Detail
from bpviz.explain.frame import Frame
from bpviz.explain.layout import Layout
from bpviz.explain.part import Part
from bpviz.explain.route import Route
from bpviz.explain.symbol import Names
from bpviz.qt.palette import Palette, mixed

if TYPE_CHECKING:  # most pictures have none
    from bpviz.qt.canvas.heat import HeatPicture

DIMMED = 0.4  # what is not active keeps this share of its contrast


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A frame, where it stands, what it is called, how it is coloured, and what the eye is on."""

    layout: Layout
    frame: Frame
    detail: Detail
    names: Names
    palette: Palette
    hovered: Address | None = None
    selected: Address | None = None
    output_names: tuple[str, ...] = ()  # what several outputs stand for
    routes: tuple[Route, ...] = ()      # ways to the cost that are pointed out, the strongest first
    part: Part | None = None            # the quantity that is hovered elsewhere; it may be a whole layer's
    heat: HeatPicture | None = None     # the nodes' maps, in a layout that has room for them
    example: int | None = None          # the row of the batch that is shown; None is its mean

    @property
    def focus(self) -> Address | None:
        return self.hovered if self.hovered is not None else self.selected

    def toned(self, colour: str, active: bool) -> str:
        """A colour as it is where nothing happens now: nearer to the ground."""
        return colour if active else mixed(self.palette.canvas, colour, DIMMED)

    def faded(self, colour: str, level: float) -> str:
        """A colour on its way in."""
        return mixed(self.palette.canvas, colour, level)

    @property
    def on_weights(self) -> bool:
        """Whether the eye is on a weight, or on the weights of a whole layer, rather than on a unit."""
        return isinstance(self.focus, Edge) or (self.part is not None and self.part.of_weights)

    def haloed(self, node: Node) -> bool:
        """Whether the eye is on this very node, or on something of its whole layer."""
        return node in (self.hovered, self.selected) or (self.part is not None and self.part.concerns(node))

    def touches(self, edge: Edge) -> bool:
        """Whether the eye is on this edge or on a node at one of its ends."""
        if self.part is not None and self.part.address is None and self.part.concerns(edge):
            return True
        focus = self.focus
        if isinstance(focus, Edge):
            return focus == edge
        ends = (Node(edge.layer - 1, edge.source), Node(edge.layer, edge.target))
        return focus in ends
