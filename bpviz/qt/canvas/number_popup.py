"""A field that opens on the picture beside a number, to type another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from bpviz.qt.hand.entry import Entry
from bpviz.qt.panels.entries import EntryError
from bpviz.qt.panels.number_field import NumberField
from bpviz.qt.panels.refusal import Refusal

_WIDTH = 190
_AWAY = 14.0
_MARGIN = 6


class NumberPopup(QFrame):
    """Return enters and closes, Escape only closes; an entry that cannot be used stays, with a sentence."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self._area = parent
        self._entry: Entry | None = None
        self._at = QPointF()
        self._caption = QLabel()
        self._caption.setProperty("soft", True)
        self._caption.setWordWrap(True)
        self.field = NumberField()
        self.trouble = Refusal()
        self.field.entered.connect(self._enter)
        self.field.stepped.connect(self._step)
        self.field.reverted.connect(self.put_away)
        self.field.left.connect(self.put_away)
        self.field.lineEdit().textEdited.connect(self.trouble.forgive)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        column.setSpacing(6)
        for widget in (self._caption, self.field, self.trouble):
            column.addWidget(widget)
        self.setFixedWidth(_WIDTH)
        QWidget.setTabOrder(parent, self.field)
        self.hide()

    def open(self, entry: Entry, at: QPointF) -> None:
        """Below a point of the parent, or above where there is no room."""
        self._entry = entry
        self._caption.setText(entry.caption[:1].upper() + entry.caption[1:])
        self.field.setAccessibleName(entry.caption)
        self.field.setToolTip(entry.tip)
        self.trouble.forgive()
        self.field.show_text(entry.text())
        self._at = at
        self._fit()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.selectAll()

    def put_away(self) -> None:
        if self.isVisible():
            self._entry = None
            self.hide()
            self.closed.emit()

    # -- within ------------------------------------------------------------------------------

    def _fit(self) -> None:
        self.adjustSize()
        area = self._area.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        x = min(max(self._at.x() - self.width() / 2, area.left()), area.right() - self.width())
        y = self._at.y() + _AWAY
        if y + self.height() > area.bottom():
            y = max(float(area.top()), self._at.y() - _AWAY - self.height())
        self.move(round(x), round(y))

    def _enter(self, text: str) -> None:
        if self._entry is None:
            return
        entry = self._entry
        self._attempt(lambda: entry.enter(text))

    def _step(self, steps: int) -> None:
        if self._entry is None:
            return
        entry = self._entry
        self._attempt(lambda: entry.step(steps))

    def _attempt(self, act: Callable[[], None]) -> None:
        try:
            act()
        except EntryError as error:
            self.trouble.say(str(error))
            self._fit()
        else:
            self.trouble.forgive()
            if self._entry is not None:
                self.field.show_text(self._entry.text())
