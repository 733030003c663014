"""One epoch of the same training by other libraries, where they are installed."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from itertools import pairwise

import numpy as np

Epoch = Callable[[], object]


def scikit_learn_epoch(
    sizes: tuple[int, ...], classifies: bool, inputs: np.ndarray, targets: np.ndarray, batch: int, rate: float
) -> Epoch:
    """scikit-learn's multi-layer perceptron; its regressor has no tanh at the output."""
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    kind = MLPClassifier if classifies else MLPRegressor
    model = kind(
        hidden_layer_sizes=sizes[1:-1], activation="relu" if classifies else "tanh", solver="sgd", alpha=0.0,
        batch_size=batch, learning_rate_init=rate, momentum=0.0, random_state=0,
    )
    wanted = targets.argmax(axis=1) if classifies else targets.ravel()
    more = {"classes": np.arange(sizes[-1])} if classifies else {}

    def epoch() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.partial_fit(inputs, wanted, **more)

    return epoch


def torch_epoch(
    sizes: tuple[int, ...], classifies: bool, inputs: np.ndarray, targets: np.ndarray, batch: int, rate: float
) -> Epoch:
    """PyTorch in float64 on one processor, as its tutorials write it."""
    import torch

    layers: list[torch.nn.Module] = []
    for k, (m, n) in enumerate(pairwise(sizes)):
        layers.append(torch.nn.Linear(m, n, dtype=torch.float64))
        if not classifies:
            layers.append(torch.nn.Tanh())
        elif k < len(sizes) - 2:
            layers.append(torch.nn.ReLU())
    model = torch.nn.Sequential(*layers)
    cost = torch.nn.CrossEntropyLoss() if classifies else torch.nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    x, y = torch.from_numpy(inputs), torch.from_numpy(targets)

    def epoch() -> None:
        order = torch.randperm(len(x))
        for i in range(0, len(x), batch):
            rows = order[i : i + batch]
            optimizer.zero_grad()
            cost(model(x[rows]), y[rows]).backward()
            optimizer.step()

    return epoch
