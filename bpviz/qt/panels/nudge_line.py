"""What the last change of the selected weight was to do to the cost, and what it did."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from bpviz.explain.address import Address
from bpviz.explain.nudge import forgotten_words, nudge_words
from bpviz.explain.number import signed
from bpviz.qt.hand.tuner import Tuner


class NudgeLine(QLabel):
    """Hidden until something is changed here."""

    def __init__(self, tuner: Tuner) -> None:
        super().__init__()
        self._tuner = tuner
        self._address: Address | None = None
        self.setProperty("soft", True)
        self.setWordWrap(True)
        self.hide()
        tuner.changed.connect(self.refresh)

    def show_for(self, address: Address | None) -> None:
        """Another weight is selected: what was changed before is no longer told."""
        self._address = address
        if self._tuner.address not in (None, address):
            self._tuner.forget()
        self.refresh()

    def refresh(self) -> None:
        made = self._tuner.nudge
        if made is None or self._address is None or self._tuner.address != self._address:
            self.hide()
            return
        told = nudge_words(made)
        words = [
            f"Changed by {signed(made.change)}. The slope promises {signed(made.predicted)} for the cost, "
            f"and {signed(made.actual)} came{f': {told}' if told else ''}."
        ]
        if self._tuner.forgets:
            words.append(forgotten_words(self._tuner.step))
        self.setText(" ".join(words))
        self.show()
