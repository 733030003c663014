"""The data sets that come with the program, with the source and licence of every number.

Each is two plain files: NAME.csv (a header line, then one example a line) and NAME.json (Description).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bpviz.document.dataset import Dataset, one_hot
from bpviz.document.errors import DocumentError
from bpviz.document.reading import read_json
from bpviz.document.resource import resource
from bpviz.document.source import Columns, Task
from bpviz.document.table import Table, class_column, read_table
from bpviz.engine.arrays import Array, checked
from bpviz.engine.errors import unknown_name


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
    def columns(self) -> Columns:
        return Columns(self.task, self.inputs, self.targets, self.classes, self.standardise)

    @property
    def outputs(self) -> int:
        return self.columns.outputs


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
        class_column=about.targets[0],
    )


def _targets(table: Table, about: Description) -> Array:
    """What the network learns: the numbers, or classes as 0 and 1, (n, 1), or one-hot, (n, classes)."""
    if about.task == "regression":
        return table.numbers(about.targets)
    return one_hot(class_column(table, about.targets[0], about.classes), about.columns)
