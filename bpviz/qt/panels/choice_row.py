"""A setting that is chosen from a menu: its name, what is chosen, and a sentence when that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from bpviz.qt.panels.picker import Option, Picker
from bpviz.qt.panels.refusal import Refusal
from bpviz.qt.panels.tip import wrapped

_GAP = 4
_LEAST_WIDTH = 120


class ChoiceRow(QWidget):
    """A caption and a picker: on one line where the widest of the labels has room beside it, else on two.

    The widest decides, whatever is chosen, so that choosing moves nothing.
    """

    picked = Signal(str)

    def __init__(self, caption: str, tip: str, options: Callable[[], Sequence[Option]], widest: str) -> None:
        super().__init__()
        self._tip = wrapped(tip)
        self._widest = widest
        self._stacked: bool | None = None
        self.caption = QLabel(caption)
        self.caption.setProperty("soft", True)
        self.caption.setToolTip(self._tip)
        self.picker = Picker(caption, options)
        self.picker.picked.connect(self.picked)
        self.caption.setBuddy(self.picker)
        self.trouble = Refusal(after=self.picker)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._stack(False)

    def show_choice(self, name: str, label: str, tip: str = "") -> None:
        """tip: rich text about what is chosen, below what the setting is."""
        self.trouble.forgive()
        self.picker.show_choice(name, label, f"{self._tip}<p>{tip}</p>" if tip else self._tip)

    def _stack(self, stacked: bool) -> None:
        if stacked == self._stacked:
            return
        self._stacked = stacked
        for widget in (self.caption, self.picker, self.trouble):
            self._grid.removeWidget(widget)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(self.caption, 0, 0)
        if stacked:
            self._grid.addWidget(self.picker, 1, 0, 1, 2, right)
        else:
            self._grid.addWidget(self.picker, 0, 1, right)
        self._grid.addWidget(self.trouble, 2, 0, 1, 2)

    def _needed(self) -> int:
        self.picker.ensurePolished()
        metrics = self.picker.fontMetrics()
        more = metrics.horizontalAdvance(self._widest) - metrics.horizontalAdvance(self.picker.text())
        return self.caption.sizeHint().width() + _GAP + self.picker.sizeHint().width() + more

    # -- Qt ----------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack(self._needed() > event.size().width())

    def minimumSizeHint(self) -> QSize:
        """One line must not hold the panel open: when there is less room, there are two."""
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())
