"""An experiment whose parts do not fit together is refused where it is wrong."""

from dataclasses import replace

import numpy as np
import pytest

from bpviz.document.errors import DocumentError
from bpviz.document.experiment import Experiment
from bpviz.document.preset import load_preset
from bpviz.document.shipped import load_dataset
from bpviz.engine.freezing import FrozenParameter
from bpviz.engine.initializer import FirstWeights
from bpviz.engine.network import Layer, Network
from bpviz.engine.optimizer import Learning, OptimizerSettings, Schedule


@pytest.fixture
def xor() -> Experiment:
    return load_preset("xor").experiment


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"epochs": 0}, "epochs: expected a whole number of at least 1, got 0"),
        ({"seed": -1}, "seed: expected a whole number from 0"),
        ({"seed": 2**63}, "seed: expected a whole number from 0"),
        ({"validation_share": 0.95}, r"validation_share: expected a number from 0 to 0\.9, got 0\.95"),
        ({"validation_share": float("nan")}, "validation_share: expected a number"),
        ({"dataset": "xnor"}, "dataset: unknown data set 'xnor'; did you mean 'xor'"),
        ({"network": Network(3, (Layer(1, "tanh"),))}, r"network\.inputs: expected 2, .*'xor'; got 3"),
        ({"network": Network(2, (Layer(4), Layer(2)))}, r"network\.layers\[1\]\.units: expected 1, .*got 2"),
        ({"first": FirstWeights("given", weights=(((1.0,),),))}, "^first: "),
        ({"first": FirstWeights("given", weights=(((1.0,),),) * 2)}, r"^first\.weights\[0\]: expected shape"),
        ({"first": FirstWeights("uniform", low=1.0, high=0.0)}, r"first\.low: expected at most"),
        ({"first": FirstWeights("normal", deviation=-1.0)}, r"first\.deviation: expected 0 or more"),
        ({"first": FirstWeights("constant", value=float("inf"))}, r"first\.value: expected a number from"),
    ],
)
def test_each_misfit_is_named_with_its_place(xor, change, place):
    with pytest.raises(DocumentError, match=place):
        replace(xor, **change)


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ({"rate": -0.1}, r"learning\.rate: expected"),
        ({"rate": float("nan")}, r"learning\.rate: expected"),
        ({"batch_size": 0}, r"learning\.batch_size: expected"),
        ({"l1": -1.0}, r"learning\.l1: expected"),
        ({"l2": float("inf")}, r"learning\.l2: expected"),
        ({"optimizer": OptimizerSettings("adams")}, r"optimizer\.name: unknown .* did you mean 'adamw?'"),
        ({"optimizer": OptimizerSettings(momentum=1.0)}, r"optimizer\.momentum: expected"),
        ({"optimizer": OptimizerSettings(epsilon=0.0)}, r"optimizer\.epsilon: expected"),
        ({"optimizer": OptimizerSettings(weight_decay=-0.1)}, r"optimizer\.weight_decay: expected"),
        ({"schedule": Schedule("stepp")}, r"schedule\.name: unknown schedule 'stepp'; did you mean 'step'"),
        ({"schedule": Schedule(factor=2.0)}, r"schedule\.factor: expected"),
        ({"schedule": Schedule(every=0)}, r"schedule\.every: expected"),
        ({"schedule": Schedule(epochs=0)}, r"schedule\.epochs: expected"),
        ({"schedule": Schedule(floor=1.5)}, r"schedule\.floor: expected"),
        ({"frozen": (FrozenParameter(0, -1, 0),)}, r"^learning\.frozen\[0\]: expected numbers of 0 or more"),
        ({"frozen": (FrozenParameter(0, 0, 0),) * 2}, r"^learning\.frozen\[1\]: expected each once"),
        ({"frozen": (FrozenParameter(0, 0, 2),)}, r"^learning\.frozen\[0\]\.source: expected below 2, got 2"),
    ],
)
def test_each_impossible_setting_of_learning_is_named_with_its_place(xor, settings, place):
    with pytest.raises(DocumentError, match=place):
        xor.with_learning(Learning(**settings))


def test_a_network_too_large_for_the_memory_is_refused_before_it_is_made(xor):
    with pytest.raises(DocumentError, match=r"network\.layers: expected at most 2,000,000 weights"):
        replace(xor, network=Network(2, (Layer(10**9), Layer(1))))
    with pytest.raises(DocumentError, match=r"network\.layers: expected at most 64, got 65"):
        replace(xor, network=Network(2, (Layer(1),) * 65))


def test_one_example_leaves_nothing_to_hold_out():
    with pytest.raises(DocumentError, match=r"validation_share: expected 0, got 0\.2: .* has one example"):
        replace(load_preset("toy").experiment, validation_share=0.2)


def test_a_cross_entropy_needs_classes():
    sine = load_preset("sine").experiment
    network = Network(1, (Layer(1, "sigmoid"),), "binary_cross_entropy")
    with pytest.raises(DocumentError, match=r"network\.cost: .* needs classes; .*'sine' is"):
        replace(sine, network=network)


def test_the_same_seed_starts_the_same_run_and_another_seed_another(xor):
    first, again, other = (xor.with_seed(seed).start() for seed in (3, 3, 4))
    assert first.record().cost == again.record().cost
    assert first.record().cost != other.record().cost


def test_with_learning_changes_nothing_else(xor):
    learning = Learning(rate=0.25)
    changed = xor.with_learning(learning)
    assert changed.learning == learning
    assert replace(changed, learning=xor.learning) == xor


def test_rolling_keeps_random_first_weights_of_their_kind(xor):
    assert xor.rolled() == xor.with_seed(xor.seed + 1)


def test_rolling_gives_the_toy_network_other_first_weights():
    toy = load_preset("toy").experiment
    rolled = toy.rolled()
    assert rolled.first == FirstWeights("uniform", low=-1.0, high=1.0)
    weights = [rolled.start().parameters[0].w, rolled.rolled().start().parameters[0].w]
    assert weights[0] != weights[1]
    assert (np.abs(weights) <= 1.0).all()


def test_the_largest_seed_rolls_over_to_the_first(xor):
    assert xor.with_seed(2**63 - 1).rolled().seed == 0


def test_an_experiment_starts_on_other_data_of_its_shape():
    circle = load_preset("circle").experiment
    trainer = circle.start(load_dataset("spiral"))
    assert trainer.train.count == 225
    assert trainer.validation is not None


def test_data_of_another_shape_is_refused_with_a_sentence(xor):
    with pytest.raises(DocumentError):
        xor.start(load_dataset("iris")).record()


def test_a_classification_counts_its_hits_and_a_regression_does_not():
    assert load_preset("xor").experiment.start().costs.last.train_accuracy in (0.0, 0.25, 0.5, 0.75, 1.0)
    assert np.isnan(load_preset("toy").experiment.start().costs.last.train_accuracy)
