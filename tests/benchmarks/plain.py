"""What the kernel is measured against: training as a textbook writes it in NumPy, and its bare products."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

Array = np.ndarray
Epoch = Callable[[], object]


@dataclass(frozen=True)
class Task:
    """One network to be trained on random examples, in batches: tanh and half the squared error, or ReLU,
    softmax and cross-entropy where it classifies."""

    sizes: tuple[int, ...]
    classifies: bool
    batch: int = 10
    examples: int = 250
    rate: float = 0.03

    @property
    def name(self) -> str:
        return "-".join(map(str, self.sizes)) + (" ReLU softmax" if self.classifies else " tanh")

    def data(self) -> tuple[Array, Array]:
        random = np.random.default_rng(0)
        inputs = random.uniform(-1, 1, (self.examples, self.sizes[0]))
        if self.classifies:
            return inputs, np.eye(self.sizes[-1])[random.integers(0, self.sizes[-1], self.examples)]
        return inputs, random.uniform(-0.9, 0.9, (self.examples, self.sizes[-1]))

    def order(self) -> Array:
        return np.random.default_rng(1).permutation(self.examples)


def plain_epoch(task: Task, first: list[tuple[Array, Array]] | None = None) -> Epoch:
    """Nothing kept, nothing checked. first: W and b of every layer, which are trained in place."""
    rate, classifies = task.rate, task.classifies
    (inputs, targets), order = task.data(), task.order()
    w, b = map(list, zip(*(first or first_weights(task)), strict=True))

    def output(z: Array) -> Array:
        if not classifies:
            return np.tanh(z)
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def step(x: Array, y: Array) -> None:
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
            w[k] -= rate * dw
            b[k] -= rate * db

    def epoch() -> None:
        for i in range(0, task.examples, task.batch):
            step(inputs[order[i : i + task.batch]], targets[order[i : i + task.batch]])

    return epoch


def first_weights(task: Task) -> list[tuple[Array, Array]]:
    random = np.random.default_rng(0)
    return [(random.normal(0, np.sqrt(2 / (m + n)), (m, n)), np.zeros(n)) for m, n in pairwise(task.sizes)]


def products_epoch(task: Task) -> Epoch:
    """The matrix products of an epoch by BLAS and nothing else, into arrays that are there already."""
    random = np.random.default_rng(0)
    w = [random.normal(size=shape) for shape in pairwise(task.sizes)]
    a = [random.normal(size=(task.batch, units)) for units in task.sizes]
    z, dw = [np.empty_like(one) for one in a], [np.empty_like(one) for one in w]

    def epoch() -> None:
        for _ in range(task.examples // task.batch):
            for k in range(len(w)):
                np.matmul(a[k], w[k], out=z[k + 1])
            for k in reversed(range(len(w))):
                np.matmul(a[k].T, a[k + 1], out=dw[k])
                if k:
                    np.matmul(a[k + 1], w[k].T, out=z[k])

    return epoch
