"""`make bench`: every measurement of this machine in one table, each beside what it is compared with."""

from __future__ import annotations

import importlib.util
import platform

import numpy as np

from tests.benchmarks import bench_engine, bench_kernel, bench_running


def main() -> None:
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}")
    print_pairs(bench_engine.rows())
    print_ratios(bench_running.rows())
    print_ratios(bench_kernel.rows())
    if importlib.util.find_spec("tests.benchmarks.bench_frame") is not None:
        from tests.benchmarks import bench_frame

        bench_frame.main()
    if importlib.util.find_spec("tests.benchmarks.bench_panels") is not None:
        from tests.benchmarks import bench_panels

        print_rows(bench_panels.rows())


def print_pairs(rows: list[tuple[str, float]]) -> None:
    """Two rows belong together; the ratio says how many times the first the second takes."""
    for (name, plain), (other, ours) in zip(rows[::2], rows[1::2], strict=True):
        print(f"{name:<72}{1000 * plain:>10.3f} ms")
        print(f"{other:<72}{1000 * ours:>10.3f} ms{ours / plain:>8.2f} x")


def print_ratios(rows: list[tuple[str, float]]) -> None:
    """Each row as so many times the time of NumPy, the last row of which came before."""
    for name, seconds in rows:
        if name.endswith("NumPy"):
            plain = seconds
        print(f"{name:<96}{1000 * seconds:>10.4f} ms{seconds / plain:>8.3f} x")


def print_rows(rows: list[tuple[str, float]]) -> None:
    for name, seconds in rows:
        print(f"{name:<72}{1000 * seconds:>10.3f} ms")


if __name__ == "__main__":
    main()
