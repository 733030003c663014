"""What a command cannot or will not do, said in one line."""

from __future__ import annotations

FAILED = 1
WRONGLY_ASKED = 2


class CommandError(Exception):
    """Ends the program with this line on stderr and this exit code."""

    def __init__(self, text: str, code: int = WRONGLY_ASKED) -> None:
        super().__init__(text)
        self.code = code
