"""What PRESET|FILE means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bpviz.document.preset import Preset
    from bpviz.document.snapshot import Snapshot

_ENDINGS = (".json", ".bpviz")


def load(source: str) -> Preset | Snapshot:
    """The preset of this name, or what is in this file: a document or a preset. An unknown name is answered
    with the nearest."""
    from bpviz.document.preset import load_preset, preset_names

    if source in preset_names() or not looks_like_a_path(source):
        return load_preset(source)
    from bpviz.document.storage import open_file

    return open_file(Path(source))


def heading(opened: Preset | Snapshot) -> Preset:
    """The experiment under its heading, without a run."""
    from bpviz.document.preset import Preset

    return opened if isinstance(opened, Preset) else opened.preset


def looks_like_a_path(source: str) -> bool:
    try:
        exists = Path(source).exists()
    except OSError:  # longer than any name of a file
        exists = False
    return "/" in source or "\\" in source or source.endswith(_ENDINGS) or exists
