"""The one error of documents: what cannot be read or set up, where, and what was expected there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from bpviz.engine.errors import EngineError


class DocumentError(ValueError):
    """A preset, data set or experiment that cannot be used. Its text is `file: place: expectation`."""

    def __init__(self, expectation: str, *, place: str = "", file: str = "") -> None:
        super().__init__(": ".join(part for part in (file, place, expectation) if part))
        self.expectation = expectation
        self.place = place
        self.file = file

    def within(self, place: str) -> DocumentError:
        """The same, seen from a level above: its place inside that place."""
        whole = ".".join(part for part in (place, self.place) if part)
        return DocumentError(self.expectation, place=whole, file=self.file)


def from_engine(error: EngineError) -> DocumentError:
    """The engine's "layers[1].units: expected ..." with its place told apart."""
    placed = re.fullmatch(r"(?s)([a-z][a-z0-9_]*(?:\[\d+\])?(?:\.[a-z_]+)*): (.*)", str(error))
    return DocumentError(placed[2], place=placed[1]) if placed else DocumentError(str(error))


@contextmanager
def placed(place: str) -> Iterator[None]:
    """What is refused inside becomes a DocumentError at this place, or deeper in it."""
    try:
        yield
    except DocumentError as error:
        raise error.within(place) from None
    except EngineError as error:
        raise from_engine(error).within(place) from None
