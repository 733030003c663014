"""Libraries for Node.js at the same training, each in a process of its own; installed here by npm."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

from tests.benchmarks.others import Peer
from tests.benchmarks.plain import Task

PACKAGES = {"convnetjs": "0.3.0", "synaptic": "1.1.4"}
FOLDER = Path(__file__).resolve().parents[2] / ".bench"  # git ignores it
DRIVER = Path(__file__).with_name("peers.js")
WARM_UP = 100        # epochs, until the code that runs is compiled
MOST_WEIGHTS = 10_000  # that synaptic writes a program of: it writes out every product
TURN = 0.02          # seconds


def node_peers(task: Task) -> dict[str, Peer | str]:
    """Each by its name, or why it is left out."""
    return {name: _peer(name, task) for name in PACKAGES}


@cache
def trouble() -> str:
    """Why there is none of them; "" when all are installed, which this does if it can."""
    if shutil.which("node") is None:
        return "no node here"
    if all(version(name) for name in PACKAGES):
        return ""
    npm = shutil.which("npm")
    if npm is None:
        return "no npm here to install it"
    wanted = [f"{name}@{number}" for name, number in PACKAGES.items()]
    FOLDER.mkdir(exist_ok=True)
    command = [npm, "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(FOLDER), *wanted]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=120, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return "npm could not install it"
    return ""


def version(name: str) -> str:
    """The installed one, or ""."""
    try:
        about = json.loads((FOLDER / "node_modules" / name / "package.json").read_text())
    except (OSError, ValueError):
        return ""
    return str(about["version"])


def _peer(name: str, task: Task) -> Peer | str:
    if trouble():
        return trouble()
    weights = sum(m * n for m, n in zip(task.sizes, task.sizes[1:], strict=False))
    if name == "synaptic" and weights > MOST_WEIGHTS:
        return f"it writes out all {weights:,} weights as program text and takes many seconds an epoch"
    return _started(name, task)


def _started(name: str, task: Task) -> Peer:
    """Warm, one turn long enough to be measured."""
    child = subprocess.Popen(
        ["node", str(DRIVER), str(FOLDER), name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin is not None
    assert child.stdout is not None
    inputs, targets = task.data()
    told = {
        "sizes": task.sizes, "classifies": task.classifies, "inputs": inputs.tolist(),
        "targets": targets.tolist(), "order": task.order().tolist(), "batch": task.batch, "rate": task.rate,
    }
    child.stdin.write(json.dumps(told) + "\n")

    def epochs(count: int) -> float:
        """Seconds each."""
        child.stdin.write(f"{count}\n")
        child.stdin.flush()
        return float(child.stdout.readline())

    done, spent = 0, 0.0
    while done < WARM_UP and spent < 1.0:
        spent += epochs(1)
        done += 1
    count = max(1, int(TURN / epochs(1)))
    return Peer(lambda: epochs(count), _note(name, task), lambda: child.communicate(timeout=30))


def _note(name: str, task: Task) -> str:
    if name == "synaptic":
        return "learns from one example at a time" + (", sigmoid outputs" * task.classifies)
    return "" if task.classifies else "its regression ends linear, without tanh"
