"""A line on a terminal that says how far the work is. Anywhere else it is silent."""

from __future__ import annotations

import os
import shutil
from types import TracebackType
from typing import TextIO

_BAR = 24
_CLEAR = "\r\x1b[K"


class Progress:
    """Use as a context: whatever ends the work also takes the line away."""

    def __init__(self, stream: TextIO | None) -> None:
        capable = stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
        self._terminal = stream if capable else None

    def show(self, share: float, text: str) -> None:
        """share of the work that is done, 0 to 1, and what to say beside the bar."""
        if self._terminal is None:
            return
        full = round(_BAR * share)
        bar = "#" * full + "-" * (_BAR - full)
        line = f"[{bar}] {share:4.0%}  {text}"
        self._terminal.write(_CLEAR + line[: shutil.get_terminal_size().columns - 1])
        self._terminal.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._terminal is not None:
            self._terminal.write(_CLEAR)
            self._terminal.flush()
