"""What a student should watch in the open experiment, in the words of its author."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from bpviz.explain.notation import rewritten
from bpviz.qt.naming import Naming
from bpviz.qt.panels.section import Section
from bpviz.qt.session import Session
from bpviz.qt.subscripts import rich


class LookFor(QWidget):
    """Shows the preset's own text; an experiment without one is told as such by `empty`."""

    def __init__(self, session: Session, naming: Naming) -> None:
        super().__init__()
        self._session = session
        self._naming = naming
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setProperty("soft", True)
        section = Section("What to look for")
        section.add(self._text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section)
        session.experiment_changed.connect(self.refresh)
        naming.changed.connect(self.refresh)
        self.refresh()

    @property
    def empty(self) -> bool:
        return not self._session.preset.look_for

    @property
    def html(self) -> str:
        return self._text.text()

    def refresh(self) -> None:
        text = rewritten(self._session.preset.look_for, self._naming.notation)
        self._text.setText(rich(text))
