"""What the eye is on: the node or edge hovered and selected, and the example that is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from bpviz.explain.address import INPUT, Address, Node
from bpviz.qt.session import Session


class Spotlight(QObject):
    """View state only; nothing here is in the record."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._hovered: Address | None = None
        self._selected: Address | None = None
        self._example: int | None = 0
        session.experiment_changed.connect(self._forget)

    @property
    def hovered(self) -> Address | None:
        return self._hovered

    @property
    def selected(self) -> Address | None:
        return self._selected

    @property
    def focus(self) -> Address | None:
        """What is hovered, or else what is selected."""
        return self._hovered if self._hovered is not None else self._selected

    @property
    def example(self) -> int | None:
        """The row of the present batch that is shown, or None for the mean over the batch."""
        if self._example is None:
            return None
        return min(self._example, self._session.record.batch - 1)

    def hover(self, address: Address | None) -> None:
        if address != self._hovered:
            self._hovered = address
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

    def _forget(self) -> None:
        """Another experiment: keep the selection only if it still stands somewhere."""
        sizes = self._session.network.sizes
        self._hovered = None
        if self._selected is not None and not _stands(self._selected, sizes):
            self._selected = None
        self.changed.emit()


def _stands(address: Address, sizes: tuple[int, ...]) -> bool:
    if isinstance(address, Node):
        return INPUT <= address.layer < len(sizes) - 1 and address.unit < sizes[address.layer + 1]
    fits = address.layer < len(sizes) - 1
    return fits and address.source < sizes[address.layer] and address.target < sizes[address.layer + 1]
