"""How long one epoch takes: the trainer that records whole steps, beside the shortest NumPy loop there is."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from bpviz.engine.examples import Examples
from bpviz.engine.initializer import FirstWeights, first_parameters
from bpviz.engine.network import Layer, Network
from bpviz.engine.optimizer import Learning
from bpviz.engine.trainer import Trainer

EXAMPLES = 250
BATCH = 10
RATE = 0.03
SHAPES = ((2, 4, 2, 1), (2, 8, 8, 8, 1), (64, 32, 10))
Row = tuple[str, float]


def rows() -> list[Row]:
    """Name and seconds, two rows a network: the plain loop first, as what the other is compared with."""
    table = []
    for sizes in SHAPES:
        name = "-".join(map(str, sizes)) + " tanh, one epoch of 250 in batches of 10"
        table.append((f"{name}: plain NumPy loop", median_time(plain_epochs(sizes))))
        table.append((f"{name}: recording trainer", median_time(trainer_epochs(sizes))))
    return table


def median_time(work: Callable[[], None], repeats: int = 15) -> float:
    """Seconds, the median of so many runs after one to warm up."""
    work()
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def data(sizes: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    return random.uniform(-1, 1, (EXAMPLES, sizes[0])), random.uniform(-0.9, 0.9, (EXAMPLES, sizes[-1]))


def trainer_epochs(sizes: tuple[int, ...]) -> Callable[[], None]:
    """One more epoch with every call."""
    network = Network(sizes[0], tuple(Layer(n, "tanh") for n in sizes[1:]))
    first = first_parameters(network, FirstWeights("xavier"), seed=0)
    trainer = Trainer(network, Learning(RATE, BATCH), first, Examples(*data(sizes)), None, 0)

    def epoch() -> None:
        assert trainer.run(trainer.steps_per_epoch, float("inf")) is None

    return epoch


def plain_epochs(sizes: tuple[int, ...]) -> Callable[[], None]:
    """The same training as a textbook writes it: nothing kept, nothing checked."""
    random = np.random.default_rng(0)
    inputs, targets = data(sizes)
    w = [random.normal(0, np.sqrt(2 / (m + n)), (m, n)) for m, n in pairwise(sizes)]
    b = [np.zeros(n) for n in sizes[1:]]

    def step(x: np.ndarray, y: np.ndarray) -> None:
        a = [x]
        for k in range(len(w)):
            a.append(np.tanh(a[k] @ w[k] + b[k]))
        delta = (a[-1] - y) * (1 - a[-1] ** 2)
        for k in reversed(range(len(w))):
            dw, db = a[k].T @ delta / len(x), delta.mean(axis=0)
            if k:
                delta = (delta @ w[k].T) * (1 - a[k] ** 2)
            w[k] -= RATE * dw
            b[k] -= RATE * db

    def epoch() -> None:
        order = random.permutation(EXAMPLES)
        for i in range(0, EXAMPLES, BATCH):
            rows_of_batch = order[i : i + BATCH]
            step(inputs[rows_of_batch], targets[rows_of_batch])

    return epoch
