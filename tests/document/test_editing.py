"""Edits lead to experiments that can start, or say why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.document import editing
from bpviz.document.editing import Edit
from bpviz.document.errors import DocumentError
from bpviz.document.experiment import Experiment
from bpviz.document.generators import GENERATORS, Generated
from bpviz.document.preset import load_preset, preset_names
from bpviz.document.shipped import dataset_names
from bpviz.document.source import Source
from bpviz.engine.activation import ACTIVATIONS
from bpviz.engine.cost import COSTS
from bpviz.engine.errors import EngineError
from bpviz.engine.freezing import FrozenParameter
from bpviz.engine.initializer import FirstWeights
from tests.engine.nets import every_parameter

spiral = load_preset("spiral").experiment
toy = load_preset("toy").experiment


@st.composite
def edits(draw: st.DrawFn) -> Callable[[Experiment], Edit]:
    layer = draw(st.integers(-1, 4))
    function = draw(st.sampled_from(sorted(ACTIVATIONS)))
    return draw(st.sampled_from([
        lambda e: editing.add_layer(e, layer),
        lambda e: editing.remove_layer(e, layer),
        lambda e: editing.add_unit(e, layer % e.network.depth),
        lambda e: editing.remove_unit(e, layer % e.network.depth),
        lambda e: editing.set_units(e, layer % e.network.depth, draw(st.integers(0, 9))),
        lambda e: editing.set_activation(e, layer % e.network.depth, function),
        lambda e: editing.set_bias(e, layer % e.network.depth, draw(st.booleans())),
        lambda e: editing.set_cost(e, draw(st.sampled_from(list(COSTS)))),
        lambda e: editing.set_first(e, FirstWeights("he")),
        lambda e: editing.set_share(e, draw(st.floats(0, 1))),
        lambda e: editing.set_seed(e, draw(st.integers(0, 99))),
        editing.roll,
        lambda e: editing.set_data(e, draw(st.sampled_from(dataset_names()))),
        lambda e: editing.set_data(e, Source(Generated(draw(st.sampled_from(list(GENERATORS))), 20))),
    ]))


def frozen_by_half(experiment: Experiment) -> Experiment:
    return with_frozen(experiment, *every_parameter(experiment.network)[::2])


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(preset_names()), st.lists(edits(), max_size=6))
def test_whatever_is_edited_can_be_trained(name: str, chain: list[Callable[[Experiment], Edit]]) -> None:
    experiment = frozen_by_half(load_preset(name).experiment)
    for act in chain:
        try:
            edit = act(experiment)
        except (DocumentError, EngineError):
            continue
        assert tuple(len(origin.units) for origin in edit.origins) == edit.experiment.network.sizes
        experiment = edit.experiment
    assert experiment.start().record().cost is not None


def test_a_new_layer_is_like_the_one_beside_it() -> None:
    edit = editing.add_layer(spiral, 1)
    assert edit.experiment.network.sizes == (2, 8, 8, 8, 1)
    assert [origin.column for origin in edit.origins] == [0, 1, None, 2, 3]
    assert edit.experiment.network.layers[1] == spiral.network.layers[0]


def test_the_unit_that_is_taken_away_is_the_one_asked_for() -> None:
    edit = editing.remove_unit(spiral, 1, unit=2)
    assert edit.origins[2].units == (0, 1, 3, 4, 5, 6, 7)


@pytest.mark.parametrize("act", [
    lambda: editing.add_unit(spiral, 2), lambda: editing.remove_unit(spiral, 2),
    lambda: editing.set_units(spiral, 2, 2), lambda: editing.remove_layer(spiral, 2),
])  # fmt: skip
def test_the_output_stays_as_wide_as_the_targets(act: Callable[[], Edit]) -> None:
    assert "is the output" in editing.try_out(act)


@pytest.mark.parametrize(("act", "word"), [
    (lambda: editing.set_activation(spiral, 0, "softmax"), "softmax is for the output layer only"),
    (lambda: editing.set_activation(spiral, 2, "tanh"), "needs outputs from 0 to 1"),
    (lambda: editing.set_cost(toy, "binary_cross_entropy"), "needs"),
    (lambda: editing.set_units(spiral, 0, 0), "expected from 1"),
    (lambda: editing.add_layer(spiral, 9), "expected from 0 to 2"),
])  # fmt: skip
def test_what_does_not_fit_is_explained(act: Callable[[], Edit], word: str) -> None:
    assert word in editing.try_out(act)


def test_what_fits_needs_no_words() -> None:
    assert editing.try_out(lambda: editing.add_unit(spiral, 0)) == ""


@pytest.mark.parametrize("name", dataset_names())
@pytest.mark.parametrize("preset", preset_names())
def test_any_network_can_be_given_any_data(preset: str, name: str) -> None:
    experiment = editing.set_data(load_preset(preset).experiment, name).experiment
    assert experiment.start().advance() is None


def test_several_layers_are_changed_at_once() -> None:
    ten = load_preset("ten-hidden").experiment
    edit = editing.set_units(ten, range(2, 5), 3)
    assert edit.experiment.network.sizes == (1, 1, 1, 3, 3, 3, 1, 1, 1, 1, 1, 1)
    assert [len(origin.units) for origin in edit.origins] == [1, 1, 1, 3, 3, 3, 1, 1, 1, 1, 1, 1]
    assert edit.origins[3].units == (0, None, None)
    changed = editing.set_activation(ten, range(0, 10), "tanh").experiment.network
    assert [layer.activation for layer in changed.layers] == ["tanh"] * 10 + ["identity"]
    biased = editing.set_bias(ten, range(1, 3), True).experiment.network
    assert [layer.bias for layer in biased.layers[:4]] == [False, True, True, False]


def test_output_and_cost_change_together_where_neither_goes_alone() -> None:
    assert editing.try_out(lambda: editing.set_activation(spiral, 2, "tanh"))
    edit = editing.set_output(spiral, "tanh", "huber")
    assert edit.name == "change output to tanh and cost to Huber"
    assert all(origin.whole for origin in edit.origins)
    assert editing.try_out(lambda: editing.set_output(spiral, "tanh", "binary_cross_entropy"))


def test_data_of_classes_get_probabilities() -> None:
    iris = editing.set_data(load_preset("sine").experiment, "iris").experiment.network
    assert (iris.layers[-1].activation, iris.cost) == ("softmax", "categorical_cross_entropy")
    two = editing.set_data(load_preset("sine").experiment, Source(Generated("moons"))).experiment.network
    assert (two.layers[-1].activation, two.cost) == ("sigmoid", "binary_cross_entropy")


def test_weights_that_were_given_are_drawn_once_the_shape_is_another() -> None:
    assert editing.add_unit(toy, 0).experiment.first.name == "xavier"
    assert editing.set_bias(toy, 0, True).experiment.first.name == "xavier"
    assert editing.set_activation(toy, 0, "tanh").experiment.first == toy.first


def with_frozen(experiment: Experiment, *frozen: FrozenParameter) -> Experiment:
    return experiment.with_learning(replace(experiment.learning, frozen=frozen))


def test_frozen_weights_go_along_with_their_units() -> None:
    """Those of a unit that is taken away go with it, and those of the units after it move up."""
    before = with_frozen(
        spiral, FrozenParameter(0, 2, 0), FrozenParameter(0, 3), FrozenParameter(1, 0, 3)
    )
    edit = editing.remove_unit(before, 0, unit=2)
    frozen = (FrozenParameter(0, 2), FrozenParameter(1, 0, 2))
    assert edit.experiment.learning.frozen == frozen
    assert edit.adapted(before.learning).frozen == frozen


def test_a_layer_more_leaves_frozen_what_is_not_beside_it() -> None:
    beside = FrozenParameter(2, 0, 1)
    before = with_frozen(spiral, FrozenParameter(1, 2, 0), FrozenParameter(2, 0), beside)
    after = editing.add_layer(before, 2).experiment.learning.frozen
    assert after == (FrozenParameter(1, 2, 0), FrozenParameter(3, 0))


@pytest.mark.parametrize("act", [
    editing.roll, lambda e: editing.set_seed(e, 5), lambda e: editing.set_first(e, FirstWeights("he")),
])  # fmt: skip
def test_where_all_is_drawn_again_the_same_places_stay_frozen(act: Callable[[Experiment], Edit]) -> None:
    before = with_frozen(spiral, FrozenParameter(1, 2, 0))
    edit = act(before)
    assert edit.experiment.learning == edit.adapted(before.learning) == before.learning


def test_a_draw_is_of_all_weights() -> None:
    draws = (editing.roll(spiral), editing.set_seed(spiral, 4), editing.set_first(spiral, FirstWeights()))
    for edit in draws:
        assert not any(origin.whole for origin in edit.origins)
