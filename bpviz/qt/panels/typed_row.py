"""One number of a unit, a weight or the example in a panel: it can be typed, or stepped by keys and wheel."""

from __future__ import annotations

from collections.abc import Callable

from bpviz.qt.hand.entry import Entry
from bpviz.qt.panels.entries import EntryError
from bpviz.qt.panels.entry_row import EntryRow


class TypedRow(EntryRow):
    """Shows an entry as it is now; what it cannot be is said below it."""

    def __init__(self) -> None:
        super().__init__("", "")
        self._entry: Entry | None = None
        self.entered.connect(self._enter)
        self.stepped.connect(self._step)

    def show_entry(self, entry: Entry | None) -> None:
        """Of what is looked at now; none hides the row. What is being typed for the same stays."""
        if entry is None:
            self._entry = None
            if not self.isHidden():
                self.put_away()
            return
        same = self._entry is not None and self._entry.caption == entry.caption
        self._entry = entry
        self.caption.setText(entry.short)
        self.field.setToolTip(entry.tip)
        self.field.setAccessibleName(entry.caption)
        if not (same and self.field.lineEdit().isModified()):
            self.show_text(entry.text())
        self.show()

    def _enter(self, text: str) -> None:
        self._try(lambda entry: entry.enter(text))

    def _step(self, steps: int) -> None:
        self._try(lambda entry: entry.step(steps))

    def _try(self, act: Callable[[Entry], None]) -> None:
        if self._entry is None:
            return
        try:
            act(self._entry)
        except EntryError as error:
            self.refuse(str(error))
        else:
            self.show_text(self._entry.text())
