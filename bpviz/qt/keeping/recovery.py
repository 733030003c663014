"""Looks for sessions that were left behind, and offers them one at a time, the newest first."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from bpviz.qt.keeping.autosaving import Autosaving
from bpviz.qt.keeping.documents import Documents
from bpviz.qt.keeping.restore_bar import RestoreBar, offer_text
from bpviz.qt.keeping.writer import Writer

if TYPE_CHECKING:
    from bpviz.document.autosave import Recovered


class Recovery(QObject):
    """Owns what was found until it is restored, discarded, or let go for the next start."""

    def __init__(
        self, documents: Documents, autosaving: Autosaving, bar: RestoreBar,
        parent: QObject | None = None, now: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._documents, self._autosaving, self._bar, self._now = documents, autosaving, bar, now
        self._offered: list[Recovered] = []
        self._restored: list[Recovered] = []
        self._reader = Writer(self)
        bar.restore.connect(self.restore)
        bar.discard.connect(self.discard)
        autosaving.kept.connect(self._forget_restored)

    def look(self) -> None:
        """Ask, beside the window, what is there."""
        from bpviz.document.autosave import left_behind

        self._reader.add(left_behind, self._take)

    def restore(self) -> None:
        """Go on with what is offered. It is forgotten only once this session keeps it."""
        if not self._offered:
            return
        chosen = self._offered[0]
        if self._documents.restore(chosen.snapshot, chosen.origin):
            self._restored.append(self._offered.pop(0))
            self._autosaving.keep()
            self._let_go_offered()
            self._bar.hide()

    def discard(self) -> None:
        """Forget what is offered, for good, and offer the next."""
        if self._offered:
            self._offered.pop(0).discard()
        self._offer()

    def end(self) -> None:
        """What was not decided on is there again at the next start."""
        self._reader.finish()
        self._let_go_offered()
        for restored in self._restored:
            restored.discard()
        self._restored = []

    def _take(self, found: list[Recovered]) -> None:
        self._offered = found
        self._offer()

    def _offer(self) -> None:
        if not self._offered:
            self._bar.hide()
            return
        newest = self._offered[0]
        snapshot = newest.snapshot
        name = snapshot.preset.title if newest.origin is None else newest.origin.name
        seconds = max(0.0, self._now() - newest.saved)
        self._bar.offer(offer_text(name, snapshot.run.step, seconds, len(self._offered) - 1))

    def _forget_restored(self) -> None:
        for restored in self._restored:
            restored.discard()
        self._restored = []

    def _let_go_offered(self) -> None:
        for left in self._offered:
            left.let_go()
        self._offered = []
