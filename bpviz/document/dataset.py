"""Data sets: what a network learns from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpviz.document.errors import DocumentError
from bpviz.document.limits import check_share
from bpviz.document.source import Columns, Rows, Task
from bpviz.engine.arrays import Array, checked
from bpviz.engine.evaluation import classes_of
from bpviz.engine.examples import Examples
from bpviz.engine.seed import SPLIT, stream


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Inputs (n, inputs) after `scale`, and targets (n, outputs) as a network learns them.

    Several classes are one-hot columns named after the classes; two classes are one column of 0 and 1.
    `class_column` is what a table calls the one column of several classes.
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
    class_column: str = "class"

    @property
    def count(self) -> int:
        return int(self.inputs.shape[0])

    @property
    def columns(self) -> Columns:
        one_hot = len(self.class_names) > 2  # an output a class; in the table they are one column
        targets = (self.class_column,) if one_hot else self.target_names
        return Columns(self.task, self.input_names, targets, self.class_names, self.standardise)

    @property
    def classes(self) -> NDArray[np.int64]:
        """The class number of every row, (n,); all 0 for a regression."""
        if self.task == "regression":
            return np.zeros(self.count, dtype=np.int64)
        return classes_of(self.targets)


def written_out(dataset: Dataset, title: str, origin: str = "") -> Rows:
    """The same examples as rows, which can then be edited cell by cell; said or not, where they come from."""
    origin = origin or ", ".join(said for said in (dataset.source, dataset.licence) if said)
    columns = dataset.columns
    last = dataset.classes[:, np.newaxis] if columns.task == "classification" else dataset.targets
    cells = np.concatenate([dataset.inputs, last], axis=1).tolist()
    return Rows(title, columns, tuple(map(tuple, cells)), dataset.image_shape, origin)


def split(dataset: Dataset, validation_share: float, seed: int) -> tuple[Examples, Examples | None]:
    """Training and validation examples, drawn from the seed; classes keep their shares and rows their order.

    A share of 0 trains on everything. What `standardise` needs is measured on the training rows alone.
    """
    held_out = _held_out(dataset, validation_share, seed)
    inputs = _standardised(dataset.inputs, ~held_out) if dataset.standardise else dataset.inputs
    train = Examples(inputs[~held_out], dataset.targets[~held_out])
    return train, Examples(inputs[held_out], dataset.targets[held_out]) if held_out.any() else None


def held_out_of(count: int, validation_share: float) -> int:
    """How many of so many examples are kept out of training; of two or more at least one is trained on."""
    return min(max(round(count * validation_share), 1), count - 1) if validation_share > 0.0 else 0


def training_rows(dataset: Dataset, validation_share: float, seed: int) -> NDArray[np.int64]:
    """Which rows of the data set the training examples of split() are, in their order."""
    return np.flatnonzero(~_held_out(dataset, validation_share, seed))


def dataset_of(
    title: str, columns: Columns, inputs: Array, last: Array, *, source: str, description: str = "",
    image_shape: tuple[int, int] | None = None,
) -> Dataset:
    """A data set of inputs (n, inputs) and last (n, targets): numbers, or the place of each row's class."""
    targets = one_hot(last[:, 0].astype(np.int64), columns) if columns.task == "classification" else last
    return Dataset(
        name=title, title=title, task=columns.task, input_names=columns.inputs,
        target_names=columns.classes if columns.outputs > len(columns.targets) else columns.targets,
        inputs=checked("inputs", inputs, (None, len(columns.inputs))),
        targets=checked("targets", targets, (None, columns.outputs)),
        source=source, licence="", image_shape=image_shape, class_names=columns.classes,
        description=description, standardise=columns.standardise, class_column=columns.targets[0],
    )


def _held_out(dataset: Dataset, validation_share: float, seed: int) -> NDArray[np.bool_]:
    check_share(validation_share)
    held_out = np.zeros(dataset.count, dtype=bool)
    if validation_share > 0.0:
        held_out[_drawn(dataset, validation_share, seed)] = True
    return held_out


def _drawn(dataset: Dataset, share: float, seed: int) -> list[int]:
    """The validation rows: a share of the whole, divided among the classes by largest remainder."""
    if dataset.count < 2:
        expectation = f"expected 0: data set {dataset.name!r} has one example, to train on"
        raise DocumentError(expectation, place="validation_share")
    total = held_out_of(dataset.count, share)
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


def one_hot(classes: NDArray[np.int64], columns: Columns) -> Array:
    """What the network learns of classes: 0 and 1, (n, 1), or one-hot, (n, classes)."""
    if columns.outputs == 1:
        return classes[:, np.newaxis].astype(np.float64)
    return np.eye(len(columns.classes))[classes]
