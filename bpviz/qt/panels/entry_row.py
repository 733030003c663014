"""A setting that can be typed: its name, its number, and one sentence when an entry cannot be used."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from bpviz.qt.panels.number_field import NumberField
from bpviz.qt.panels.refusal import Refusal
from bpviz.qt.panels.tip import wrapped

_FIELD = (80, 27)


class EntryRow(QWidget):
    """A caption and a field. Its owner decides what an entry means, and refuses it with a sentence."""

    entered = Signal(str)
    stepped = Signal(int)

    def __init__(self, caption: str, tip: str, extra: QWidget | None = None) -> None:
        super().__init__()
        self.field = NumberField()
        self.field.setFixedSize(*_FIELD)
        self.field.setAccessibleName(caption)
        self.field.setToolTip(wrapped(tip))
        self.field.entered.connect(self.entered)
        self.field.stepped.connect(self.stepped)
        self.trouble = Refusal()
        self.field.reverted.connect(self.trouble.forgive)
        self.field.lineEdit().textEdited.connect(self.trouble.forgive)
        self._lay_out(caption, tip, extra)

    def show_text(self, text: str) -> None:
        self.trouble.forgive()
        self.field.show_text(text)

    def put_away(self) -> None:
        """Hide it, with whatever was being typed: leaving a field would enter that."""
        self.show_text("")
        self.hide()

    def refuse(self, sentence: str) -> None:
        """Say why the entry is not applied; it stays to be mended."""
        self.trouble.say(sentence)

    def _lay_out(self, caption: str, tip: str, extra: QWidget | None) -> None:
        self.caption = label = QLabel(caption)
        label.setProperty("soft", True)
        label.setToolTip(wrapped(tip))
        label.setBuddy(self.field)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(4)
        grid.addWidget(label, 0, 0)
        grid.setColumnStretch(0, 1)
        if extra is not None:
            grid.addWidget(extra, 0, 1)
        grid.addWidget(self.field, 0, 2)
        grid.addWidget(self.trouble, 1, 0, 1, 3)
