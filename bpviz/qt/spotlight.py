"""What the eye is on: the node, edge or quantity hovered, what is selected, and the example shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from bpviz.explain.address import INPUT, Address, Node
from bpviz.explain.part import Part
from bpviz.explain.route import Route
from bpviz.qt.session import Session


class Spotlight(QObject):
    """View state only; nothing here is in the record.

    Another experiment may be open before anyone has looked elsewhere, so what does not stand in the present
    network is not given out.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._hovered: Address | None = None
        self._part: Part | None = None
        self._routes: tuple[Route, ...] = ()
        self._selected: Address | None = None
        self._example: int | None = 0
        session.experiment_changed.connect(self._forget)

    @property
    def hovered(self) -> Address | None:
        return self._standing(self._hovered)

    @property
    def part(self) -> Part | None:
        """The very quantity that is hovered, where that is known: in an equation, the code, the memo."""
        part = self._part
        if part is None or not INPUT <= part.layer < self._session.network.depth:
            return None
        return part if part.address is None or self._standing(part.address) is not None else None

    @property
    def routes(self) -> tuple[Route, ...]:
        """The ways from a variable to the cost that are drawn on the network, the strongest first."""
        standing = (all(map(self._standing, route.nodes)) for route in self._routes)
        return tuple(route for route, stands in zip(self._routes, standing, strict=True) if stands)

    @property
    def selected(self) -> Address | None:
        return self._standing(self._selected)

    @property
    def focus(self) -> Address | None:
        """What is hovered, or else what is selected."""
        hovered = self.hovered
        return hovered if hovered is not None else self.selected

    @property
    def example(self) -> int | None:
        """The row of the present batch that is shown, or None for the mean over the batch."""
        if self._example is None:
            return None
        return min(self._example, self._session.record.batch - 1)

    def lights(self, part: Part | None) -> bool:
        """Whether the eye is on this quantity: hovered itself, or of the unit or weight in focus."""
        if part is None:
            return False
        hovered = self.part
        if hovered is not None:
            return hovered.meets(part)
        return self.focus is not None and part.concerns(self.focus)

    def hover(self, address: Address | None) -> None:
        self._hover(address, None)

    def hover_part(self, part: Part | None) -> None:
        """The mouse is on a quantity; it lights up wherever it is shown."""
        self._hover(part.address if part is not None else None, part)

    def show_routes(self, routes: tuple[Route, ...]) -> None:
        if routes != self._routes:
            self._routes = routes
            self.changed.emit()

    def select(self, address: Address | None) -> None:
        if address != self._selected:
            self._selected = address
            self.changed.emit()

    def set_example(self, example: int | None) -> None:
        """Show a row of the batch, counted from 0 and wrapped around; None shows the batch's mean."""
        row = None if example is None else example % self._session.record.batch
        if row != self._example:
            self._example = row
            self.changed.emit()

    def next_example(self) -> None:
        self.set_example(0 if self.example is None else self.example + 1)

    def previous_example(self) -> None:
        self.set_example(0 if self.example is None else self.example - 1)

    def toggle_mean(self) -> None:
        self.set_example(0 if self._example is None else None)

    def let_go(self) -> None:
        self.select(None)

    def _hover(self, address: Address | None, part: Part | None) -> None:
        if (address, part) != (self._hovered, self._part):
            self._hovered, self._part = address, part
            self.changed.emit()

    def _standing(self, address: Address | None) -> Address | None:
        return address if address is not None and _stands(address, self._session.network.sizes) else None

    def _forget(self) -> None:
        """Another experiment: keep the selection only if it still stands somewhere."""
        self._hovered = self._part = None
        self._routes = ()
        self._selected = self.selected
        self.changed.emit()


def _stands(address: Address, sizes: tuple[int, ...]) -> bool:
    if isinstance(address, Node):
        return INPUT <= address.layer < len(sizes) - 1 and address.unit < sizes[address.layer + 1]
    fits = address.layer < len(sizes) - 1
    return fits and address.source < sizes[address.layer] and address.target < sizes[address.layer + 1]
