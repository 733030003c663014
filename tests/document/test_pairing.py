"""What is said to go together can be trained; for the rest there is a reason, and a way where one is."""

from __future__ import annotations

import pytest

from bpviz.document.editing import set_activation, set_cost, try_out
from bpviz.document.pairing import activation_choice, cost_choice
from bpviz.document.preset import load_preset, preset_names
from bpviz.engine.activation import ACTIVATIONS
from bpviz.engine.cost import COSTS

PRESETS = pytest.mark.parametrize("name", preset_names())


@PRESETS
def test_every_possible_choice_is_an_edit_that_can_be_trained(name: str) -> None:
    experiment = load_preset(name).experiment
    depth = experiment.network.depth
    choices = [activation_choice(experiment, range(k, k + 1), a) for k in range(depth) for a in ACTIVATIONS]
    choices += [cost_choice(experiment, each) for each in COSTS]
    for choice in choices:
        if choice.possible:
            assert choice.edit().experiment.start().record().cost is not None
        else:
            assert try_out(choice.edit)


@PRESETS
def test_a_reason_is_given_exactly_where_the_change_alone_cannot_be_made(name: str) -> None:
    experiment = load_preset(name).experiment
    last = experiment.network.depth - 1
    for each in ACTIVATIONS:
        alone = try_out(lambda each=each: set_activation(experiment, last, each))
        choice = activation_choice(experiment, range(last, last + 1), each)
        assert bool(choice.why) == bool(alone) == bool(choice.hint)
    for each in COSTS:
        alone = try_out(lambda each=each: set_cost(experiment, each))
        assert bool(cost_choice(experiment, each).why) == bool(alone)


def test_what_has_to_change_along_is_named() -> None:
    spiral = load_preset("spiral").experiment
    choice = activation_choice(spiral, range(2, 3), "tanh")
    assert choice.also == "cost to half squared error"
    changed = choice.edit()
    assert changed.name == "change output to tanh and cost to half squared error"
    back = cost_choice(changed.experiment, "binary_cross_entropy")
    assert back.also == "output to sigmoid"
    assert back.edit().experiment == spiral


def test_several_classes_take_softmax() -> None:
    iris = load_preset("iris").experiment
    apart = activation_choice(iris, range(1, 2), "relu").edit().experiment
    assert cost_choice(apart, "categorical_cross_entropy").also == "output to softmax"
    assert cost_choice(apart, "binary_cross_entropy").also == "output to sigmoid"
