"""What the figures were taken on and with."""

from __future__ import annotations

import datetime
import os
import platform
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from tests.benchmarks import node_peers
from tests.benchmarks.c_reference import compiler

PACKAGES = ("numba", "llvmlite", "PySide6-Essentials", "pyqtgraph", "scikit-learn", "torch")
NONE = "not installed"


def described() -> dict[str, str]:
    """Name and value, in the order in which they are told."""
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "processor": f"{_processor()}, {os.cpu_count()} cores, {_memory()}",
        "system": f"{platform.system()} {platform.release()}, {platform.machine()}",
        "rendering": f"software (QImage), Qt platform {os.environ.get('QT_QPA_PLATFORM', 'of the desktop')}",
        "Python": platform.python_version(),
        "NumPy": f"{np.__version__} with {_blas()}",
        **{name: _version(name) for name in PACKAGES},
        "node": _said(["node", "--version"]),
        **{name: node_peers.version(name) or NONE for name in node_peers.PACKAGES},
        "C compiler": _said([compiler() or "cc", "--version"]),
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return NONE


def _said(command: list[str]) -> str:
    """The first line that it prints."""
    if shutil.which(command[0]) is None:
        return NONE
    return subprocess.run(command, capture_output=True, text=True).stdout.partition("\n")[0]


def _blas() -> str:
    about = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    threads = os.environ.get("OPENBLAS_NUM_THREADS", "all")
    return f"{about['name']} {about['version']}, threads: {threads}"


def _processor() -> str:
    """As Linux names it, otherwise as Python does."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory() -> str:
    if "SC_PHYS_PAGES" not in os.sysconf_names:
        return "memory unknown"
    size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{size / 2**30:.0f} GiB"
