"""`bpviz [PRESET|FILE]`: opens the window."""

from __future__ import annotations

import gc
import os
from argparse import ArgumentParser, Namespace
from importlib import import_module
from pathlib import Path

from bpviz import __version__
from bpviz.commands import NAMES
from bpviz.commands.display import missing_display, qt_loaded
from bpviz.commands.errors import CommandError
from bpviz.commands.parser import SOURCE, SOURCE_HELP
from bpviz.commands.source import load, looks_like_a_path

HELP = "Watch backpropagation happen. Opens the window on a preset, the toy network unless told otherwise."
_FIRST = "toy"


def add_arguments(parser: ArgumentParser) -> None:
    parser.usage = "bpviz [PRESET|FILE]\n       bpviz {presets,train,trace,render} ..."
    parser.epilog = f"Without a window: {', '.join(NAMES)}. 'bpviz COMMAND --help' tells about each."
    parser.add_argument("source", metavar=SOURCE, nargs="*", help=SOURCE_HELP)
    parser.add_argument("--version", action="version", version=f"bpviz {__version__}")


def run(options: Namespace) -> int:
    gc.disable()  # what is loaded for the window stays; qt/app.py turns it on again when all is there
    source = _only(options.source)
    opened = load(source)
    problem = missing_display(os.environ)
    if problem is not None:
        raise CommandError(f"{problem} for the window; these need none: bpviz {', '.join(NAMES)}")
    _import_what_needs_no_qt()
    from bpviz.document.preset import Preset

    with qt_loaded():
        from bpviz.qt.app import run as open_window
    return open_window(opened, None if isinstance(opened, Preset) else Path(source))


def _import_what_needs_no_qt() -> None:
    """Before Qt: of every module that is imported after it, PySide reads the source as well."""
    for name in ("detail", "frame", "pace", "quantities", "sentence"):
        import_module(f"bpviz.explain.{name}")
    import_module("bpviz.document.blocks")


def _only(sources: list[str]) -> str:
    """The one thing to open. A word that stands where only a command could is answered with the nearest."""
    if not sources:
        return _FIRST
    refuse_misspelt_command(sources[0])
    if len(sources) > 1:
        raise CommandError(f"expected one preset or file, got {len(sources)}; see 'bpviz --help'")
    return sources[0]


def refuse_misspelt_command(word: str) -> None:
    """Raises CommandError with the nearest command for a word that is nearer to it than to any preset."""
    from difflib import get_close_matches

    from bpviz.document.preset import preset_names

    near = get_close_matches(word, (*NAMES, *preset_names()), n=1)
    if word not in NAMES and near and near[0] in NAMES and not looks_like_a_path(word):
        raise CommandError(f"{word!r} is not a command; did you mean 'bpviz {near[0]}'?")
