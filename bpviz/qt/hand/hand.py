"""All that can be changed by hand in one view: weights and biases, the example, the network's shape."""

from __future__ import annotations

from PySide6.QtCore import QObject

from bpviz.explain.address import Address, Node
from bpviz.qt.hand.entry import Entry, entries_of, target_entry
from bpviz.qt.hand.example_editor import ExampleEditor
from bpviz.qt.hand.tuner import Tuner
from bpviz.qt.naming import Naming
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight


class Hand(QObject):
    """Each view that lets something be changed has a hand of its own, and so its own gestures."""

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._naming = naming
        self.tuner = Tuner(session, player, self)
        self.examples = ExampleEditor(session, player, spotlight, self)

    def entries(self, address: Address) -> list[Entry]:
        """What can be typed for a unit or a weight, the first one first; nothing for what has no number."""
        return entries_of(self._session, self.tuner, self.examples, self._naming.names, address)

    def target(self, output: int) -> Entry:
        """The target of an output, or the class that decides it."""
        node = Node(self._session.network.depth - 1, output)
        return target_entry(self.examples, self._naming.names, self._session.dataset, node)
