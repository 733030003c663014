"""The third part of the batch panel: what a gradient means, tried out on the cost."""

from __future__ import annotations

from bpviz.explain.address import Edge
from bpviz.explain.contribution import Subject, subject_name
from bpviz.explain.number import full, number
from bpviz.explain.part import Part, What, is_told, weight_part
from bpviz.explain.wiggle import Wiggle, wiggle, wiggle_words
from bpviz.qt.batch.epsilon_slider import EpsilonSlider
from bpviz.qt.batch.wiggle_plot import WigglePlot
from bpviz.qt.batch.words import Words
from bpviz.qt.naming import Naming
from bpviz.qt.panels.section import Section
from bpviz.qt.panels.value_row import ValueRow
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme

_SLOPE_DIGITS = 6


class WiggleSection(Section):
    """Nudge, picture, numbers, and what they say to each other."""

    def __init__(self, session: Session, player: Player, naming: Naming, theme: Theme) -> None:
        super().__init__("Wiggle check")
        self._session, self._player, self._naming = session, player, naming
        self.about = Words()
        self.epsilon = EpsilonSlider()
        self.plot = WigglePlot(theme)
        self.below = ValueRow("C at −ε", tip="The batch's cost with the weight nudged down.")
        self.above = ValueRow("C at +ε", tip="The batch's cost with the weight nudged up.")
        self.rise = ValueRow("Difference", tip="C at +ε − C at −ε.")
        self.slope = ValueRow("By nudging", tip="(C at +ε − C at −ε) / 2ε, the slope of the secant.")
        self.backprop = ValueRow("By backprop", tip="The gradient: the slope of the tangent.")
        tip = "The difference of the two slopes, relative to the larger one."
        self.apart = ValueRow("Apart (relative)", tip=tip)
        self.words = Words(lines=2)
        self._rows = (self.below, self.above, self.rise, self.slope, self.backprop, self.apart)
        for widget in (self.about, self.epsilon, self.plot, *self._rows, self.words):
            self.add(widget)

    def refresh(self, subject: Subject, fast: bool) -> None:
        """fast: training runs at full speed, and there is no time to look."""
        address, names = subject.address, self._naming.names
        for widget in (self.epsilon, self.plot, *self._rows, self.words):
            widget.setVisible(address is not None)
        if address is None:
            self.about.say("There is nothing to nudge here. Select a weight.")
            return
        self.about.say(f"Nudge the {subject_name(names, address)}: how much does the cost follow?")
        if fast:
            self._show(None, told=True)
            return
        network, record = self._session.network, self._session.record
        seen = wiggle(network, record, address, self.epsilon.epsilon)
        told = is_told(seen.part, network.depth, self._player.complete)
        weight = (weight_part(What.WEIGHT, address) if isinstance(address, Edge)
                  else Part(What.BIAS, address.layer, address.unit))
        self.plot.show_wiggle(seen, names.of(weight), told)
        self._show(seen, told)

    def _show(self, seen: Wiggle | None, told: bool) -> None:
        if seen is None:
            self.plot.show_wiggle(None, None, told)
        digits = 3 if seen is None else seen.digits
        self._fill(self.below, None if seen is None else seen.below, digits)
        self._fill(self.above, None if seen is None else seen.above, digits)
        self._fill(self.rise, None if seen is None else seen.rise, 3)
        self._fill(self.slope, None if seen is None else seen.slope, _SLOPE_DIGITS)
        self._fill(self.backprop, seen.backprop if seen is not None and told else None, _SLOPE_DIGITS)
        self._fill(self.apart, seen.apart if seen is not None and told else None, 2)
        self.words.say(self._said(seen, told))

    def _fill(self, row: ValueRow, value: float | None, digits: int) -> None:
        row.set_value(number(value, digits))
        row.value.setToolTip(full(value))

    def _said(self, seen: Wiggle | None, told: bool) -> str:
        if seen is None:
            return ""
        if told:
            return wiggle_words(seen)
        phase = self._naming.names.gradient(seen.part.layer).plain
        return f"Backprop's slope comes with the phase {phase}."
