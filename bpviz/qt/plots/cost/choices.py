"""What can be chosen about the cost plot, beside its tab: scale, axis, and which lines are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from bpviz.qt.panels.picker import Option, Picker
from bpviz.qt.plots.cost.chosen import SPANS, Along, Chosen

SCALES = {
    "log": ("Logarithmic: equal ratios are equally far apart", "logarithmic"),
    "linear": ("Linear: from zero", "linear"),
}
AXES: dict[Along, tuple[str, str]] = {
    "step": ("per step", "Count the updates"),
    "epoch": ("per epoch", "Count the passes through all training examples"),
    "time": ("over time", "Count the seconds of training, without what is shown of it"),
}
_UNTIMED = "not known of this run"
_SMOOTHING = {
    "off": "Every batch as it is",
    "light": "The average of the batch costs over about 10 steps",
    "medium": "The average of the batch costs over about 30 steps",
    "strong": "The average of the batch costs over about 100 steps",
}
_LINES_TIP = "Smoothing, accuracy and learning rate"
_ACCURACY = "The share of examples classified correctly, below the cost"
_RATE = "The learning rate where it changes, on a scale of its own from 0 at the foot"
_LONG = "; beyond 2,000 steps over as many thousandths of the run"


class LinesButton(Picker):
    """Its menu has several groups: how much is smoothed, and what else is drawn; where there is no room for
    the other buttons, also what these choose."""

    def __init__(self, choices: Choices) -> None:
        super().__init__("Cost plot", tuple, "accent")
        self._choices = choices
        self.fold(False)

    def fold(self, folded: bool) -> None:
        """Whether this is the only button."""
        self._folded = folded
        tip = "Axes, smoothing, accuracy and learning rate" if folded else _LINES_TIP
        self.show_choice("", "view" if folded else "lines", tip)

    def menu_of_options(self) -> QMenu:
        """A menu of what can be chosen now; it goes when it closes."""
        menu, chosen = QMenu(self), self._choices.chosen
        menu.setToolTipsVisible(True)
        if self._folded:
            self._add_axes(menu)
        group = QActionGroup(menu)
        for name in SPANS:
            then = replace(chosen, smoothing=name)
            tip = _SMOOTHING[name] + (_LONG if SPANS[name] > 1 else "")
            group.addAction(_check(menu, f"smoothing {name}", tip, then == chosen, then))
        menu.addSeparator()
        _check(menu, "accuracy", _ACCURACY, chosen.accuracy, replace(chosen, accuracy=not chosen.accuracy))
        _check(menu, "learning rate", _RATE, chosen.rate, replace(chosen, rate=not chosen.rate))
        menu.triggered.connect(self._choices.take)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _add_axes(self, menu: QMenu) -> None:
        choices = self._choices
        for options, chosen_with in (
            (choices.scales(), choices.with_scale), (choices.axes(), choices.with_axis)
        ):
            group = QActionGroup(menu)
            for option in options:
                then = chosen_with(option.name)
                action = _check(menu, option.label, option.tip, then == choices.chosen, then)
                action.setEnabled(option.possible)
                group.addAction(action)
            menu.addSeparator()


class Choices(QObject):
    """Owns what is chosen, and the small buttons that show it."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._chosen, self._timed = Chosen(), False
        self.scale = Picker("Cost axis", self.scales, "accent")
        self.along = Picker("Run axis", self.axes, "accent")
        self.lines = LinesButton(self)
        self.scale.picked.connect(self._pick_scale)
        self.along.picked.connect(self._pick_axis)
        self._show()

    @property
    def chosen(self) -> Chosen:
        return self._chosen

    def choose(self, chosen: Chosen) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self._show()
            self.changed.emit()

    def scales(self) -> Sequence[Option]:
        return [Option(name, label, tip) for name, (tip, label) in SCALES.items()]

    def axes(self) -> Sequence[Option]:
        return [
            Option(name, label, tip, "" if known else _UNTIMED, known)
            for name, (label, tip) in AXES.items()
            for known in (name != "time" or self._timed,)
        ]

    def with_scale(self, name: str) -> Chosen:
        """What is chosen, but for the scale."""
        return replace(self._chosen, log=name == "log")

    def with_axis(self, name: str) -> Chosen:
        """What is chosen, but for what the horizontal axis counts."""
        return replace(self._chosen, along=next(known for known in AXES if known == name))

    def allow_time(self, timed: bool) -> None:
        """Whether it is known how long training took."""
        self._timed = timed

    def fold(self, folded: bool) -> None:
        """Where there is little room, all is chosen from one menu."""
        self.scale.setHidden(folded)
        self.along.setHidden(folded)
        self.lines.fold(folded)

    def take(self, action: QAction) -> None:
        """A line of the menu was pressed."""
        self.choose(action.data())

    # -- within ---------------------------------------------------------------------------------

    def _pick_scale(self, name: str) -> None:
        self.choose(self.with_scale(name))

    def _pick_axis(self, name: str) -> None:
        self.choose(self.with_axis(name))

    def _show(self) -> None:
        scale = "log" if self._chosen.log else "linear"
        self.scale.show_choice(scale, scale, SCALES[scale][0])
        label, tip = AXES[self._chosen.along]
        self.along.show_choice(self._chosen.along, label, tip)


def _check(menu: QMenu, text: str, tip: str, on: bool, then: Chosen) -> QAction:
    """A line that is on or off. then: what is chosen once it is pressed."""
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(on)
    action.setToolTip(tip)
    action.setData(then)
    return action
