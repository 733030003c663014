"""`make bench`: every measurement of this machine in one table, each with its goal and what stands beside it.

    python -m tests.benchmarks.run [--markdown] [PART ...]

A part is a module bench_PART with lines(). They are run one after the other, each in a process of its own,
so that none is in another's way; what fails says so in a line, and the rest goes on.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import part, table
from tests.benchmarks.line import Line, left_out

FIRST = ("kernel", "large", "running", "engine", "instructions", "frame", "cost_plot", "panels", "window")
LONGEST = 1200.0  # seconds for a part


def main() -> None:
    there = parts()
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(there)}; all unless given")
    parser.add_argument("--markdown", action="store_true", help="print the tables as Markdown")
    wanted = parser.parse_args()
    unknown = sorted(set(wanted.parts) - set(there))
    if unknown:
        parser.error(f"there is no part {', '.join(unknown)}; there are {', '.join(there)}")
    lines = [line for name in there if name in (wanted.parts or there) for line in lines_of(name)]
    from tests.benchmarks.machine import described  # after the parts: they may have installed something

    (print_markdown if wanted.markdown else print_text)(described(), lines)


def parts() -> list[str]:
    """All there are: those of FIRST in this order, then the others."""
    found = sorted(file.stem.removeprefix("bench_") for file in Path(__file__).parent.glob("bench_*.py"))
    return [name for name in FIRST if name in found] + [name for name in found if name not in FIRST]


def print_text(machine: dict[str, str], lines: Sequence[Line]) -> None:
    for name, value in machine.items():
        print(f"{name:<20}{value}")
    print()
    print_lines(lines)
    print("", *table.summary(lines), sep="\n")


def print_markdown(machine: dict[str, str], lines: Sequence[Line]) -> None:
    first, *missed = table.summary(lines)
    print("; ".join(f"{name} {value}" for name, value in machine.items()) + ".\n")
    print(table.as_markdown(lines))
    print("", first, *(["", *(f"- {one}" for one in missed)] if missed else []), sep="\n")


def print_lines(lines: Sequence[Line]) -> None:
    print(table.as_text(lines))


def lines_of(name: str) -> list[Line]:
    """What the part has measured, or one line that says why it has not."""
    print(f"bench: {name}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder, "lines.json")
        command = [sys.executable, "-m", "tests.benchmarks.part", name, str(answer)]
        try:
            done = subprocess.run(
                command, timeout=LONGEST, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
            )
        except subprocess.TimeoutExpired:
            return [left_out(name, name, f"not done after {LONGEST:g} s")]
        if done.returncode == 0:
            return part.read(answer)
    said = done.stderr.strip().splitlines()
    return [left_out(name, name, said[-1] if said else f"ended with {done.returncode}")]


if __name__ == "__main__":
    main()
