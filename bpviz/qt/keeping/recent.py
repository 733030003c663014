"""The files that were opened or saved last, remembered from one start to the next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

MOST = 10
_KEY = "documents/recent"


def recent_paths() -> list[Path]:
    """Newest first, also those that are gone by now."""
    kept = QSettings("bpviz", "bpviz").value(_KEY, [])
    texts = [kept] if isinstance(kept, str) else kept  # of a list of one, an INI file keeps a string
    return [Path(text) for text in texts if isinstance(text, str) and text] if isinstance(texts, list) else []


def add_recent(path: Path) -> None:
    """The newest of all; each file is there once."""
    whole = path.absolute()
    paths = [whole, *(other for other in recent_paths() if other != whole)]
    QSettings("bpviz", "bpviz").setValue(_KEY, [str(kept) for kept in paths[:MOST]])


def forget_recent() -> None:
    QSettings("bpviz", "bpviz").remove(_KEY)


def last_folder() -> Path:
    """Where a person is likely to look for files: beside the newest one, or at home."""
    folders = (path.parent for path in recent_paths())
    return next((folder for folder in folders if folder.is_dir()), Path.home())
