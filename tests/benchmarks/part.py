"""One part of the benchmark leaves its lines in a file: python -m tests.benchmarks.part NAME FILE."""

from __future__ import annotations

import dataclasses
import importlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.line import Goal, Line


def write(lines: Sequence[Line], file: Path) -> None:
    file.write_text(json.dumps([dataclasses.asdict(line) for line in lines]))


def read(file: Path) -> list[Line]:
    """The lines as they were written."""
    return [
        Line(**{**told, "goal": None if told["goal"] is None else Goal(**told["goal"])})
        for told in json.loads(file.read_text())
    ]


def main() -> None:
    name, file = sys.argv[1:]
    write(importlib.import_module(f"tests.benchmarks.bench_{name}").lines(), Path(file))


if __name__ == "__main__":
    main()
