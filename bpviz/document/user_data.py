"""Where the program keeps what belongs to a person and not to a document."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

OVERRIDE = "BPVIZ_DATA_DIR"


def data_folder(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """The folder for this, as the system has it; BPVIZ_DATA_DIR names another one. It may not exist yet."""
    chosen = environment.get(OVERRIDE)
    if chosen:
        return Path(chosen)
    home = Path(environment.get("USERPROFILE" if platform == "win32" else "HOME") or Path.home())
    if platform == "win32":
        return Path(environment.get("APPDATA") or home / "AppData" / "Roaming") / "bpviz"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "bpviz"
    named = environment.get("XDG_DATA_HOME", "")
    # By the specification, a path that is not absolute is to be ignored.
    return (Path(named) if named.startswith("/") else home / ".local" / "share") / "bpviz"
