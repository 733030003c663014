"""One module a command: its help, its arguments, and what it does. Each imports late what it needs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from importlib import import_module
from typing import Protocol, cast


class Command(Protocol):
    """What a command's module offers."""

    HELP: str

    def add_arguments(self, parser: ArgumentParser) -> None: ...

    def run(self, options: Namespace) -> int: ...


NAMES = ("presets", "train", "trace", "render")
WINDOW = "window"  # what is meant where no name is given


def command(name: str) -> Command:
    """The one of that name; the others are not imported, so that the window starts sooner."""
    return cast(Command, import_module(f"bpviz.commands.{name}"))
