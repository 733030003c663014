"""How fast the kernel trains, beside a plain NumPy loop, C, and what else is installed; all in one run.

The measurements of one network take turns, so that a busy moment of the machine meets all of them; each row
is the median. OPENBLAS_NUM_THREADS=1 keeps NumPy's threads from being in everyone's way.

python -m tests.benchmarks.bench_kernel prints every row as a ratio to plain NumPy.
"""

from __future__ import annotations

import importlib.util
import statistics
import time
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.examples import Examples
from bpviz.engine.initializer import FirstWeights, first_parameters
from bpviz.engine.kernel import cache
from bpviz.engine.kernel.run import KernelRun
from bpviz.engine.kernel.slices import Slice
from bpviz.engine.network import Layer, Network
from bpviz.engine.optimizer import Learning
from bpviz.engine.update import OptimizerState
from tests.benchmarks.c_reference import c_epoch, compiler
from tests.benchmarks.others import scikit_learn_epoch, torch_epoch

EXAMPLES, BATCH, RATE = 250, 10, 0.03
EPOCHS_A_CALL = 20  # about what the window asks for at a time
SHAPES = (((2, 4, 2, 1), False), ((2, 8, 8, 8, 1), False), ((64, 32, 10), True), ((784, 128, 10), True))
LONGEST = 3.0  # seconds of measuring for each network
Row = tuple[str, float]
Epoch = Callable[[], object]


def rows() -> list[Row]:
    """Name and seconds of one epoch; for each network plain NumPy comes first."""
    table = []
    for sizes, classifies in SHAPES:
        kind = "ReLU, softmax" if classifies else "tanh"
        name = f"{'-'.join(map(str, sizes))} {kind}, one epoch of {EXAMPLES} in batches of {BATCH}"
        work = contestants(sizes, classifies)
        table += [(f"{name}: {who}", seconds) for who, seconds in measured(work).items()]
    return table


def measured(work: dict[str, tuple[Epoch, int]]) -> dict[str, float]:
    """Seconds an epoch of each, taking turns; the second of each pair says how many epochs one call takes."""
    times: dict[str, list[float]] = {who: [] for who in work}
    until = time.perf_counter() + LONGEST
    while time.perf_counter() < until or len(next(iter(times.values()))) < 15:
        for who, (call, epochs) in work.items():
            call()  # what the one before has left in the processor's caches is not this one's to pay for
            began = time.perf_counter()
            call()
            times[who].append((time.perf_counter() - began) / epochs)
    return {who: statistics.median(all_times) for who, all_times in times.items()}


def contestants(sizes: tuple[int, ...], classifies: bool) -> dict[str, tuple[Epoch, int]]:
    """Everything that can train this network here."""
    inputs, targets = data(sizes, classifies)
    order = np.random.default_rng(1).permutation(EXAMPLES)
    loop = plain(sizes, classifies, inputs, targets, order)
    work: dict[str, tuple[Epoch, int]] = {"plain NumPy": (loop, 1)}
    if cache.is_installed():
        for epochs in (1, EPOCHS_A_CALL):
            call = kernel(sizes, classifies, inputs, targets, order, epochs)
            work[f"kernel, {epochs} to a call"] = (call, epochs)
    if compiler() is not None:
        w = np.concatenate([np.append(p.w.ravel(), p.b) for p in first(network(sizes, classifies))])
        epoch = c_epoch(sizes, classifies, w, inputs, targets, BATCH, RATE)
        work["C, -O3 -march=native"] = (lambda: epoch(order), 1)
    else:
        print("no C compiler here: the C reference is left out")
    for module, make in (("sklearn", scikit_learn_epoch), ("torch", torch_epoch)):
        if importlib.util.find_spec(module) is not None:
            work[module] = (make(sizes, classifies, inputs, targets, BATCH, RATE), 1)
    return work


def data(sizes: tuple[int, ...], classifies: bool) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    inputs = random.uniform(-1, 1, (EXAMPLES, sizes[0]))
    if classifies:
        return inputs, np.eye(sizes[-1])[random.integers(0, sizes[-1], EXAMPLES)]
    return inputs, random.uniform(-0.9, 0.9, (EXAMPLES, sizes[-1]))


def network(sizes: tuple[int, ...], classifies: bool) -> Network:
    hidden = [Layer(n, "relu" if classifies else "tanh") for n in sizes[1:-1]]
    output = Layer(sizes[-1], "softmax" if classifies else "tanh")
    cost = "categorical_cross_entropy" if classifies else "half_squared_error"
    return Network(sizes[0], (*hidden, output), cost)


def first(net: Network):
    return first_parameters(net, FirstWeights("xavier"), seed=0)


def kernel(
    sizes: tuple[int, ...], classifies: bool, inputs: np.ndarray, targets: np.ndarray, order: np.ndarray,
    epochs: int,
) -> Epoch:
    net = network(sizes, classifies)
    start = Checkpoint(0, first(net), OptimizerState())
    run = KernelRun(net, Learning(RATE, BATCH), Examples(inputs, targets), start)
    ends = np.arange(BATCH, epochs * EXAMPLES + 1, BATCH)
    steps = Slice(np.tile(order, epochs), ends, np.full(len(ends), RATE))
    return lambda: run.train(steps)


def plain(
    sizes: tuple[int, ...], classifies: bool, inputs: np.ndarray, targets: np.ndarray, order: np.ndarray
) -> Epoch:
    """Training as a textbook writes it in NumPy: nothing kept, nothing checked."""
    random = np.random.default_rng(0)
    w = [random.normal(0, np.sqrt(2 / (m + n)), (m, n)) for m, n in pairwise(sizes)]
    b = [np.zeros(n) for n in sizes[1:]]

    def output(z: np.ndarray) -> np.ndarray:
        if not classifies:
            return np.tanh(z)
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def step(x: np.ndarray, y: np.ndarray) -> None:
        a = [x]
        for k in range(len(w) - 1):
            z = a[k] @ w[k] + b[k]
            a.append(np.maximum(z, 0.0) if classifies else np.tanh(z))
        a.append(output(a[-1] @ w[-1] + b[-1]))
        delta = a[-1] - y if classifies else (a[-1] - y) * (1 - a[-1] ** 2)
        for k in reversed(range(len(w))):
            dw, db = a[k].T @ delta / len(x), delta.mean(axis=0)
            if k:
                delta = (delta @ w[k].T) * ((a[k] > 0) if classifies else 1 - a[k] ** 2)
            w[k] -= RATE * dw
            b[k] -= RATE * db

    def epoch() -> None:
        for i in range(0, EXAMPLES, BATCH):
            step(inputs[order[i : i + BATCH]], targets[order[i : i + BATCH]])

    return epoch


def main() -> None:
    for name, seconds in rows():
        if name.endswith("plain NumPy"):
            plain_seconds = seconds
            print()
        print(f"{name:<86}{1000 * seconds:>9.4f} ms{plain_seconds / seconds:>8.2f} x as fast")


if __name__ == "__main__":
    main()
