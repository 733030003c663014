"""Each example's pull is the gradient of its own cost, and their average is what updates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.engine.backprop import run_step
from bpviz.engine.network import Layer, Network
from bpviz.explain.address import INPUT, Edge, Node
from bpviz.explain.contribution import (
    Contributions,
    contributions,
    gradient_part,
    pull_words,
    strongest,
    subject_of,
    subject_words,
)
from bpviz.explain.part import Part, What
from bpviz.explain.reading import value_of
from bpviz.explain.symbol import Names
from tests.engine import oracle
from tests.engine.nets import drawn, examples, network, tables
from tests.explain.drawn_steps import Step, steps, toy

PAIRS = [("tanh", "half_squared_error"), ("sigmoid", "binary_cross_entropy"),
         ("softmax", "categorical_cross_entropy"), ("identity", "huber")]


def step(net: Network, count: int = 5, seed: int = 0) -> Step:
    given_examples = examples(net, count, seed)
    return Step(net, run_step(net, drawn(net, seed), given_examples.inputs, given_examples.targets))


@pytest.mark.parametrize(("output", "cost"), PAIRS)
def test_a_pull_is_the_gradient_of_that_examples_cost_alone(output: str, cost: str) -> None:
    net = network((2, 4, 3), "tanh", output, cost)
    trace = step(net).trace
    weights, biases = tables(drawn(net))
    names = [layer.activation for layer in net.layers]
    for i in range(trace.batch):
        x, y = trace.inputs[i : i + 1], trace.targets[i : i + 1]
        dw, db = oracle.gradients(weights, biases, names, cost, x, y)
        for k in range(2):
            for (s, t), expected in np.ndenumerate(dw[k]):
                pull = contributions(trace, Edge(k, s, t)).values[i]
                assert pull == pytest.approx(expected, rel=1e-9, abs=1e-12)
            for (t,), expected in np.ndenumerate(db[k]):
                pull = contributions(trace, Node(k, t)).values[i]
                assert pull == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(steps(scales=(0.5, 1.0)))
def test_the_average_of_the_pulls_is_the_gradient(drawn_step: Step) -> None:
    for address in drawn_step.addresses:
        if subject_of(drawn_step.trace, address).address is None:
            continue
        pulls = contributions(drawn_step.trace, address)
        assert pulls.values.shape == (drawn_step.trace.batch,)
        assert pulls.average == pytest.approx(pulls.gradient, rel=1e-12, abs=1e-12)
        assert pulls.gradient == value_of(gradient_part(address), drawn_step.trace, None)


def test_the_toy_weights_are_pulled_as_in_the_text() -> None:
    trace = toy().trace
    assert contributions(trace, Edge(1, 0, 0)).values == pytest.approx([0.58 * 1.2])
    assert contributions(trace, Edge(0, 0, 0)).values == pytest.approx([0.58 * 0.9 * 2])


@pytest.mark.parametrize("address", [Node(INPUT, 0), Node(0, 0), Node(1, 0)])
def test_what_has_no_gradient_has_no_pulls(address: Node) -> None:
    with pytest.raises(ValueError, match=r"input has neither|no bias gradient"):
        contributions(toy().trace, address)


# -- whose gradient ---------------------------------------------------------------------------------


def test_without_a_selection_it_is_the_weight_with_the_largest_gradient() -> None:
    trace = toy().trace  # C'(W_h) 1.044, C'(W_o) 0.696
    assert strongest(trace) == Edge(0, 0, 0)
    wide = step(network((3, 5, 2))).trace
    edge = strongest(wide)
    largest = max(float(np.abs(layer.dw).max()) for layer in wide.layers)
    assert abs(wide.layers[edge.layer].dw[edge.source, edge.target]) == largest


def test_a_gradient_that_is_no_number_is_not_the_largest() -> None:
    made = step(network((2, 2, 1))).trace
    dw = np.array([[np.nan, 0.1], [0.2, np.nan]])
    below = replace(made.layers[0], dw=dw)
    above = replace(made.layers[1], dw=np.full((2, 1), np.nan))
    assert strongest(replace(made, layers=(below, above))) == Edge(0, 1, 0)


def test_the_words_say_whose_gradient_it_is() -> None:
    net = network((2, 3, 1))
    trace, names = step(net).trace, Names(net)
    words = subject_words(names, subject_of(trace, None))
    assert words.startswith("Nothing is selected: shown for the weight with the largest gradient, from ")
    assert words.endswith("Click a weight to see its own.")
    chosen = subject_words(names, subject_of(trace, Edge(0, 1, 2)))
    assert chosen == "Weight from input 2 to hidden unit 3."
    assert subject_words(names, subject_of(trace, Node(0, 1))) == "Bias of hidden unit 2."
    assert subject_words(names, subject_of(trace, Node(1, 0))) == "Bias of the output."


def test_where_there_is_nothing_to_show_the_words_say_what_to_select() -> None:
    made = toy()
    names = Names(made.network)
    assert subject_of(made.trace, Node(0, 0)).address is None
    assert "has no bias" in subject_words(names, subject_of(made.trace, Node(0, 0)))
    assert "Select a weight" in subject_words(names, subject_of(made.trace, Node(INPUT, 0)))


def test_a_unit_with_a_bias_stands_for_its_bias() -> None:
    net = Network(1, (Layer(2, "tanh"), Layer(1, "tanh", bias=False)))
    trace = step(net).trace
    assert subject_of(trace, Node(0, 1)).address == Node(0, 1)
    assert subject_of(trace, Node(1, 0)).address is None
    assert contributions(trace, Node(0, 1)).part == Part(What.BIAS_GRADIENT, 0, 1)


# -- what the bars say ------------------------------------------------------------------------------


def pulled(*values: float) -> Contributions:
    array = np.array(values)
    return Contributions(Part(What.GRADIENT, 0, 0, 0), array, float(array.mean()), float(array.mean()))


@pytest.mark.parametrize(("values", "words"), [
    ((0.3,), "This step learns from one example: its own pull is the gradient."),
    ((0.0, 0.0), "None of the 2 examples pulls: the gradient is 0."),
    ((1.0, 2.0), "All 2 examples pull up. Their average is the gradient that updates the weight."),
    ((-1.0, -2.0), "All 2 examples pull down. Their average is the gradient that updates the weight."),
    ((1.0, 2.0, -1.0), "Of 3 examples, 2 pull up and 1 pulls down. "
     "Their average is the gradient that updates the weight."),
    ((1.0, 0.0, 0.0), "Of 3 examples, 1 pulls up and 2 do not pull. "
     "Their average is the gradient that updates the weight."),
    ((1.0, -1.0, 0.5, 0.0), "Of 4 examples, 2 pull up, 1 pulls down and 1 does not pull. Their average is "
     "the gradient that updates the weight. They largely cancel: 20 % of their pull is left."),
    ((np.nan, 1.0), "The numbers of this step are beyond what can be reckoned with."),
])  # fmt: skip
def test_the_bars_are_summed_up(values: tuple[float, ...], words: str) -> None:
    assert pull_words(pulled(*values)) == words


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=20))
def test_agreement_is_a_share(values: list[float]) -> None:
    agreement = pulled(*values).agreement
    assert np.isnan(agreement) or 0 <= agreement <= 1 + 1e-12
