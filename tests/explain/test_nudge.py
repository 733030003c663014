"""A weight moved by hand: the change of cost that its gradient predicts, beside the one that comes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.engine.backprop import run_step
from bpviz.engine.evaluation import evaluate
from bpviz.engine.examples import Examples
from bpviz.engine.network import LayerParameters
from bpviz.explain.address import INPUT, Edge, Node
from bpviz.explain.nudge import Nudge, forgotten_words, nudge, nudge_words
from bpviz.explain.parameter import parameter, with_parameter
from tests.engine.nets import drawn, examples, network
from tests.explain.drawn_steps import Step, steps, toy

ADDRESSES = [Edge(0, 1, 2), Edge(1, 3, 0), Node(0, 1), Node(1, 1)]


def step() -> Step:
    net = network((2, 4, 3), "tanh", "sigmoid", "half_squared_error")
    some = examples(net, 6)
    return Step(net, run_step(net, drawn(net), some.inputs, some.targets))


@pytest.mark.parametrize("address", ADDRESSES)
def test_for_a_small_change_the_cost_changes_as_predicted(address: Edge | Node) -> None:
    """predicted is C'(w) by backpropagation times the change, actual a plain difference of two costs."""
    made = step()
    before = nudge(made.network, made.trace, address, 0.0).before
    for change in (1e-5, -1e-5):
        seen = nudge(made.network, made.trace, address, before + change)
        assert seen.change == pytest.approx(change)
        assert seen.actual == pytest.approx(seen.predicted, rel=1e-3)
        assert seen.actual * change != 0.0


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_error_of_the_prediction_shrinks_with_the_square_of_the_change(address: Edge | Node) -> None:
    made = step()
    before = nudge(made.network, made.trace, address, 0.0).before
    wide, near = (nudge(made.network, made.trace, address, before + change) for change in (0.1, 0.01))
    missing = [abs(seen.actual - seen.predicted) for seen in (wide, near)]
    assert 50 < missing[0] / missing[1] < 200


@given(made=steps((0.5, 1.0)), value=st.floats(-3, 3), data=st.data())
@settings(deadline=None, max_examples=60)
def test_the_actual_change_is_that_of_the_whole_networks_cost(
    made: Step, value: float, data: st.DataObject
) -> None:
    parameters = tuple(LayerParameters(layer.w, layer.b) for layer in made.trace.layers)
    there = [address for address in made.addresses if parameter(parameters, address) is not None]
    address = data.draw(st.sampled_from(there))
    seen = nudge(made.network, made.trace, address, value)
    moved = with_parameter(parameters, address, value)
    cost = evaluate(made.network, moved, Examples(made.trace.inputs, made.trace.targets))
    assert seen.cost_after == pytest.approx(cost, rel=1e-9, abs=1e-12)
    assert seen.before == parameter(parameters, address)


def test_the_toys_parabola_is_curved_and_said_to_be() -> None:
    """C(W_o) = (1.2 W_o - 0.5)^2 / 2: from 0.9 to 1.9 the slope 0.696 predicts 0.696, and 1.416 comes."""
    made = toy()
    seen = nudge(made.network, made.trace, Edge(1, 0, 0), 1.9)
    assert seen.predicted == pytest.approx(0.696)
    assert seen.actual == pytest.approx(1.78**2 / 2 - 0.58**2 / 2)
    assert nudge_words(seen) == "curved: the slope changes on the way"
    assert nudge_words(nudge(made.network, made.trace, Edge(1, 0, 0), 0.901)) == ""


@pytest.mark.parametrize(("made", "words"), [
    (Nudge(0.0, 1.0, 0.0, 1.0, 1.5), "the slope was 0 here, but not on the way"),
    (Nudge(0.0, 1.0, 0.0, 1.0, 1.0), ""),
    (Nudge(0.0, 1.0, 1.0, 1.0, float("inf")), "beyond what can be reckoned with"),
    (Nudge(0.0, 0.1, 1.0, 1.0, 1.1), ""),
    (Nudge(0.0, 1.0, 1.0, 1.0, 0.5), "curved: the slope changes on the way"),
])  # fmt: skip
def test_what_the_two_changes_say_to_each_other(made: Nudge, words: str) -> None:
    assert nudge_words(made) == words


def test_an_input_and_a_unit_without_bias_have_nothing_to_nudge() -> None:
    made = toy()
    for address in (Node(INPUT, 0), Node(0, 0)):
        with pytest.raises(ValueError, match=r"bias|neither"):
            nudge(made.network, made.trace, address, 1.0)


def test_the_step_is_written_as_elsewhere() -> None:
    assert forgotten_words(1200) == "Steps after 1,200 are forgotten; Undo brings them back."


# -- one parameter among all ---------------------------------------------------------------------------


def test_one_parameter_is_changed_and_all_others_stay() -> None:
    parameters = drawn(network((2, 4, 3)))
    for address in ADDRESSES:
        changed = with_parameter(parameters, address, 7.25)
        assert parameter(changed, address) == 7.25
        back = with_parameter(changed, address, parameter(parameters, address) or 0.0)
        for p, q in zip(parameters, back, strict=True):
            assert p.b is not None and q.b is not None
            assert np.array_equal(p.w, q.w) and np.array_equal(p.b, q.b)
        pairs = zip(parameters, changed, strict=True)
        assert sum((p.w != q.w).sum() + (p.b != q.b).sum() for p, q in pairs) == 1


def test_where_there_is_no_parameter_there_is_none_to_set() -> None:
    with_bias = drawn(network((2, 4, 3)))
    parameters = tuple(replace(p, b=None) for p in with_bias)
    for address in (Node(INPUT, 1), Node(0, 0)):
        assert parameter(parameters, address) is None
        with pytest.raises(ValueError, match="no weight or bias"):
            with_parameter(parameters, address, 1.0)
