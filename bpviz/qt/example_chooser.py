"""Chooses which example of the batch is shown, or the batch's mean."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from bpviz.explain.number import count
from bpviz.qt.fonts import number_font
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme, icon

_ICON = 14
_BUTTON = (22, 24)
_ROOMY = 210        # pixels from which on the label says "Example"


class ExampleChooser(QWidget):
    """Shows the spotlight's example and asks for another. A batch of one leaves nothing to choose."""

    def __init__(self, session: Session, spotlight: Spotlight, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._spotlight = spotlight
        self._theme = theme
        self.label = QLabel()
        self.label.setFont(number_font())
        self.previous = self._button("Previous example of the batch (PgUp)")
        self.next = self._button("Next example of the batch (PgDown)")
        self.mean = QPushButton("Mean")
        self.mean.setCheckable(True)
        self.mean.setProperty("choice", True)
        self.mean.setToolTip("Show the mean over the batch instead of one example (M)")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.label, 1)
        for button in (self.previous, self.next, self.mean):
            row.addWidget(button)
        self.previous.clicked.connect(spotlight.previous_example)
        self.next.clicked.connect(spotlight.next_example)
        self.mean.clicked.connect(spotlight.toggle_mean)
        theme.changed.connect(self._dress)
        self._dress()

    def refresh(self) -> None:
        """The record or the spotlight is another; called by the panel that shows this chooser."""
        batch, example = self._session.record.batch, self._spotlight.example
        for button in (self.previous, self.next, self.mean):
            button.setVisible(batch > 1)
        self.mean.setChecked(example is None)
        self._say(batch, example)

    def _say(self, batch: int, example: int | None) -> None:
        roomy = self.width() >= _ROOMY
        if batch == 1:
            text = "Its only example"
        elif example is None:
            text = f"Mean of {count(batch)}{' examples' if roomy else ''}"
        else:
            text = f"{'Example ' if roomy else ''}{count(example + 1)} of {count(batch)}"
        if self.label.text() != text:
            self.label.setText(text)

    def _button(self, tip: str) -> QToolButton:
        button = QToolButton()
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setIconSize(QSize(_ICON, _ICON))
        button.setFixedSize(*_BUTTON)
        return button

    def _dress(self) -> None:
        ink = self._theme.palette.ink_soft
        self.previous.setIcon(icon("previous", ink, _ICON))
        self.next.setIcon(icon("next", ink, _ICON))

    # -- Qt ----------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()
