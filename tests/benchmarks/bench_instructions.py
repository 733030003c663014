"""Instructions rather than seconds: the same on a busy machine, so that a change in them means something.

Each figure is that of a process that does the work so many times, less that of one that does it once: what
both need to begin drops out. Counted by perf where the processor lets it, otherwise by valgrind. valgrind
knows no AVX-512, so that there the kernel is compiled for AVX2, into a folder of its own.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.line import Line, left_out
from tests.benchmarks.plain import Task

GROUP = "Instructions"
SMALL, MIDDLE = Task((2, 4, 2, 1), False), Task((64, 32, 10), True)
UNTIL = 900  # seconds for one process
# What valgrind can follow.
AVX2 = {"NUMBA_CPU_NAME": "haswell", "NUMBA_CPU_FEATURES": "+avx,+avx2,+fma,+bmi,+bmi2,+popcnt,+sse4.2,+f16c"}


@dataclass(frozen=True)
class Work:
    """One piece of work, and how many times it is done for each that is told of."""

    what: str
    begin: Callable[[], Callable[[], object]]
    times: int


def works() -> dict[str, Work]:
    return {
        "numpy-small": Work(f"{SMALL.name}: an epoch by run_step", lambda: recorded(SMALL), 4),
        "kernel-small": Work(f"{SMALL.name}: an epoch by the kernel", lambda: compiled(SMALL), 200),
        "numpy-middle": Work(f"{MIDDLE.name}: an epoch by run_step", lambda: recorded(MIDDLE), 4),
        "kernel-middle": Work(f"{MIDDLE.name}: an epoch by the kernel", lambda: compiled(MIDDLE), 100),
        "frame": Work("spiral: a step, and its picture at 1280x720", frame, 6),
    }


def recorded(task: Task) -> Callable[[], object]:
    from tests.benchmarks.bench_engine import trainer_epoch

    return trainer_epoch(task)


def compiled(task: Task) -> Callable[[], object]:
    from tests.benchmarks.bench_kernel import kernel_epochs

    return kernel_epochs(task, 1)


def frame() -> Callable[[], object]:
    from PySide6.QtGui import QGuiApplication

    from bpviz.document.preset import load_preset
    from bpviz.explain.moment import Moment
    from bpviz.explain.phase import Kind, score
    from bpviz.qt.canvas.render import Still, picture
    from bpviz.qt.fonts import load_fonts

    app = QGuiApplication.instance() or QGuiApplication([])
    load_fonts()
    experiment = load_preset("spiral").experiment
    trainer = experiment.start()
    sums = [k for k, one in enumerate(score(experiment.network.depth)) if one.kind is Kind.SUM]

    def painted() -> object:
        trainer.advance()
        picture(Still(experiment.network, trainer.record(), Moment(sums[trainer.step % len(sums)], 0.45)))
        return app  # which must live as long

    return painted


def lines() -> list[Line]:
    counter = counting()
    if counter is None:
        return [left_out(GROUP, "all", "neither perf nor valgrind can count here")]
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"}
        if counter is with_valgrind and platform.machine() in ("x86_64", "AMD64"):
            environment |= AVX2 | {"NUMBA_CACHE_DIR": folder}
        return [line_of(name, work, counter, environment) for name, work in works().items()]


def line_of(name: str, work: Work, counter: Callable[..., int], environment: dict[str, str]) -> Line:
    def command(times: int) -> list[str]:
        return [sys.executable, "-m", "tests.benchmarks.bench_instructions", name, str(times)]

    try:
        subprocess.run(command(1), check=True, env=environment, capture_output=True)  # compiles, if need be
        more, once = (counter(command(times), environment) for times in (1 + work.times, 1))
    except (subprocess.SubprocessError, ValueError) as error:
        return left_out(GROUP, work.what, f"{type(error).__name__} of {counter.__name__.replace('_', ' ')}")
    told = f"{counter.__name__.replace('_', ' ')}, mean of {work.times}"
    return Line(GROUP, work.what, (more - once) / work.times / 1e6, "M instr", None, told)


def counting() -> Callable[..., int] | None:
    """How instructions can be counted here."""
    for tool, counter in (("perf", with_perf), ("valgrind", with_valgrind)):
        if shutil.which(tool):
            try:
                counter(["true"], dict(os.environ))
            except (subprocess.SubprocessError, ValueError):
                continue
            return counter
    return None


def with_perf(command: list[str], environment: dict[str, str]) -> int:
    """Raises ValueError where the processor does not let itself be counted."""
    told = _run(["perf", "stat", "-x", ",", "-e", "instructions:u", *command], environment)
    return int(told.strip().splitlines()[-1].split(",")[0])


def with_valgrind(command: list[str], environment: dict[str, str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "callgrind.out")
        options = ["--tool=callgrind", f"--callgrind-out-file={out}", "--error-exitcode=0"]
        told = _run(["valgrind", *options, *command], environment)
    found = re.search(r"Collected : (\d+)", told)
    if found is None:
        raise ValueError(told)
    return int(found[1])


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        timeout=UNTIL,
    )
    return done.stderr


def work_off(name: str, times: int) -> None:
    again = works()[name].begin()
    for _ in range(times):
        again()


if __name__ == "__main__":
    if len(sys.argv) == 3:
        work_off(sys.argv[1], int(sys.argv[2]))
    else:
        from tests.benchmarks.run import print_lines

        print_lines(lines())
