"""The first part of the batch panel: how the examples' pulls make one gradient."""

from __future__ import annotations

from bpviz.explain.contribution import Subject, contributions, pull_words, subject_words
from bpviz.explain.part import is_told
from bpviz.qt.batch.pull_strip import PullStrip
from bpviz.qt.batch.words import Words
from bpviz.qt.naming import Naming
from bpviz.qt.panels.section import Section
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme


class PullSection(Section):
    """Whose gradient, the strip, and what it says."""

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__("Each example's pull")
        self._session, self._player, self._naming = session, player, naming
        self.subject = Words()
        self.strip = PullStrip(spotlight, theme)
        self.words = Words(lines=2)
        for widget in (self.subject, self.strip, self.words):
            self.add(widget)

    def refresh(self, subject: Subject) -> None:
        names, record = self._naming.names, self._session.record
        self.subject.say(subject_words(names, subject))
        shown = subject.address is not None
        self.strip.setVisible(shown)
        self.words.setVisible(shown)
        if subject.address is None:
            return
        pulls = contributions(record, subject.address)
        told = is_told(pulls.part, self._session.network.depth, self._player.complete)
        self.strip.show_pulls(pulls, names.of(pulls.part), told)
        phase = names.gradient(pulls.part.layer).plain
        self.words.say(pull_words(pulls) if told else f"The pulls come with the phase {phase}.")
