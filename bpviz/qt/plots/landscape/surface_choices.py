"""Along which directions a surface is looked at, as a person chooses it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from bpviz.explain.number import count
from bpviz.qt.panels.picker import Option, Picker
from bpviz.qt.plots.landscape.surface_planes import PATH, RANDOM, WEIGHTS, Planes
from bpviz.qt.plots.view import PlotView

_TIPS = {
    WEIGHTS: "The selected weight and another one; all others stay as they are",
    RANDOM: "At random, each unit moved in proportion to its weights (filter-normalised: Li et al. 2018)",
    PATH: "The two directions in which the weights moved most in this run: its principal components",
}


class SurfaceChoices(QObject):
    """The pickers of a view, and the planes that they choose among."""

    changed = Signal()

    def __init__(self, view: PlotView, row: QHBoxLayout) -> None:
        """row: where the pickers stand."""
        super().__init__(view)
        self.planes = Planes(view.page)
        self.directions = Picker("Directions", self._directions, "accent")
        self.second = Picker("The other weight", self._weights, "accent")
        self.others = _Others()
        for widget in (self.directions, self.second, self.others):
            row.addWidget(widget)
        self.directions.picked.connect(self.choose)
        self.second.picked.connect(self.choose_second)
        self.others.clicked.connect(self.draw_others)

    def choose(self, directions: str) -> None:
        """Look along two weights, random directions or the path of the run."""
        if directions != self.planes.choice:
            self.planes.choice = directions
            self.changed.emit()

    def choose_second(self, name: str) -> None:
        """The other weight, by its place in what is offered."""
        self.planes.choose_second(self.planes.offered[int(name)])
        self.changed.emit()

    def draw_others(self) -> None:
        """Other random directions; the first come again when another experiment is opened."""
        self.planes.draw += 1
        self.changed.emit()

    def refresh(self) -> None:
        planes = self.planes
        self.directions.show_choice(planes.choice, planes.choice, _TIPS[planes.choice])
        self.directions.setVisible(planes.possible)
        self.second.setVisible(planes.choice == WEIGHTS and planes.possible)
        self.others.setVisible(planes.choice == RANDOM and planes.possible)
        if planes.choice == WEIGHTS and planes.possible:
            first, second = planes.pair
            tip = (f"From left to right: {planes.described(first)}. Upwards: {planes.described(second)}. "
                   "Select a weight in the network for the first, pick the second here.")
            name = str(planes.offered.index(second))
            self.second.show_choice(name, "the other", tip)
        self.others.setToolTip(f"Draw two other directions; these are number {count(planes.draw + 1)}")

    def _directions(self) -> list[Option]:
        return [Option(name, name, tip) for name, tip in _TIPS.items()]

    def _weights(self) -> list[Option]:
        planes = self.planes
        return [
            Option(str(k), _headed(planes.described(address)))
            for k, address in enumerate(planes.offered)
        ]


def _headed(words: str) -> str:
    """As the start of a line."""
    return words[0].upper() + words[1:]


class _Others(QPushButton):
    """Return presses it too: Space belongs to the whole window."""

    def __init__(self) -> None:
        super().__init__("others")
        self.setProperty("choice", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
