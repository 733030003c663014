"""In which notation everything is written, and what the open network's parts are called in it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from bpviz.explain.symbol import NOTATIONS, Names, Notation
from bpviz.qt.session import Session


class Naming(QObject):
    """View state: the text's notation or the usual one, for all panels at once."""

    changed = Signal()  # another notation

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._notation: Notation = NOTATIONS[0]

    @property
    def notation(self) -> Notation:
        return self._notation

    @property
    def names(self) -> Names:
        """The symbols and words for the open network; classes are named where outputs stand for them."""
        return Names(self._session.network, self._session.dataset.class_names, self._notation)

    def set_notation(self, notation: str) -> None:
        """Anything but a known notation means the text's own."""
        wanted = next((known for known in NOTATIONS if known == notation), NOTATIONS[0])
        if wanted != self._notation:
            self._notation = wanted
            self.changed.emit()

    def toggle(self) -> None:
        self.set_notation(NOTATIONS[1 - NOTATIONS.index(self._notation)])
