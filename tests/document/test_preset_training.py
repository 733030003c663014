"""Every preset learns what it promises, with its own settings and its own seed."""

from functools import cache

import pytest

from bpviz.document.preset import load_preset
from bpviz.engine.trainer import Trainer


@cache
def trained(name: str, seed: int | None = None) -> Trainer:
    """The preset's whole run, from its own seed unless another is given."""
    experiment = load_preset(name).experiment
    if seed is not None:
        experiment = experiment.with_seed(seed)
    trainer = experiment.start()
    trainer.run(experiment.epochs * trainer.steps_per_epoch, float("inf"))
    assert trainer.divergence is None
    assert trainer.step == experiment.epochs * trainer.steps_per_epoch
    return trainer


@pytest.mark.parametrize(
    ("name", "cost"),
    [("single-neuron", 1e-4), ("toy", 1e-4), ("ten-hidden", 1e-3), ("mazur", 2e-3), ("sine", 0.01)],
)
def test_a_regression_comes_near_its_targets(name, cost):
    assert trained(name).costs.last.training < cost


def test_the_sine_is_learned_where_it_was_not_shown():
    """Noise of deviation 0.08 alone costs 0.08^2 / 2 = 0.0032."""
    assert trained("sine").costs.last.validation < 0.012


def test_the_first_weight_of_ten_hidden_layers_hardly_moves():
    trainer = load_preset("ten-hidden").experiment.start()
    first = [layer.w.item() for layer in trainer.parameters]
    trainer = trained("ten-hidden")
    moved = [abs(layer.w.item() - w) for layer, w in zip(trainer.parameters, first, strict=True)]
    assert moved[0] < 1e-4
    assert moved[-1] > 0.1


def test_xor_is_solved():
    costs = trained("xor").costs
    assert costs.last.train_accuracy == 1.0
    assert costs.last.training < 0.1


@pytest.mark.parametrize(
    ("name", "accuracy"), [("circle", 0.95), ("spiral", 0.95), ("iris", 0.93), ("digits", 0.95)]
)
def test_a_classification_is_learned_beyond_its_own_examples(name, accuracy):
    """For the spiral this is "under 5 % validation error", for the digits "over 95 % on held-out data"."""
    assert trained(name).costs.last.validation_accuracy > accuracy


def test_the_spiral_does_not_owe_its_success_to_its_seed():
    """Under 5 % validation error from at least 4 of 5 other seeds."""
    own = load_preset("spiral").experiment.seed
    runs = [trained("spiral", own + k).costs.last.validation_accuracy for k in range(1, 6)]
    assert sum(accuracy > 0.95 for accuracy in runs) >= 4
