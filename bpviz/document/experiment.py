"""What a person sets up: a network, its first weights, how it learns, from which data, from which seed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bpviz.document.dataset import Dataset, split
from bpviz.document.errors import DocumentError, placed
from bpviz.document.limits import (
    LARGEST_SEED,
    check_first,
    check_frozen,
    check_learning,
    check_run,
    check_size,
)
from bpviz.document.loading import columns_of, count_of, load, title_of
from bpviz.document.source import Source
from bpviz.engine.cost import cost
from bpviz.engine.initializer import FirstWeights, first_parameters
from bpviz.engine.network import Network, Parameters
from bpviz.engine.optimizer import Learning
from bpviz.engine.trainer import Trainer


@dataclass(frozen=True, slots=True)
class Experiment:
    """Everything that training starts from. Raises DocumentError when its parts do not fit together.

    `dataset` names a shipped data set or says where its examples come from; `validation_share` of its rows
    is held out of training.
    """

    title: str
    network: Network
    first: FirstWeights
    learning: Learning
    epochs: int
    seed: int
    dataset: str | Source
    validation_share: float = 0.0

    def __post_init__(self) -> None:
        check_run(self.epochs, self.seed, self.validation_share)
        check_size(self.network)
        check_learning(self.learning)
        check_frozen(self.network, self.learning)
        check_first(self.first)
        self._check_data()
        with placed("first"):
            first_parameters(self.network, self.first, self.seed)

    def start(self, dataset: Dataset | None = None, first: Parameters | None = None) -> Trainer:
        """A trainer at step 0, on the experiment's own data set unless another of its shape is given, and
        from its own first weights unless others are."""
        data = load(self.dataset) if dataset is None else dataset
        train, validation = split(data, self.validation_share, self.seed)
        with placed("network"):
            if first is None:
                first = first_parameters(self.network, self.first, self.seed)
            return Trainer(
                self.network, self.learning, first, train, validation, self.seed,
                classification=data.task == "classification",
            )

    def with_seed(self, seed: int) -> Experiment:
        return replace(self, seed=seed)

    def with_learning(self, learning: Learning) -> Experiment:
        return replace(self, learning=learning)

    def rolled(self) -> Experiment:
        """The same with the next seed; first weights that no seed can change become uniform from -1 to 1."""
        first = self.first
        if first.name in ("given", "constant"):
            first = FirstWeights("uniform", low=-1.0, high=1.0)
        return replace(self, seed=(self.seed + 1) % (LARGEST_SEED + 1), first=first)

    def _check_data(self) -> None:
        """The network's ends must be as wide as the data, and its cost must be able to read the targets."""
        with placed("dataset"):
            about, title = columns_of(self.dataset), title_of(self.dataset)
        data = f"data set {(self.dataset if isinstance(self.dataset, str) else title)!r}"
        if self.network.inputs != len(about.inputs):
            expectation = f"expected {len(about.inputs)}, the inputs of {data}; got {self.network.inputs}"
            raise DocumentError(expectation, place="network.inputs")
        if self.network.outputs != about.outputs:
            expectation = f"expected {about.outputs}, the outputs of {data}; got {self.network.outputs}"
            raise DocumentError(expectation, place=f"network.layers[{self.network.depth - 1}].units")
        if about.task == "regression" and self.network.cost.endswith("cross_entropy"):
            expectation = f"{cost(self.network.cost).label} needs classes; {data} is a regression"
            raise DocumentError(expectation, place="network.cost")
        if self.validation_share > 0.0 and count_of(self.dataset) < 2:
            expectation = f"expected 0, got {self.validation_share!r}: {data} has one example, to train on"
            raise DocumentError(expectation, place="validation_share")
