"""Data sets: what a network learns from, with the source and licence of every number.

A data set is two plain files: NAME.csv (a header line, then one example a line) and NAME.json (Description).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bpviz.document.errors import DocumentError
from bpviz.document.limits import check_share
from bpviz.document.reading import read_json
from bpviz.document.resource import resource
from bpviz.document.table import Table, class_column, read_table
from bpviz.engine.arrays import Array, checked
from bpviz.engine.errors import unknown_name
from bpviz.engine.examples import Examples
from bpviz.engine.seed import SPLIT, stream

Task = Literal["regression", "classification"]


@dataclass(frozen=True, slots=True)
class Description:
    """The JSON beside a CSV: what its columns mean and where they come from.

    A classification has one target column, whose cells are names in `classes`; all other cells are numbers.
    Inputs are multiplied by `scale`. `standardise` asks split() to shift and scale every input column to
    mean 0 and deviation 1 over the training rows.
    """

    title: str
    task: Task
    description: str
    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    source: str
    licence: str
    classes: tuple[str, ...] = ()
    image_shape: tuple[int, int] | None = None
    scale: float = 1.0
    standardise: bool = False

    @property
    def outputs(self) -> int:
        """How many outputs a network needs: one for two classes, one a class for more, else one a target."""
        return len(self.classes) if len(self.classes) > 2 else len(self.targets)


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Inputs (n, inputs) after `scale`, and targets (n, outputs) as a network learns them.

    Several classes are one-hot columns named after the classes; two classes are one column of 0 and 1.
    """

    name: str
    title: str
    task: Task
    input_names: tuple[str, ...]
    target_names: tuple[str, ...]
    inputs: Array
    targets: Array
    source: str
    licence: str
    image_shape: tuple[int, int] | None = None
    class_names: tuple[str, ...] = ()
    description: str = ""
    standardise: bool = False

    @property
    def count(self) -> int:
        return int(self.inputs.shape[0])

    @property
    def classes(self) -> NDArray[np.int64]:
        """The class number of every row, (n,); all 0 for a regression."""
        if self.task == "regression":
            return np.zeros(self.count, dtype=np.int64)
        if self.targets.shape[1] == 1:
            return np.array(self.targets[:, 0] >= 0.5, dtype=np.int64)
        return np.array(self.targets.argmax(axis=1), dtype=np.int64)


@cache
def dataset_names() -> tuple[str, ...]:
    """The shipped data sets, sorted."""
    return tuple(sorted(path.stem for path in resource("datasets").glob("*.csv")))


@cache
def describe(name: str) -> Description:
    """What a shipped data set holds, without reading its rows."""
    if name not in dataset_names():
        raise DocumentError(str(unknown_name("data set", name, dataset_names())))
    return read_json(resource("datasets", f"{name}.json"), Description)


@cache
def load_dataset(name: str) -> Dataset:
    """A shipped data set. Its arrays are read-only, so everyone shares one copy."""
    about = describe(name)
    path = resource("datasets", f"{name}.csv")
    table = read_table(path, (*about.inputs, *about.targets))
    inputs = table.numbers(about.inputs) * about.scale
    return Dataset(
        name=name,
        title=about.title,
        task=about.task,
        input_names=about.inputs,
        target_names=about.classes if about.outputs > len(about.targets) else about.targets,
        inputs=checked(f"{path}: inputs", inputs, (None, len(about.inputs))),
        targets=checked(f"{path}: targets", _targets(table, about), (None, about.outputs)),
        source=about.source,
        licence=about.licence,
        image_shape=about.image_shape,
        class_names=about.classes,
        description=about.description,
        standardise=about.standardise,
    )


def split(dataset: Dataset, validation_share: float, seed: int) -> tuple[Examples, Examples | None]:
    """Training and validation examples, drawn from the seed; classes keep their shares and rows their order.

    A share of 0 trains on everything. What `standardise` needs is measured on the training rows alone.
    """
    check_share(validation_share)
    held_out = np.zeros(dataset.count, dtype=bool)
    if validation_share > 0.0:
        held_out[_drawn(dataset, validation_share, seed)] = True
    inputs = _standardised(dataset.inputs, ~held_out) if dataset.standardise else dataset.inputs
    train = Examples(inputs[~held_out], dataset.targets[~held_out])
    return train, Examples(inputs[held_out], dataset.targets[held_out]) if held_out.any() else None


def _drawn(dataset: Dataset, share: float, seed: int) -> list[int]:
    """The validation rows: a share of the whole, divided among the classes by largest remainder."""
    if dataset.count < 2:
        expectation = f"expected 0: data set {dataset.name!r} has one example, to train on"
        raise DocumentError(expectation, place="validation_share")
    total = min(max(round(dataset.count * share), 1), dataset.count - 1)
    classes = dataset.classes
    sizes = np.bincount(classes)
    quotas = sizes * (total / dataset.count)
    wanted = np.floor(quotas).astype(int)
    for k in np.argsort(wanted - quotas, kind="stable")[: total - int(wanted.sum())]:
        wanted[k] += 1
    order = stream(seed, SPLIT).permutation(dataset.count)
    return [int(row) for k, n in enumerate(wanted) for row in order[classes[order] == k][:n]]


def _standardised(inputs: Array, rows: NDArray[np.bool_]) -> Array:
    """(X - mean) / deviation, column by column, both over the given rows; a constant column becomes 0."""
    mean: Array = inputs[rows].mean(axis=0)
    deviation: Array = inputs[rows].std(axis=0)
    return (inputs - mean) / np.where(deviation > 0.0, deviation, 1.0)


def _targets(table: Table, about: Description) -> Array:
    """What the network learns: the numbers, or classes as 0 and 1, (n, 1), or one-hot, (n, classes)."""
    if about.task == "regression":
        return table.numbers(about.targets)
    classes = class_column(table, about.targets[0], about.classes)
    if about.outputs == 1:
        return classes[:, np.newaxis].astype(np.float64)
    return np.eye(len(about.classes))[classes]
