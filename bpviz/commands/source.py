"""What PRESET|FILE means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bpviz.document.preset import Preset


def load(source: str) -> Preset:
    """The preset of this name, or the one in this file. An unknown name is answered with the nearest."""
    from bpviz.document.preset import load_file, load_preset, preset_names

    is_name = source in preset_names() or not looks_like_a_path(source)
    return load_preset(source) if is_name else load_file(Path(source))


def looks_like_a_path(source: str) -> bool:
    try:
        exists = Path(source).exists()
    except OSError:  # longer than any name of a file
        exists = False
    return "/" in source or "\\" in source or source.endswith(".json") or exists
