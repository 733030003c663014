"""The second part of the batch panel: what the update was to do to the cost, and what it did."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent

from bpviz.explain.number import full, number
from bpviz.explain.part import Part, What, is_told
from bpviz.explain.promise import promise, promise_words, quotient_words
from bpviz.qt.batch.promise_bars import PromiseBars
from bpviz.qt.batch.promise_chart import PromiseChart
from bpviz.qt.batch.promise_course import PromiseCourse
from bpviz.qt.batch.words import Words
from bpviz.qt.panels.section import Section
from bpviz.qt.panels.value_row import ValueRow
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme


class PromiseSection(Section):
    """This step's two bars with a sentence, and both numbers over the run."""

    def __init__(self, session: Session, player: Player, theme: Theme) -> None:
        super().__init__("Promise and outcome")
        self._session, self._player = session, player
        about = Words()
        about.say("How much the cost of this batch changes by the update.")
        self.bars = PromiseBars(theme)
        self.quotient = ValueRow("Came / promised", tip="How much of the promised change of cost came.")
        meaning = Words("faint")
        meaning.say(quotient_words())
        self.words = Words(lines=3)
        over_run = Words()
        over_run.say("The change of cost over this run; more steps are filled in while training pauses:")
        self.course = PromiseCourse(session, player, self)
        self.chart = PromiseChart(session, player, self.course, theme)
        for widget in (about, self.bars, self.quotient, meaning, self.words, over_run, self.chart):
            self.add(widget)

    def refresh(self) -> None:
        network, record = self._session.network, self._session.record
        moved = Part(What.NEW_WEIGHT, network.depth - 1)
        told = is_told(moved, network.depth, self._player.complete)
        kept = promise(network, record) if told else None
        self.bars.show_promise(kept)
        quotient = None if kept is None else kept.quotient
        self.quotient.set_value(number(quotient))
        self.quotient.value.setToolTip(full(quotient))
        self.words.say("Both numbers come with the update, the last phase of the step."
                       if kept is None else promise_words(kept))
        self.course.follow()
        self.chart.show_told(told)

    # -- Qt ----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.course.follow()
