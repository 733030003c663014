"""What a person reads when training diverged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bpviz.document.preset import load_preset
from bpviz.engine.divergence import Divergence
from bpviz.engine.network import Layer, Network
from bpviz.engine.optimizer import Learning, OptimizerSettings
from bpviz.explain.advice import advice

TANH = Network(2, (Layer(4, "tanh"), Layer(4, "tanh"), Layer(1, "identity")))
RELU = Network(2, (Layer(4, "relu"), Layer(1, "sigmoid")), "binary_cross_entropy")


def blown_up(
    step: int = 12, layer: int = 1, quantity: str = "weighted input", largest: float = 3.4e13
) -> Divergence:
    return Divergence(step, layer, quantity, largest, rate=5.0)


def with_optimizer(name: str) -> Learning:
    return Learning(rate=5.0, optimizer=OptimizerSettings(name))


def test_it_says_where_how_far_what_to_try_and_what_is_kept() -> None:
    assert advice(blown_up(), TANH, Learning(rate=5.0)) == (
        "Training diverged at step 12: a weighted input of hidden layer 2 reached 3.40·10¹³. "
        "The learning rate 5.00 is too large for this network: "
        "try 0.500, the optimizer Adam or data scaled to about −1 to 1. The last good step is kept."
    )


def test_the_boundless_activation_is_named() -> None:
    assert "tanh instead of ReLU" in advice(blown_up(layer=0), RELU, Learning(rate=5.0))
    assert "tanh instead" not in advice(blown_up(), TANH, Learning(rate=5.0))


def test_adam_is_not_advised_to_who_uses_it() -> None:
    assert "Adam" not in advice(blown_up(), TANH, with_optimizer("adam"))


@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_momentum_is_named_as_a_part_of_the_cause(name: str) -> None:
    text = advice(blown_up(), TANH, with_optimizer(name))
    assert "too large together with the momentum 0.900" in text
    assert "less momentum" in text


def test_before_the_first_update_the_rate_is_not_to_blame() -> None:
    text = advice(blown_up(step=0), TANH, Learning(rate=5.0))
    assert "learning rate" not in text
    assert "smaller first weights" in text


def test_a_first_update_that_goes_too_far_is_the_rates() -> None:
    assert "learning rate 5.00" in advice(blown_up(step=0, quantity="weight"), TANH, Learning(rate=5.0))


def test_an_absurd_rate_is_not_answered_by_another() -> None:
    assert "try 1.00," in advice(blown_up(), TANH, Learning(rate=1e9))


def test_numbers_that_overflowed_are_put_in_words() -> None:
    text = advice(blown_up(largest=float("inf")), TANH, Learning(rate=5.0))
    assert "a weighted input of hidden layer 2 grew beyond all numbers." in text


@pytest.mark.parametrize(
    ("quantity", "layer", "words"),
    [
        ("cost", 2, "the cost at the output layer reached"),
        ("weighted input", 2, "the weighted input of the output layer reached"),
        ("gradient", 2, "a gradient of the output layer reached"),
        ("layer error", 0, "a layer error of hidden layer 1 reached"),
    ],
)
def test_a_quantity_is_the_one_only_where_there_is_one(quantity: str, layer: int, words: str) -> None:
    assert words in advice(blown_up(quantity=quantity, layer=layer), TANH, Learning(rate=5.0))


@pytest.mark.parametrize("name", ["sine", "digits", "ten-hidden"])
def test_a_run_that_really_diverges_is_explained_in_three_sentences(name: str) -> None:
    experiment = load_preset(name).experiment
    trainer = experiment.with_learning(replace(experiment.learning, rate=1e9)).start()
    divergence = trainer.run(200, float("inf"))
    assert divergence is not None
    text = advice(divergence, trainer.network, trainer.learning)
    assert f"at step {divergence.step}:" in text
    assert text.count(". ") == 2
    assert text.endswith("The last good step is kept.")
