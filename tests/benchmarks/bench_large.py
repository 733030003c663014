"""Whether BLAS would win at larger networks: the kernel beside plain NumPy, on one thread and on all.

The kernel has products of its own. Each number of threads is measured in a process that was begun with it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

from bpviz.engine.kernel import cache
from tests.benchmarks.bench_kernel import kernel_epochs
from tests.benchmarks.line import Goal, Line, left_out, rounded
from tests.benchmarks.plain import Task, plain_epoch
from tests.benchmarks.turns import medians, timed

GROUP = "Training, larger networks and batches"
TASKS = tuple(
    Task(sizes, True, batch, 300)
    for sizes in ((784, 256, 10), (784, 512, 512, 10))
    for batch in (10, 32, 100)
)
THREADS = {"one thread": "1", "all threads": ""}


def lines() -> list[Line]:
    if not cache.is_installed():
        return [left_out(GROUP, "kernel", "numba is not installed")]
    found = {told: _times_with(number) for told, number in THREADS.items()}
    made = []
    for k, task in enumerate(TASKS):
        for told, times in found.items():
            plain, ours = (1000 * seconds for seconds in times[k])
            what = f"{task.name}, batches of {task.batch}: kernel, faster than plain NumPy"
            beside = f"NumPy with {told} of BLAS, {rounded(plain)} ms; kernel {rounded(ours)} ms"
            made.append(Line(GROUP, what, plain / ours, "x", Goal(1, at_least=True), beside))
    return made


def _times_with(threads: str) -> list[tuple[float, float]]:
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    if threads:
        environment["OPENBLAS_NUM_THREADS"] = threads
    command = [sys.executable, "-m", "tests.benchmarks.bench_large", "--times"]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    return [tuple(pair) for pair in json.loads(told)]


def times() -> list[tuple[float, float]]:
    """Seconds of an epoch by plain NumPy and by the kernel, for each task."""
    found = []
    for task in TASKS:
        both = medians({"plain": timed(plain_epoch(task)), "ours": timed(kernel_epochs(task, 1))})
        found.append((both["plain"], both["ours"]))
    return found


if __name__ == "__main__":
    if sys.argv[1:] == ["--times"]:
        print(json.dumps(times()))
    else:
        from tests.benchmarks.run import print_lines

        print_lines(lines())
