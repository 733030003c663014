"""One module a command: its help, its arguments, and what it does. Each imports late what it needs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from bpviz.commands import presets, render, trace, train


class Command(Protocol):
    """What a command's module offers."""

    HELP: str

    def add_arguments(self, parser: ArgumentParser) -> None: ...

    def run(self, options: Namespace) -> int: ...


COMMANDS: Mapping[str, Command] = MappingProxyType(
    {"presets": presets, "train": train, "trace": trace, "render": render}
)
