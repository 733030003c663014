"""The C reference as a Python function, compiled by the system's own compiler."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

SOURCE = Path(__file__).with_name("c_reference.c")


def compiler() -> str | None:
    """The system's C compiler, if there is one."""
    return shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")


def c_epoch(
    sizes: tuple[int, ...], classifies: bool, w: np.ndarray, inputs: np.ndarray, targets: np.ndarray,
    batch: int, rate: float,
) -> Callable[[np.ndarray], None]:
    """epoch(order) trains the flat parameters w in place. Raises CalledProcessError when cc refuses."""
    function = _loaded(sizes, classifies)
    gradient = np.zeros_like(w)

    def epoch(order: np.ndarray) -> None:
        function(
            w.ctypes.data, gradient.ctypes.data, len(w), inputs.ctypes.data, targets.ctypes.data,
            order.ctypes.data, len(order), batch, rate,
        )

    return epoch


def _loaded(sizes: tuple[int, ...], classifies: bool) -> ctypes._CFuncPtr:
    listed = ",".join(map(str, sizes))
    options = [f"-DDEPTH={len(sizes) - 1}", f"-DSIZES={listed}", f"-DWIDEST={max(sizes[1:])}"]
    options += ["-DRELU_SOFTMAX"] * classifies
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "reference.so")
        command = [str(compiler()), "-O3", "-march=native", "-shared", "-fPIC", *options, str(SOURCE), "-lm"]
        subprocess.run([*command, "-o", str(made)], check=True, capture_output=True)
        function = ctypes.CDLL(str(made)).epoch
    pointer, whole = ctypes.c_void_p, ctypes.c_int
    function.argtypes = [pointer, pointer, whole, pointer, pointer, pointer, whole, whole, ctypes.c_double]
    function.restype = None
    return function
