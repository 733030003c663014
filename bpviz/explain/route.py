"""A way through the network: one unit a layer, from a variable up to an output."""

from __future__ import annotations

from dataclasses import dataclass

from bpviz.explain.address import Edge, Node


@dataclass(frozen=True, slots=True)
class Route:
    """units[i] is the unit passed in layer `first` + i; the last is an output.

    first may be INPUT. `into` is the weight whose derivative is asked for, where it is one: it leads into
    the first unit.
    """

    first: int
    units: tuple[int, ...]
    product: float
    into: Edge | None = None

    @property
    def nodes(self) -> tuple[Node, ...]:
        return tuple(Node(self.first + i, unit) for i, unit in enumerate(self.units))

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The weights passed from unit to unit, not counting `into`."""
        below = zip(self.units, self.units[1:], strict=False)
        return tuple(Edge(self.first + 1 + i, s, t) for i, (s, t) in enumerate(below))
