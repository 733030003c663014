"""argparse with errors of one line, and the arguments that several commands share."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from typing import Any, NoReturn

from bpviz.commands.errors import CommandError

SOURCE = "PRESET|FILE"
SOURCE_HELP = "a preset's name, a document, or a file in the presets' format"


class Parser(ArgumentParser):
    """Says what is wrong in one line instead of the usage and a line."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, **settings)

    def error(self, message: str) -> NoReturn:
        raise CommandError(f"{message}; see '{self.prog} --help'")


def whole(low: int = 0) -> Callable[[str], int]:
    """Reads a whole number that is at least low."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = low - 1
        if number < low:
            raise ArgumentTypeError(f"expected a whole number, {low} or more; got {text!r}")
        return number

    return read


def add_source(parser: ArgumentParser) -> None:
    parser.add_argument("source", metavar=SOURCE, help=SOURCE_HELP)


def add_seed(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--seed", type=whole(), metavar="S",
        help="draw first weights, split and order from S instead of the preset's seed; of a document its "
        "experiment is taken, and its run is not",
    )  # fmt: skip


def add_step(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--step", type=whole(), metavar="N",
        help="the step taken after N updates; the first, 0, is the default, or where a document stands. A "
        "document's run is repeated with all that was changed on the way, and goes on where it ends",
    )  # fmt: skip
