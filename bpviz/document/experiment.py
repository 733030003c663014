"""What a person sets up: a network, its first weights, how it learns, from which data, from which seed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bpviz.document.dataset import LARGEST_SHARE, Dataset, describe, load_dataset, split
from bpviz.document.errors import DocumentError
from bpviz.engine.cost import cost
from bpviz.engine.errors import EngineError
from bpviz.engine.initializer import FirstWeights, first_parameters
from bpviz.engine.network import Network
from bpviz.engine.optimizer import Learning
from bpviz.engine.trainer import Trainer

MOST_WEIGHTS = 2_000_000   # 16 MB of float64 a copy; beyond, a step is no longer told but waited for
MOST_LAYERS = 64
LARGEST_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Experiment:
    """Everything that training starts from. Raises DocumentError when its parts do not fit together.

    `dataset` names a shipped data set; `validation_share` of its rows is held out of training.
    """

    title: str
    network: Network
    first: FirstWeights
    learning: Learning
    epochs: int
    seed: int
    dataset: str
    validation_share: float = 0.0

    def __post_init__(self) -> None:
        if self.epochs < 1:
            raise DocumentError(f"expected at least 1, got {self.epochs}", place="epochs")
        if not 0 <= self.seed <= LARGEST_SEED:
            expectation = f"expected a whole number from 0 to {LARGEST_SEED}, got {self.seed}"
            raise DocumentError(expectation, place="seed")
        if not 0.0 <= self.validation_share <= LARGEST_SHARE:
            expectation = f"expected a share from 0 to {LARGEST_SHARE}, got {self.validation_share!r}"
            raise DocumentError(expectation, place="validation_share")
        self._check_size()
        self._check_data()
        with placed("first"):
            first_parameters(self.network, self.first, self.seed)

    def start(self, dataset: Dataset | None = None) -> Trainer:
        """A trainer at step 0, on the experiment's own data set unless another of its shape is given."""
        data = load_dataset(self.dataset) if dataset is None else dataset
        train, validation = split(data, self.validation_share, self.seed)
        with placed("network"):
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

    def _check_size(self) -> None:
        """Refuses what would exhaust the memory before any of it is made."""
        if self.network.depth > MOST_LAYERS:
            expectation = f"expected at most {MOST_LAYERS} layers, got {self.network.depth}"
            raise DocumentError(expectation, place="network.layers")
        if self.network.edges > MOST_WEIGHTS:
            expectation = f"expected at most {MOST_WEIGHTS:,} weights, got {self.network.edges:,}"
            raise DocumentError(expectation, place="network.layers")

    def _check_data(self) -> None:
        """The network's ends must be as wide as the data, and its cost must be able to read the targets."""
        with placed("dataset"):
            about = describe(self.dataset)
        data = f"data set {self.dataset!r}"
        if self.network.inputs != len(about.inputs):
            expectation = f"expected {len(about.inputs)}, the inputs of {data}; got {self.network.inputs}"
            raise DocumentError(expectation, place="network.inputs")
        if self.network.outputs != about.outputs:
            expectation = f"expected {about.outputs}, the outputs of {data}; got {self.network.outputs}"
            raise DocumentError(expectation, place=f"network.layers[{self.network.depth - 1}].units")
        if about.task == "regression" and self.network.cost.endswith("cross_entropy"):
            expectation = f"{cost(self.network.cost).label} needs classes; {data} is a regression"
            raise DocumentError(expectation, place="network.cost")


@contextmanager
def placed(place: str) -> Iterator[None]:
    """What the engine or a data set refuses inside becomes a DocumentError at this place."""
    try:
        yield
    except DocumentError as error:
        raise DocumentError(error.expectation, place=error.place or place, file=error.file) from None
    except EngineError as error:
        raise DocumentError(str(error), place=place) from None
