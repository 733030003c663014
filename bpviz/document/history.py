"""What can be undone and done again: the states before each edit, newest last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar


class State(Protocol):
    """What is kept."""

    @property
    def nbytes(self) -> int:
        """About its size."""


T = TypeVar("T")
S = TypeVar("S", bound=State)

MOST = 100             # edits
MOST_BYTES = 200e6     # of the states that are kept


@dataclass(frozen=True, slots=True, eq=False)
class Past(Generic[T]):
    """An edit by its name, and what was before it (to undo) or after it (to redo). bytes: about its size."""

    name: str
    state: T
    bytes: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class History(Generic[T]):
    """A value: every act gives another history. The oldest edits are forgotten when they become too many."""

    done: tuple[Past[T], ...] = ()
    undone: tuple[Past[T], ...] = ()

    @property
    def undo_name(self) -> str:
        """The edit that undo would take back; nothing where there is none."""
        return self.done[-1].name if self.done else ""

    @property
    def redo_name(self) -> str:
        return self.undone[-1].name if self.undone else ""

    def pushed(self, name: str, before: T, size: int = 0) -> History[T]:
        """After an edit. What was undone is gone."""
        return History(_bounded((*self.done, Past(name, before, size))), ())

    def undo(self, now: T, size: int = 0) -> tuple[History[T], T]:
        """The history without its newest edit, and the state to return to. ValueError where there is none."""
        if not self.done:
            raise ValueError("nothing to undo")
        *rest, newest = self.done
        later = Past(newest.name, now, size)
        return replace(self, done=tuple(rest), undone=(*self.undone, later)), newest.state

    def redo(self, now: T, size: int = 0) -> tuple[History[T], T]:
        """The history after doing the newest undone edit again, and the state to return to."""
        if not self.undone:
            raise ValueError("nothing to redo")
        *rest, newest = self.undone
        earlier = Past(newest.name, now, size)
        return History(_bounded((*self.done, earlier)), tuple(rest)), newest.state


class Undoing(Generic[S]):
    """Keeps the states that undo and redo lead to; whoever asks for one brings it about. now: gives what is
    open, where that has to be kept."""

    def __init__(self) -> None:
        self._history: History[S] = History()
        self._gesture: object = None

    @property
    def undo_name(self) -> str:
        """What undo would take back, or nothing."""
        return self._history.undo_name

    @property
    def redo_name(self) -> str:
        return self._history.redo_name

    @contextmanager
    def act(self, name: str, now: Callable[[], S], gesture: object = None) -> Iterator[S | None]:
        """Keep what is before, once for a gesture, and give it; nothing if what happens inside fails.

        Acts of one gesture, as steps of a spin box or a drag, are undone together: their gestures are equal.
        """
        goes_on = gesture is not None and gesture == self._gesture
        before = None if goes_on else now()
        yield before
        if before is not None:
            self._history = self._history.pushed(name, before, before.nbytes)
        self._gesture = gesture

    def end_gesture(self) -> None:
        """What comes now is another act, whatever its gesture."""
        self._gesture = None

    def undo(self, now: Callable[[], S]) -> S | None:
        """The state before the newest act, if there is one; the present one comes again with redo."""
        if not self._history.done:
            return None
        here = now()
        self._history, state = self._history.undo(here, here.nbytes)
        return state

    def redo(self, now: Callable[[], S]) -> S | None:
        if not self._history.undone:
            return None
        here = now()
        self._history, state = self._history.redo(here, here.nbytes)
        return state


def _bounded(done: tuple[Past[T], ...]) -> tuple[Past[T], ...]:
    """Without the oldest ones, as far as need be; the newest always stays."""
    total, kept = 0, 0
    for past in reversed(done[-MOST:]):
        total += past.bytes
        if kept and total > MOST_BYTES:
            break
        kept += 1
    return done[len(done) - kept :]
