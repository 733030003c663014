"""Which class the next points are of: a button each, with the marker and its key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from bpviz.qt.data.marker import stamp
from bpviz.qt.plots.choice import ChoiceButton
from bpviz.qt.theme import Theme


class ClassSwitch(QWidget):
    """Says when a person chooses another."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._names: tuple[str, ...] = ()
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.setAccessibleName("Class of the next points")
        theme.changed.connect(self._dress)

    @property
    def buttons(self) -> tuple[ChoiceButton, ...]:
        return tuple(b for b in self._group.buttons() if isinstance(b, ChoiceButton))

    def show_classes(self, names: tuple[str, ...]) -> None:
        """A button for each; the first is chosen."""
        if names == self._names:
            return
        self._names = names
        for old in self.buttons:
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        for kind, name in enumerate(names):
            button = ChoiceButton(f"{name}", f"Left click and Space place points of this class ({kind + 1})")
            button.setAccessibleName(f"Class {name}")
            button.setAutoDefault(False)
            self._group.addButton(button, kind)
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.choose(0)
        self._dress()

    def choose(self, kind: int) -> None:
        button = self._group.button(kind)
        if button is not None:
            button.setChecked(True)

    def _dress(self) -> None:
        for kind, button in enumerate(self.buttons):
            density = self.devicePixelRatioF()
            button.setIcon(QIcon(stamp(self._theme.palette, kind, len(self._names), density)))
