"""The one error of documents: what cannot be read or set up, where, and what was expected there."""

from __future__ import annotations


class DocumentError(ValueError):
    """A preset, data set or experiment that cannot be used. Its text is `file: place: expectation`."""

    def __init__(self, expectation: str, *, place: str = "", file: str = "") -> None:
        super().__init__(": ".join(part for part in (file, place, expectation) if part))
        self.expectation = expectation
        self.place = place
        self.file = file
