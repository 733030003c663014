"""Where the shipped data lies: presets, data sets, fonts and icons."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bpviz.document.errors import DocumentError


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, as resource("presets", "toy.json")."""
    return _base().joinpath(*parts)


@cache
def _base() -> Path:
    """An installed package carries its resources inside; a checkout keeps them beside it."""
    package = Path(__file__).resolve().parents[1]
    for base in (package / "resources", package.parent / "resources"):
        if (base / "presets").is_dir():
            return base
    missing = str(package / "resources")
    raise DocumentError("the program's own data is missing; install bpviz again", file=missing)
