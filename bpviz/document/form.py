"""What a document file holds, field by field. The published schema is made from these types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bpviz.document.costs_form import CostsForm
from bpviz.document.earlier_form import EarlierForm
from bpviz.document.experiment import Experiment
from bpviz.document.packed import Numbers
from bpviz.engine.run_state import Turn

FORMAT, VERSION = "bpviz", 1


@dataclass(frozen=True, slots=True)
class LayerForm:
    """The weights between two columns, (inputs, units), and the biases, (units,), of a layer that has any."""

    w: Numbers
    b: Numbers | None = None


@dataclass(frozen=True, slots=True)
class OptimizerForm:
    """What the optimizer remembers: its age in updates, what its running arrays mean ("velocity", "mean
    square", "mean and mean square"; "" for none), and these arrays for each w and b in turn."""

    count: int = 0
    keeps: str = ""
    slots: tuple[tuple[Numbers, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckpointForm:
    """Where training stands before a step."""

    step: int
    parameters: tuple[LayerForm, ...]
    optimizer: OptimizerForm = OptimizerForm()


@dataclass(frozen=True, slots=True)
class RunForm:
    """Everything that a run goes on from in every bit.

    It has no random state of its own: everything random follows from the experiment's seed and the step.
    step: where it stands. reached: its furthest step. turns: from which step on training learns in which way,
    the first at 0. checkpoints: the first at 0, one at `step`; a step between is repeated from the one before
    it. edits: where parameters were changed by hand. taken: the steps at which one of the two ways to compute
    a step took over from the other: the plain one, which begins, and the compiled one, which sums in another
    order.
    """

    step: int
    reached: int
    turns: tuple[Turn, ...]
    checkpoints: tuple[CheckpointForm, ...]
    edits: tuple[CheckpointForm, ...]
    taken: tuple[int, ...]
    costs: CostsForm


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """An experiment under its heading, its run so far, and earlier runs, the newest last."""

    format: Literal["bpviz"]
    version: Literal[1]
    title: str
    name: str
    description: str
    look_for: str
    experiment: Experiment
    run: RunForm
    runs: tuple[EarlierForm, ...] = ()
