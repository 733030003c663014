"""Edits of an experiment as values: each gives the experiment it leads to, or says why it cannot be made.

No edit is ever applied half: what does not fit together raises DocumentError, placed at its setting.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bpviz.document.carrying import Origin, anew, carried_frozen, unchanged
from bpviz.document.errors import DocumentError
from bpviz.document.experiment import Experiment
from bpviz.document.loading import columns_of, count_of
from bpviz.document.source import Columns, Source
from bpviz.engine.activation import activation
from bpviz.engine.cost import cost
from bpviz.engine.errors import EngineError
from bpviz.engine.initializer import FirstWeights
from bpviz.engine.network import Layer, Network
from bpviz.engine.optimizer import Learning

MOST_UNITS = 4096  # of a hidden layer; beyond, see limits.MOST_WEIGHTS


@dataclass(frozen=True, slots=True)
class Edit:
    """name: what the menu calls it, as "add layer". origins: what each column was before, inputs first.

    redrawn: all weights are drawn again, each in its place.
    """

    name: str
    experiment: Experiment
    origins: tuple[Origin, ...]
    redrawn: bool = False

    def adapted(self, learning: Learning) -> Learning:
        """Settings of before the edit as they are after it: what is frozen goes along with its units."""
        return learning if self.redrawn else _adapted(learning, self.experiment.network, self.origins)


# -- the network -----------------------------------------------------------------------------------


def add_layer(experiment: Experiment, at: int) -> Edit:
    """A hidden layer more, which becomes layer `at`; at depth - 1 it is the last before the output.

    It is as its hidden neighbour is, or else half as wide as both its sides, and tanh.
    """
    network = experiment.network
    if not 0 <= at < network.depth:
        raise DocumentError(f"expected from 0 to {network.depth - 1}, got {at}", place="network.layers")
    layers = (*network.layers[:at], _like_neighbours(network, at), *network.layers[at:])
    origins = unchanged(network.sizes)
    new = Origin(None, (None,) * layers[at].units)
    return _shaped("add layer", experiment, layers, (*origins[: at + 1], new, *origins[at + 1 :]))


def remove_layer(experiment: Experiment, layer: int) -> Edit:
    """A hidden layer less. The layers around it meet with new weights."""
    network = experiment.network
    _check_hidden(network, layer, "is the output: it stays as wide as the targets")
    layers = (*network.layers[:layer], *network.layers[layer + 1 :])
    origins = unchanged(network.sizes)
    return _shaped("remove layer", experiment, layers, (*origins[: layer + 1], *origins[layer + 2 :]))


def add_unit(experiment: Experiment, layer: int) -> Edit:
    units = experiment.network.layers[layer].units
    return replace(set_units(experiment, layer, units + 1), name="add unit")


def remove_unit(experiment: Experiment, layer: int, unit: int | None = None) -> Edit:
    """This unit of a hidden layer less, or its last one; the others keep their weights."""
    _check_width(experiment, layer, experiment.network.layers[layer].units - 1)
    units = list(range(experiment.network.layers[layer].units))
    del units[-1 if unit is None else unit]
    return _with_units("remove unit", experiment, {layer: tuple(units)})


def set_units(experiment: Experiment, layer: int | range, count: int) -> Edit:
    """A hidden layer, or each of several, of so many units: the first ones stay, new ones come after them."""
    units = {}
    for k in _each(layer):
        _check_width(experiment, k, count)
        had = experiment.network.layers[k].units
        units[k] = tuple(unit if unit < had else None for unit in range(count))
    return _with_units("change units", experiment, units)


def set_activation(experiment: Experiment, layer: int | range, name: str) -> Edit:
    return _with_layers(f"change activation to {activation(name).label}", experiment, layer, activation=name)


def set_bias(experiment: Experiment, layer: int | range, on: bool) -> Edit:
    return _with_layers("add bias" if on else "remove bias", experiment, layer, bias=on)


def set_cost(experiment: Experiment, name: str) -> Edit:
    network = replace(experiment.network, cost=name)
    return _same_shape(f"change cost to {cost(name).label}", replace(experiment, network=network))


def set_output(experiment: Experiment, activation_name: str, cost_name: str) -> Edit:
    """The output's activation and the cost at once, where neither goes with what the other is now."""
    network = experiment.network
    last = replace(network.layers[-1], activation=activation_name)
    changed = replace(network, layers=(*network.layers[:-1], last), cost=cost_name)
    name = f"change output to {activation(activation_name).label} and cost to {cost(cost_name).label}"
    return _same_shape(name, replace(experiment, network=changed))


# -- how it starts and learns ------------------------------------------------------------------------


def set_first(experiment: Experiment, first: FirstWeights) -> Edit:
    """All weights are drawn again."""
    return _started_over("change first weights", replace(experiment, first=first))


def set_seed(experiment: Experiment, seed: int) -> Edit:
    return _started_over("change seed", experiment.with_seed(seed))


def roll(experiment: Experiment) -> Edit:
    return _started_over("roll new weights", experiment.rolled())


def set_share(experiment: Experiment, validation_share: float) -> Edit:
    return _same_shape("change validation share", replace(experiment, validation_share=validation_share))


