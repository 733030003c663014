"""One epoch of the same training by other Python libraries, where they are installed."""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tests.benchmarks.plain import Task
from tests.benchmarks.turns import Turn, timed


@dataclass(frozen=True)
class Peer:
    """A library at work: its turns, in what it differs, and how to let it go."""

    turn: Turn
    note: str = ""
    stop: Callable[[], object] = lambda: None


def python_peers(task: Task) -> dict[str, Peer | str]:
    """Each by its name, or why it is left out."""
    found: dict[str, Peer | str] = {}
    for name, module, make in (
        ("scikit-learn", "sklearn", scikit_learn_epoch), ("PyTorch", "torch", torch_epoch),
    ):
        known = importlib.util.find_spec(module) is not None
        found[name] = make(task) if known else "not installed; pip install '.[bench]' brings it"
    return found


def scikit_learn_epoch(task: Task) -> Peer:
    """scikit-learn's multi-layer perceptron, one partial_fit an epoch."""
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    kind = MLPClassifier if task.classifies else MLPRegressor
    inputs, targets = task.data()
    model = kind(
        hidden_layer_sizes=task.sizes[1:-1], activation="relu" if task.classifies else "tanh", solver="sgd",
        alpha=0.0, batch_size=task.batch, learning_rate_init=task.rate, momentum=0.0, random_state=0,
    )
    wanted = targets.argmax(axis=1) if task.classifies else targets.ravel()
    more = {"classes": np.arange(task.sizes[-1])} if task.classifies else {}

    def epoch() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.partial_fit(inputs, wanted, **more)

    return Peer(timed(epoch), "" if task.classifies else "its regressor ends linear, without tanh")


def torch_epoch(task: Task) -> Peer:
    """PyTorch in float64 as its tutorials write it."""
    import torch

    torch.set_num_threads(1)
    model = torch.nn.Sequential(*torch_layers(task))
    cost = torch.nn.CrossEntropyLoss() if task.classifies else torch.nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=task.rate)
    x, y = map(torch.from_numpy, task.data())

    def epoch() -> None:
        order = torch.randperm(len(x))
        for i in range(0, len(x), task.batch):
            rows = order[i : i + task.batch]
            optimizer.zero_grad()
            cost(model(x[rows]), y[rows]).backward()
            optimizer.step()

    return Peer(timed(epoch), "one thread, float64")


def torch_layers(task: Task) -> list:
    import torch

    layers: list[torch.nn.Module] = []
    for k, (m, n) in enumerate(pairwise(task.sizes)):
        layers.append(torch.nn.Linear(m, n, dtype=torch.float64))
        if not task.classifies:
            layers.append(torch.nn.Tanh())
        elif k < len(task.sizes) - 2:
            layers.append(torch.nn.ReLU())
    return layers
