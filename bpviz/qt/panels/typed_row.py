"""One number of a unit, a weight or the example in a panel: it can be typed, or stepped by keys and wheel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QToolButton

from bpviz.qt.hand.entry import Entry
from bpviz.qt.panels.entries import EntryError
from bpviz.qt.panels.entry_row import EntryRow
from bpviz.qt.theme import Theme, icon

_LOCK, _ICON = 26, 16


class TypedRow(EntryRow):
    """Shows an entry as it is now; what it cannot be is said below it."""

    def __init__(self, theme: Theme) -> None:
        lock = QToolButton()
        super().__init__("", "", lock)
        self._theme = theme
        self.lock = lock
        self.lock.setCheckable(True)
        self.lock.setProperty("small", True)
        self.lock.setFixedSize(_LOCK, _LOCK)
        self.lock.clicked.connect(self._toggle)
        theme.changed.connect(self._dress)
        self._dress()
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
        self._show_lock(entry)
        self.show()

    def _show_lock(self, entry: Entry) -> None:
        self.lock.setVisible(entry.frozen is not None)
        self.lock.setChecked(bool(entry.frozen))
        freeze, thaw = "Freeze it: training leaves it as it is", "Thaw it: training changes it again"
        act = thaw if entry.frozen else freeze
        self.lock.setToolTip(f"{act} (L)")
        self.lock.setAccessibleName(f"{act.partition(':')[0]}, {entry.caption}")

    def _toggle(self) -> None:
        if self._entry is not None and self._entry.freeze is not None:
            self._entry.freeze()

    def _dress(self) -> None:
        self.lock.setIcon(icon("lock", self._theme.palette.ink_soft, _ICON))

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
