"""A field that opens in a cell of a table, to type another number there."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from bpviz.qt.hand.entry import Entry
from bpviz.qt.panels.entries import EntryError
from bpviz.qt.panels.number_field import NumberField
from bpviz.qt.panels.remark import Remark

_LEAST = (74, 24)


class CellField(NumberField):
    """Return enters and closes, Escape only closes; an entry that cannot be used stays, and why is said."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entry: Entry | None = None
        self.setProperty("small", True)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.entered.connect(self._take)
        self.stepped.connect(self._step)
        self.reverted.connect(self._close)
        self.left.connect(self._close)
        self.remark = Remark(parent)
        self.lineEdit().textEdited.connect(self.remark.forgive)
        self.hide()

    def open(self, entry: Entry, box: QRect, area: QRect) -> None:
        """Over a cell of an area, its right edge at the cell's where there is room."""
        self._entry = entry
        self.setAccessibleName(entry.caption)
        self.setToolTip(entry.tip)
        self.show_text(entry.text())
        place = QRect(QPoint(0, 0), box.size()).united(QRect(0, 0, *_LEAST))
        place.moveCenter(box.center())
        place.moveRight(min(box.right() + 2, area.right()))
        place.moveLeft(max(place.left(), area.left()))
        place.moveTop(max(area.top(), min(place.top(), area.bottom() - place.height())))
        self.setGeometry(place)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.selectAll()

    def _close(self) -> None:
        self._entry = None
        self.remark.forgive()
        self.hide()

    def _take(self, text: str) -> None:
        if self._entry is not None:
            entry = self._entry
            try:
                entry.enter(text)
            except EntryError as error:
                self.remark.say(str(error), self.geometry())
            else:
                self.show_text(entry.text())

    def _step(self, steps: int) -> None:
        if self._entry is not None:
            self._entry.step(steps)
            self.show_text(self._entry.text())