def set_data(experiment: Experiment, source: str | Source, share: float | None = None) -> Edit:
    """Learn from these data. The network's ends become as wide as they are, and its output and cost are
    changed if they cannot tell what these data ask for."""
    columns, count = columns_of(source), count_of(source)
    network, layers = experiment.network, list(experiment.network.layers)
    last, cost_name = _fitting(layers[-1], network.cost, columns)
    layers[-1] = last
    share = experiment.validation_share if share is None else share
    changed = Network(len(columns.inputs), tuple(layers), cost_name)
    origins = _ends(network, changed)
    made = replace(
        experiment,
        network=changed,
        learning=_adapted(experiment.learning, changed, origins),
        first=_drawable(experiment.first),
        dataset=source,
        validation_share=share if count > 1 else 0.0,
    )
    return Edit("change data", made, origins)


# -- within ------------------------------------------------------------------------------------------


def try_out(edit: Callable[[], Edit]) -> str:
    """Why an edit cannot be made, or nothing: for the words beside a control that offers it."""
    try:
        edit()
    except DocumentError as error:
        return error.expectation
    except EngineError as error:
        return str(error)
    return ""


def _like_neighbours(network: Network, at: int) -> Layer:
    hidden = network.layers[:-1]
    if hidden:
        return hidden[min(max(at - 1, 0), len(hidden) - 1)]
    return Layer(max(2, min(8, network.sizes[at])), "tanh", network.layers[-1].bias)


def _check_hidden(network: Network, layer: int, why: str) -> None:
    if layer == network.depth - 1:
        raise DocumentError(f"layer {layer + 1} {why}", place=f"network.layers[{layer}]")
    if not 0 <= layer < network.depth:
        raise DocumentError(f"expected from 0 to {network.depth - 1}, got {layer}", place="network.layers")


def _check_width(experiment: Experiment, layer: int, count: int) -> None:
    _check_hidden(experiment.network, layer, "is the output: its units are the targets of the data")
    if not 1 <= count <= MOST_UNITS:
        expectation = f"expected from 1 to {MOST_UNITS:,} units, got {count:,}"
        raise DocumentError(expectation, place=f"network.layers[{layer}].units")


def _each(layer: int | range) -> range:
    return layer if isinstance(layer, range) else range(layer, layer + 1)


def _with_units(name: str, experiment: Experiment, units: dict[int, tuple[int | None, ...]]) -> Edit:
    """These layers made of these units: each as the number that it had, or new."""
    network = experiment.network
    layers, origins = list(network.layers), list(unchanged(network.sizes))
    for layer, kept in units.items():
        layers[layer] = replace(layers[layer], units=len(kept))
        origins[layer + 1] = Origin(layer + 1, kept)
    return _shaped(name, experiment, tuple(layers), tuple(origins))


def _with_layers(name: str, experiment: Experiment, layer: int | range, **changes: object) -> Edit:
    layers = list(experiment.network.layers)
    for k in _each(layer):
        layers[k] = replace(layers[k], **changes)  # type: ignore[arg-type]  # the callers know them
    return _shaped(name, experiment, tuple(layers), unchanged(experiment.network.sizes))


def _shaped(
    name: str, experiment: Experiment, layers: tuple[Layer, ...], origins: tuple[Origin, ...]
) -> Edit:
    network = replace(experiment.network, layers=layers)
    same = _parameters(network) == _parameters(experiment.network)
    first = experiment.first if same else _drawable(experiment.first)
    learning = _adapted(experiment.learning, network, origins)
    return Edit(name, replace(experiment, network=network, first=first, learning=learning), origins)


def _adapted(learning: Learning, network: Network, origins: tuple[Origin, ...]) -> Learning:
    return replace(learning, frozen=carried_frozen(learning.frozen, network, origins))


def _parameters(network: Network) -> tuple[tuple[int, ...], tuple[bool, ...]]:
    """What decides how many weights and biases there are, and where."""
    return network.sizes, tuple(layer.bias for layer in network.layers)


def _same_shape(name: str, experiment: Experiment) -> Edit:
    return Edit(name, experiment, unchanged(experiment.network.sizes))


def _started_over(name: str, experiment: Experiment) -> Edit:
    return Edit(name, experiment, anew(experiment.network.sizes), redrawn=True)


def _drawable(first: FirstWeights) -> FirstWeights:
    """Given weights are of one shape; what is new beside them is drawn."""
    return FirstWeights("xavier") if first.name == "given" else first


def _fitting(last: Layer, cost_name: str, columns: Columns) -> tuple[Layer, str]:
    """The output layer and the cost, changed only as far as the data ask for it."""
    last = replace(last, units=columns.outputs)
    bounded = activation(last.activation).low >= 0.0 and activation(last.activation).high <= 1.0
    if columns.task == "regression":
        if bounded and cost(cost_name).probabilities:
            return replace(last, activation="identity"), "half_squared_error"
        return (replace(last, activation="identity") if last.activation == "softmax" else last), cost_name
    if columns.outputs > 1:
        return replace(last, activation="softmax"), "categorical_cross_entropy"
    if last.activation == "softmax" or not bounded or cost_name == "categorical_cross_entropy":
        return replace(last, activation="sigmoid"), "binary_cross_entropy"
    return last, cost_name


def _ends(before: Network, after: Network) -> tuple[Origin, ...]:
    """Hidden columns are what they were, and so are ends of the same width; others are new."""
    return tuple(
        origin if a == b else Origin(None, (None,) * b)
        for origin, a, b in zip(unchanged(before.sizes), before.sizes, after.sizes, strict=True)
    )


