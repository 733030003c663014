"""What an earlier run is called, and what is said to have changed after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings

from bpviz.document import editing
from bpviz.document.editing import Edit
from bpviz.document.example_edit import change_example
from bpviz.document.experiment import Experiment
from bpviz.document.generators import Generated
from bpviz.document.loading import load
from bpviz.document.preset import load_preset
from bpviz.document.source import Source
from bpviz.engine.freezing import FrozenParameter
from bpviz.engine.initializer import FirstWeights
from bpviz.engine.network import Layer, Network
from bpviz.engine.optimizer import Learning, OptimizerSettings, Schedule
from bpviz.explain.difference import differences, name_of, words_of
from tests.document.drawn_documents import experiments

XOR, CIRCLE, SPIRAL = (load_preset(name).experiment for name in ("xor", "circle", "spiral"))
DEEP, MAZUR = (load_preset(name).experiment for name in ("ten-hidden", "mazur"))
Pair = tuple[Experiment, Experiment]


def told(before: Experiment, after: Experiment, edited: int | None = None) -> tuple[str, str]:
    found = differences(before, after, edited)
    return name_of(found), words_of(found)


def learning(**changes: Any) -> Pair:
    """Two experiments with settings in which only these differ: by name, what it was and what it became."""
    both = [{name: pair[k] for name, pair in changes.items()} for k in (0, 1)]
    before, after = (XOR.with_learning(replace(Learning(), **one)) for one in both)
    return before, after


def optimizer(name: str, **changes: Any) -> Pair:
    both = [{field: pair[k] for field, pair in changes.items()} for k in (0, 1)]
    return learning(optimizer=tuple(OptimizerSettings(name, **one) for one in both))


def schedule(name: str, **changes: Any) -> Pair:
    both = [{field: pair[k] for field, pair in changes.items()} for k in (0, 1)]
    return learning(schedule=tuple(Schedule(name, **one) for one in both))


def first(name: str, **changes: Any) -> Pair:
    both = [{field: pair[k] for field, pair in changes.items()} for k in (0, 1)]
    before, after = (replace(XOR, first=FirstWeights(name, **one)) for one in both)
    return before, after


def edited(before: Experiment, edit: Callable[[Experiment], Edit]) -> Pair:
    return before, edit(before).experiment


def generated(**changes: Any) -> Pair:
    both = [{field: pair[k] for field, pair in changes.items()} for k in (0, 1)]
    before, after = (replace(CIRCLE, dataset=Source(Generated("circle", **one))) for one in both)
    return before, after


def given_first(at: float, bias: float) -> Experiment:
    return replace(
        load_preset("toy").experiment, network=Network(1, (Layer(1), Layer(1))),
        first=FirstWeights("given", weights=(((0.6,),), ((at,),)), biases=((bias,), (0.0,))),
    )


ADAM = "adamw"
TWO_LAYERS = replace(XOR, network=Network(2, (Layer(4, "tanh"), Layer(1, "sigmoid"))))
FROZEN = (FrozenParameter(0, 1), FrozenParameter(0, 1, 0))

# By the place of a field in an experiment: two experiments that differ there, and what is said of them.
TOLD: dict[str, tuple[Pair, str, str]] = {
    "network.inputs": (
        edited(CIRCLE, lambda e: editing.set_data(e, "iris")),
        "data Inside a circle, sigmoid in the output, …",
        "data Inside a circle → Iris flowers, sigmoid → softmax in the output, "
        "cost binary cross-entropy → categorical cross-entropy",
    ),
    "network.layers.units": (
        edited(TWO_LAYERS, lambda e: editing.set_units(e, 0, 8)),
        "4 units in layer 1", "4 → 8 units in layer 1",
    ),
    "network.layers.activation": (
        edited(TWO_LAYERS, lambda e: editing.set_activation(e, 0, "relu")),
        "tanh in layer 1", "tanh → ReLU in layer 1",
    ),
    "network.layers.bias": (
        edited(TWO_LAYERS, lambda e: editing.set_bias(e, 1, False)),
        "bias in the output", "bias removed in the output",
    ),
    "network.cost": (
        edited(TWO_LAYERS, lambda e: editing.set_cost(e, "binary_cross_entropy")),
        "cost half squared error", "cost half squared error → binary cross-entropy",
    ),
    "first.name": (
        (first("he")[0], first("normal")[0]), "He first weights", "first weights He → normal",
    ),
    "first.value": (
        first("constant", value=(0.5, -1.0)), "all first weights 0.5", "all first weights 0.5 → −1",
    ),
    "first.low": (first("uniform", low=(-1.0, -2.0)), "first weights from −1", "first weights from −1 → −2"),
    "first.high": (first("uniform", high=(1.0, 1e-5)), "first weights to 1", "first weights to 1 → 1e−5"),
    "first.mean": (
        first("normal", mean=(0.0, 0.1)),
        "mean of first weights 0", "mean of first weights 0 → 0.1",
    ),
    "first.deviation": (
        first("normal", deviation=(0.5, 0.25)),
        "deviation of first weights 0.5", "deviation of first weights 0.5 → 0.25",
    ),
    "first.bias": (first("he", bias=(0.0, 0.1)), "first biases 0", "first biases 0 → 0.1"),
    "first.weights": (
        (given_first(0.9, 0.0), given_first(0.8, 0.0)),
        "first weights unchanged", "given first weights changed",
    ),
    "first.biases": (
        (given_first(0.9, 0.0), given_first(0.9, 1.0)),
        "first weights unchanged", "given first weights changed",
    ),
    "learning.rate": (learning(rate=(0.3, 0.03)), "rate 0.3", "rate 0.3 → 0.03"),
    "learning.batch_size": (learning(batch_size=(1, 2)), "batch 1", "batch 1 → 2"),
    "learning.optimizer.name": (
        (optimizer("gradient_descent")[0], optimizer("adam")[0]),
        "gradient descent", "optimizer gradient descent → Adam",
    ),
    "learning.optimizer.momentum": (
        optimizer("momentum", momentum=(0.9, 0.5)),
        "momentum 0.9", "momentum 0.9 → 0.5",
    ),
    "learning.optimizer.decay": (optimizer("rmsprop", decay=(0.9, 0.99)), "decay 0.9", "decay 0.9 → 0.99"),
    "learning.optimizer.beta1": (optimizer(ADAM, beta1=(0.9, 0.8)), "β₁ 0.9", "β₁ 0.9 → 0.8"),
    "learning.optimizer.beta2": (optimizer(ADAM, beta2=(0.999, 0.99)), "β₂ 0.999", "β₂ 0.999 → 0.99"),
    "learning.optimizer.epsilon": (optimizer(ADAM, epsilon=(1e-8, 1e-6)), "ε 1e−8", "ε 1e−8 → 1e−6"),
    "learning.optimizer.weight_decay": (
        optimizer(ADAM, weight_decay=(0.01, 0.1)), "weight decay 0.01", "weight decay 0.01 → 0.1",
    ),
    "learning.schedule.name": (
        (schedule("constant")[0], schedule("cosine")[0]), "constant schedule", "schedule constant → cosine",
    ),
    "learning.schedule.factor": (
        schedule("step", factor=(0.5, 0.9)), "schedule factor 0.5", "schedule factor 0.5 → 0.9",
    ),
    "learning.schedule.every": (
        schedule("step", every=(50, 20)), "schedule every 50 epochs", "schedule every 50 → 20 epochs",
    ),
    "learning.schedule.epochs": (
        schedule("cosine", epochs=(2000, 10)),
        "schedule over 2,000 epochs", "schedule over 2,000 → 10 epochs",
    ),
    "learning.schedule.floor": (
        schedule("cosine", floor=(0.0, 0.1)), "schedule down to 0", "schedule down to 0 → 0.1",
    ),
    "learning.l1": (learning(l1=(0.0, 0.001)), "L1 0", "L1 0 → 0.001"),
    "learning.l2": (learning(l2=(1e-05, 0.0)), "L2 1e−5", "L2 1e−5 → 0"),
    "learning.frozen": (learning(frozen=((), FROZEN[:1])), "nothing frozen", "bias frozen"),
    "seed": ((XOR.with_seed(1), XOR.with_seed(2)), "seed 1", "seed 1 → 2"),
    "dataset": (
        edited(CIRCLE, lambda e: editing.set_data(e, Source(Generated("moons", 40)))),
        "data Inside a circle", "data Inside a circle → Two moons",
    ),
    "validation_share": (
        edited(CIRCLE, lambda e: editing.set_share(e, 0.3)), "validation 25 %", "validation 25 % → 30 %",
    ),
}
NO_MATTER = {"title", "epochs"}  # a heading, and how long `bpviz train` goes on unless it is told


def leaves(kind: Any, path: str = "") -> Iterator[str]:
    """The place of every field, those of the parts of a tuple without a number."""
    hints = get_type_hints(kind)
    for field in fields(kind):
        inner = hints[field.name]
        inner = next((one for one in get_args(inner) if is_dataclass(one) and one is Layer), inner)
        place = f"{path}{field.name}"
        if is_dataclass(inner):
            yield from leaves(inner, f"{place}.")
        else:
            yield place


def test_no_field_of_an_experiment_is_forgotten() -> None:
    assert set(leaves(Experiment)) == set(TOLD) | NO_MATTER


@pytest.mark.parametrize("place", TOLD)
def test_each_field_is_told_in_words(place: str) -> None:
    (before, after), had, change = TOLD[place]
    name, words = told(before, after)
    assert (name, words) == (had, change)


@pytest.mark.parametrize("place", sorted(NO_MATTER))
def test_what_does_not_bear_on_training_is_not_told(place: str) -> None:
    other: dict[str, Any] = {"title": "Another", "epochs": 7}
    assert differences(XOR, replace(XOR, **{place: other[place]})) == ()


@settings(max_examples=40, deadline=None)
@given(experiments())
def test_what_is_alike_differs_in_nothing(experiment: Experiment) -> None:
    assert differences(experiment, replace(experiment)) == ()
    assert told(experiment, experiment) == ("earlier run", "started over")


@settings(max_examples=60, deadline=None)
@given(experiments(), experiments())
def test_any_two_experiments_are_told_apart_in_a_few_words(one: Experiment, other: Experiment) -> None:
    name, words = told(one, other)
    assert 0 < len(name) < 120 and 0 < len(words) < 220
    assert "_" not in name.replace(one.network.cost, "") and "None" not in name + words


def test_layers_that_changed_alike_are_told_once() -> None:
    hidden = range(DEEP.network.depth - 1)
    drawn = replace(DEEP, first=FirstWeights("he"))
    before, after = edited(drawn, lambda e: editing.set_activation(e, hidden, "relu"))
    assert told(before, after)[1].endswith("→ ReLU in layers 1 to 10")
    layers = list(after.network.layers)
    layers[0], layers[2] = (replace(layers[k], units=3) for k in (0, 2))
    some = replace(after, network=replace(after.network, layers=tuple(layers)))
    assert told(after, some) == ("1 unit in layers 1 and 3", "1 → 3 units in layers 1 and 3")
    layers = [replace(layer, activation="elu") for layer in after.network.layers]
    layers[4] = after.network.layers[4]
    some = replace(after, network=replace(after.network, layers=tuple(layers)))
    assert told(after, some)[1].startswith("ReLU → ELU in layers 1, 2, 3, 4, 6, 7, 8, 9 and 10")


@pytest.mark.parametrize(("before", "after", "said"), [
    ((), (4,), ("no hidden layers", "layer added")),
    ((4,), (4, 3), ("1 hidden layer", "layer added")),
    ((4, 3), (4, 3, 4, 3), ("2 hidden layers", "2 layers added")),
    ((4, 3), (3,), ("2 hidden layers", "layer removed")),
    ((4, 3), (5, 3, 2), ("2 hidden layers", "2 → 3 hidden layers")),
])  # fmt: skip
def test_layers_more_or_less_are_counted(
    before: tuple[int, ...], after: tuple[int, ...], said: tuple[str, str]
) -> None:
    layers = ((*(Layer(n, "tanh") for n in hidden), Layer(1, "sigmoid")) for hidden in (before, after))
    assert told(*(replace(XOR, network=Network(2, made)) for made in layers)) == said


def test_what_is_frozen_is_counted_and_goes_along_with_its_units() -> None:
    assert told(*learning(frozen=((), FROZEN))) == ("nothing frozen", "2 weights frozen")
    assert told(*learning(frozen=(FROZEN, FROZEN[:1]))) == ("2 frozen", "weight thawed")
    before = CIRCLE.with_learning(replace(CIRCLE.learning, frozen=(FrozenParameter(0, 3),)))
    after = editing.remove_unit(before, 0, unit=1).experiment
    assert before.learning.frozen != after.learning.frozen
    assert "frozen" not in told(before, after)[1]


def test_made_data_of_one_kind_differ_in_how_they_were_made() -> None:
    assert told(*generated(count=(200, 1000))) == ("200 examples", "200 → 1,000 examples")
    assert told(*generated(noise=(0.1, 0.2))) == ("noise 0.1", "noise 0.1 → 0.2")
    assert told(*generated(seed=(0, 1))) == ("data seed 0", "data seed 0 → 1")


def test_an_example_that_was_changed_makes_no_other_data_of_it() -> None:
    edit = change_example(CIRCLE, load(CIRCLE.dataset), 3, {0: 0.5})
    assert told(CIRCLE, edit.experiment) == ("data unchanged", "data changed")


def test_a_batch_of_all_examples_is_called_so() -> None:
    n = XOR.start().train.count
    assert told(*learning(batch_size=(1, n))) == ("batch 1", "batch 1 → all")
    assert told(*learning(batch_size=(n, n + 5))) == ("earlier run", "started over")
    n = CIRCLE.start().train.count
    before, after = (CIRCLE.with_learning(replace(CIRCLE.learning, batch_size=k)) for k in (n - 1, n))
    assert told(before, after)[1] == f"batch {n - 1} → all"


def test_a_rolled_network_with_given_weights_is_drawn_anew() -> None:
    before, after = edited(MAZUR, editing.roll)
    assert told(before, after)[1] == "first weights given → uniform, seed 1 → 2"


def test_weights_set_by_hand_are_told_with_their_step() -> None:
    assert told(XOR, XOR, edited=1234) == ("weights as trained", "weights set by hand at step 1,234")


def test_of_many_differences_a_name_has_two_and_a_sentence_three() -> None:
    before, after = learning(rate=(0.3, 0.1), l1=(0.0, 1.0), l2=(0.0, 1.0), batch_size=(1, 2))
    name, words = told(before, after.with_seed(before.seed + 1))
    assert name == "rate 0.3, batch 1, …"
    assert words == "rate 0.3 → 0.1, batch 1 → 2, L1 0 → 1 and 2 more"


def test_a_long_title_is_cut() -> None:
    source = Source(rows=change_example(SPIRAL, load(SPIRAL.dataset), 0, {0: 0.5}).experiment.dataset.rows)  # type: ignore[union-attr]
    long = Source(rows=replace(source.rows, title="Measurements of everything that grows"))  # type: ignore[type-var]
    after = editing.set_data(SPIRAL, long).experiment
    assert told(SPIRAL, after)[1].endswith("→ Measurements of everyth…")
