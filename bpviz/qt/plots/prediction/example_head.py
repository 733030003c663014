"""The line over matrix and list: what the axes are, how good the network is, where the chosen example is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from bpviz.qt.fonts import SMALL, number_font
from bpviz.qt.panels.picker import Option, Picker
from bpviz.qt.plots.prediction.said import Said

TRAINING, VALIDATION = "training", "validation"
GAP = 16


class ExampleHead(QWidget):
    """Says what was asked for; what then happens is the view's affair."""

    set_chosen = Signal(str)  # TRAINING or VALIDATION
    led = Signal()            # to what the words speak of
    turned = Signal()         # from the list to the matrix, or back

    def __init__(self) -> None:
        super().__init__()
        self.axes = QLabel("class ↓  seen as →")
        self.axes.setFont(number_font(SMALL))
        self.axes.setProperty("soft", True)
        self.axes.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.said = Said()
        self.lead, self.turn = QPushButton(), QPushButton()
        self.set = Picker("Examples", self._sets, "accent")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.axes)
        row.addWidget(self.said, 1)
        for button in (self.lead, self.turn):
            button.setProperty("quiet", True)
            row.addWidget(button)
        row.addWidget(self.set)
        self.turn.setToolTip("There is room for one of both: the list of examples, or the confusion matrix")
        self.lead.clicked.connect(self.led)
        self.turn.clicked.connect(self.turned)
        self.set.picked.connect(self.set_chosen)
        self.show_set(TRAINING)
        self.show_turn("")

    @property
    def chosen_set(self) -> str:
        return self.set.chosen

    def show_set(self, name: str) -> None:
        tip = next(option.tip for option in self._sets() if option.name == name)
        self.set.show_choice(name, name, tip)

    def show_axes(self, width: int) -> None:
        """Over a matrix of that width; none where it is 0."""
        self.axes.setVisible(width > 0)
        if width > 0:
            self.axes.setFixedWidth(width + GAP - 4)
            self.axes.setContentsMargins(0, 0, GAP - 4, 0)

    def show_turn(self, to: str) -> None:
        """What else there is to see; nothing where both are seen."""
        self.turn.setVisible(bool(to))
        self.turn.setText(to)

    def say(self, words: str, lead: str = "", tip: str = "") -> None:
        """lead: what a button beside the words says, with its tip; none where there is nothing to do."""
        self.said.say(words)
        self.lead.setVisible(bool(lead))
        if lead:
            self.lead.setText(lead)
            self.lead.setToolTip(tip)

    def _sets(self) -> list[Option]:
        return [
            Option(TRAINING, TRAINING, "The examples that the network learns from"),
            Option(VALIDATION, VALIDATION, "The examples that are held out: it never learns from them"),
        ]
