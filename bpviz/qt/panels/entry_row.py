"""A setting that can be changed: its name, its number, and one sentence when an entry cannot be used."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from bpviz.qt.panels.number_field import NumberField
from bpviz.qt.theme import Theme

_FIELD = (80, 27)


class EntryRow(QWidget):
    """A caption and a field. Its owner decides what an entry means, and refuses it with a sentence."""

    entered = Signal(str)
    stepped = Signal(int)

    def __init__(self, caption: str, tip: str, theme: Theme, extra: QWidget | None = None) -> None:
        super().__init__()
        self._theme = theme
        self.field = NumberField()
        self.field.setFixedSize(*_FIELD)
        self.field.setAccessibleName(caption)
        self.field.setToolTip(tip)
        self.field.entered.connect(self.entered)
        self.field.stepped.connect(self.stepped)
        self.field.reverted.connect(self._forgive)
        self.field.lineEdit().textEdited.connect(self._forgive)
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self._lay_out(caption, tip, extra)
        theme.changed.connect(self._dress)
        self._dress()

    def show_text(self, text: str) -> None:
        self._forgive()
        self.field.show_text(text)

    def refuse(self, sentence: str) -> None:
        """Say why the entry is not applied; it stays to be mended."""
        self.trouble.setText(sentence)
        self.trouble.show()

    def _forgive(self) -> None:
        self.trouble.hide()
        self.trouble.clear()

    def _lay_out(self, caption: str, tip: str, extra: QWidget | None) -> None:
        label = QLabel(caption)
        label.setProperty("soft", True)
        label.setToolTip(tip)
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

    def _dress(self) -> None:
        self.trouble.setStyleSheet(f"color: {self._theme.palette.danger}; font-size: 12px;")
