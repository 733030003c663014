"""The command line: finds the command, and turns whatever goes wrong into one line and an exit code.

0 done, 1 it could not be done, 2 asked wrongly, 130 interrupted, 141 nobody reads the output any more.
"""

from __future__ import annotations

import io
import os
import sys
from argparse import Namespace
from contextlib import suppress

from bpviz.commands import NAMES, WINDOW, command
from bpviz.commands.errors import FAILED, WRONGLY_ASKED, CommandError
from bpviz.commands.parser import Parser
from bpviz.commands.window import refuse_misspelt_command
from bpviz.document.errors import DocumentError
from bpviz.engine.errors import EngineError

INTERRUPTED = 130
UNREAD = 141


def main(argv: list[str] | None = None) -> int:
    """Run what the arguments ask for; the exit code."""
    _never_fail_on_letters()
    # These matrices are small: more threads of BLAS more than double a step's time. NumPy is not loaded yet.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        code = _run(sys.argv[1:] if argv is None else argv)
        print(end="", flush=True)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _stop_writing()
        return UNREAD
    except (DocumentError, EngineError) as error:
        return _say(str(error), WRONGLY_ASKED)
    except CommandError as error:
        return _say(str(error), error.code)
    except MemoryError:
        return _say("not enough memory", FAILED)
    except OSError as error:
        _stop_writing()
        place = f"{error.filename}: " if error.filename else ""
        return _say(place + (error.strerror or str(error)), FAILED)
    return code


def _run(arguments: list[str]) -> int:
    named = bool(arguments) and arguments[0] in NAMES
    if arguments and not named and not arguments[0].startswith("-"):
        refuse_misspelt_command(arguments[0])  # before its options are found wrong
    asked = command(arguments[0] if named else WINDOW)
    if not arguments:
        return asked.run(Namespace(source=[]))  # the window; argparse would ask for the language first
    parser = Parser(prog=f"bpviz {arguments[0]}" if named else "bpviz", description=asked.HELP)
    asked.add_arguments(parser)
    try:
        options = parser.parse_args(arguments[1:] if named else arguments)
    except SystemExit as done:  # --help and --version have printed what was asked
        return int(done.code or 0)
    return asked.run(options)


def _say(text: str, code: int) -> int:
    """One line on stderr, whatever the text; the code."""
    if sys.stderr is not None:
        print("bpviz:", " ".join(text.split()), file=sys.stderr)
    return code


def _never_fail_on_letters() -> None:
    """A terminal that lacks a letter shows a question mark for it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _stop_writing() -> None:
    """What stdout still holds goes nowhere, or Python's own last flush would fail after main has returned."""
    with suppress(OSError, AttributeError):  # stdout may be closed, or no file at all
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
