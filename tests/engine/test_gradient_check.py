"""The gradient check passes what is right and finds what is planted."""

import dataclasses

import numpy as np
import pytest

from bpviz.engine import gradient_check
from bpviz.engine.errors import EngineError
from tests.engine.nets import PAIRS, drawn, examples, network

# At three layers of mixed sizes, so that every kind of place exists.
NET = network((2, 3, 2), "tanh", "sigmoid", "binary_cross_entropy")


@pytest.mark.parametrize(("activation", "cost"), PAIRS)
def test_every_activation_with_every_cost_passes(activation, cost):
    net = network((2, 3, 2), "tanh" if activation == "softmax" else activation, activation, cost)
    found = gradient_check.check(net, drawn(net, seed=4), examples(net, 4, seed=4))
    assert found.worst < 1e-5


def planted(monkeypatch, place, wrong):
    """The check of NET, with one number of its gradients replaced."""
    true_step = gradient_check.run_step
    layer, array, at = place

    def wrong_step(*arguments, **named):
        record = true_step(*arguments, **named)
        changed = getattr(record.layers[layer], array).copy()
        changed[at] = wrong(changed[at])
        layers = list(record.layers)
        layers[layer] = dataclasses.replace(layers[layer], **{array: changed})
        return dataclasses.replace(record, layers=tuple(layers))

    monkeypatch.setattr(gradient_check, "run_step", wrong_step)
    return gradient_check.check(NET, drawn(NET), examples(NET, 5))


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ((0, "dw", (1, 2)), "layers[0].w[1, 2]"), ((1, "dw", (2, 0)), "layers[1].w[2, 0]"),
        ((0, "db", (2,)), "layers[0].b[2]"), ((1, "db", (1,)), "layers[1].b[1]"),
    ],
)
def test_a_planted_wrong_gradient_is_found_where_it_stands(monkeypatch, place, name):
    found = planted(monkeypatch, place, lambda right: right * 1.01)
    assert found.place == name
    assert found.worst == pytest.approx(0.01, rel=0.05)
    assert found.backprop == pytest.approx(found.difference * 1.01, rel=1e-4)


def test_a_gradient_that_is_not_a_number_is_the_worst_of_all(monkeypatch):
    found = planted(monkeypatch, (1, "dw", (0, 1)), lambda _right: np.nan)
    assert found.place == "layers[1].w[0, 1]"
    assert np.isnan(found.backprop)


def test_the_check_leaves_the_parameters_as_they_were():
    parameters = drawn(NET)
    before = [p.w.tobytes() + p.b.tobytes() for p in parameters]
    gradient_check.check(NET, parameters, examples(NET, 3))
    assert [p.w.tobytes() + p.b.tobytes() for p in parameters] == before


@pytest.mark.parametrize("epsilon", [0.0, -1e-6, 1.0, np.nan])
def test_a_useless_epsilon_is_refused(epsilon):
    with pytest.raises(EngineError, match="epsilon: expected above 0"):
        gradient_check.check(NET, drawn(NET), examples(NET, 3), epsilon)
