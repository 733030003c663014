"""Which activation goes with which cost and data; for a pair that does not, why not, and what would help."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from bpviz.document.editing import Edit, set_activation, set_cost, set_output
from bpviz.document.experiment import Experiment
from bpviz.document.loading import columns_of
from bpviz.engine.activation import activation
from bpviz.engine.cost import cost
from bpviz.engine.errors import EngineError
from bpviz.engine.network import Network

ALWAYS_GOES = "half_squared_error"  # with every output and all data


@dataclass(frozen=True, slots=True)
class Choice:
    """A function that may be asked for. edit makes it, with everything that has to change along.

    why: a sentence on what stands against it, else nothing. hint: the same in a few words. also: what edit
    changes along, as "cost to half squared error"; nothing where no other change would help.
    """

    name: str
    label: str
    edit: Callable[[], Edit]
    why: str = ""
    hint: str = ""
    also: str = ""

    @property
    def possible(self) -> bool:
        return not self.why or bool(self.also)


def activation_choice(experiment: Experiment, layers: range, name: str) -> Choice:
    """The activation of that name for these layers: hidden ones, or the output alone."""
    network = experiment.network
    choice = Choice(name, activation(name).label, partial(set_activation, experiment, layers, name))
    if name == "softmax" and layers[-1] < network.depth - 1:
        return replace(choice, why="Softmax is for the output layer only.", hint="output only")
    if name == "softmax" and network.outputs < 2:
        return replace(choice, why="Softmax needs at least 2 outputs; one takes sigmoid.", hint="2 outputs")
    if layers[-1] < network.depth - 1 or _fits(network, name, network.cost):
        return choice
    return replace(
        choice,
        edit=partial(set_output, experiment, name, ALWAYS_GOES),
        why=_beyond(name, network.cost),
        hint="with another cost",
        also=f"cost to {cost(ALWAYS_GOES).label}",
    )


def cost_choice(experiment: Experiment, name: str) -> Choice:
    """The cost of that name for the network's output and the data."""
    network, label = experiment.network, cost(name).label
    output = network.layers[-1].activation
    choice = Choice(name, label, partial(set_cost, experiment, name))
    if cost(name).probabilities and columns_of(experiment.dataset).task == "regression":
        why = f"{_capital(label)} needs classes as targets; these data have numbers."
        return replace(choice, why=why, hint="needs classes")
    if _fits(network, output, name):
        return choice
    fitting = "softmax" if name == "categorical_cross_entropy" and network.outputs > 1 else "sigmoid"
    return replace(
        choice,
        edit=partial(set_output, experiment, fitting, name),
        why=_beyond(output, name),
        hint="with another output",
        also=f"output to {activation(fitting).label}",
    )


def _fits(network: Network, output: str, cost_name: str) -> bool:
    """The network's own word on it."""
    layers = (*network.layers[:-1], replace(network.layers[-1], activation=output))
    try:
        replace(network, layers=layers, cost=cost_name)
    except EngineError:
        return False
    return True


def _beyond(output: str, cost_name: str) -> str:
    needs = f"{_capital(cost(cost_name).label)} needs outputs from 0 to 1"
    return f"{needs}; those of {activation(output).label} go beyond."


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]
