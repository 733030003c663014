"""Refuses at once a file that could not be written in the end."""

from __future__ import annotations

import os
from pathlib import Path

from bpviz.commands.errors import CommandError


def check_writable(path: Path) -> None:
    """Raises CommandError at once for what could only fail after the work is done.

    A regular file is replaced by one written beside it, so its folder must be writable too.
    """
    if path.is_dir():
        raise CommandError(f"{path}: expected the name of a file, this is a folder")
    if not path.parent.is_dir():
        raise CommandError(f"{path}: the folder {path.parent} does not exist")
    regular = not path.exists() or path.is_file()
    if not os.access(path.resolve().parent if regular else path, os.W_OK) or (
        path.exists() and not os.access(path, os.W_OK)
    ):
        raise CommandError(f"{path}: cannot be written: permission denied")
