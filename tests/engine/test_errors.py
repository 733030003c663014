"""What cannot be computed is refused by one kind of error that says what was expected."""

import math

import numpy as np
import pytest

from bpviz.engine.activation import activation
from bpviz.engine.backprop import run_step
from bpviz.engine.cost import cost
from bpviz.engine.errors import EngineError
from bpviz.engine.examples import Examples
from bpviz.engine.network import Layer, LayerParameters, Network
from bpviz.engine.optimizer import Learning, OptimizerSettings, Schedule
from tests.engine.nets import drawn, examples, network

HALF = "half_squared_error"
NETWORKS = [
    ((0, (Layer(1),)), "inputs: expected at least 1, got 0"),
    ((1, ()), "layers: expected at least one"),
    ((1, (Layer(2), Layer(0))), r"layers\[1\].units: expected at least 1, got 0"),
    ((1, (Layer(1, "rleu"),)), "unknown activation 'rleu'; did you mean 'relu'"),
    ((1, (Layer(1),), "huver"), "unknown cost 'huver'; did you mean 'huber'"),
    ((1, (Layer(2, "softmax"), Layer(1))), "softmax is for the output layer only"),
    ((1, (Layer(1, "softmax"),)), "at least 2 units"),
    ((1, (Layer(1, "relu"),), "binary_cross_entropy"), "expected sigmoid or softmax"),
    ((1, (Layer(2, "tanh"),), "categorical_cross_entropy"), "outputs from 0 to 1"),
]


@pytest.mark.parametrize(("arguments", "message"), NETWORKS)
def test_a_network_that_does_not_fit_together_is_refused(arguments, message):
    with pytest.raises(EngineError, match=message):
        Network(*arguments)


@pytest.mark.parametrize(("find", "kind"), [(activation, "activation"), (cost, "cost")])
def test_a_name_far_from_all_known_ones_gets_the_whole_list(find, kind):
    with pytest.raises(EngineError, match=f"unknown {kind} 'zzz'; expected one of: "):
        find("zzz")


SETTINGS = [
    (Learning(rate=-0.1), "rate"), (Learning(rate=math.nan), "rate"), (Learning(rate=math.inf), "rate"),
    (Learning(batch_size=0), "batch_size: expected at least 1, got 0"),
    (Learning(l1=-1.0), "l1"), (Learning(l2=math.inf), "l2"),
    (Learning(optimizer=OptimizerSettings("adma")), "did you mean 'adam'"),
    (Learning(optimizer=OptimizerSettings(momentum=1.0)), "momentum: expected from 0 to below 1"),
    (Learning(optimizer=OptimizerSettings(decay=-0.1)), "decay"),
    (Learning(optimizer=OptimizerSettings(beta1=1.0)), "beta1"),
    (Learning(optimizer=OptimizerSettings(beta2=math.nan)), "beta2"),
    (Learning(optimizer=OptimizerSettings(epsilon=0.0)), "epsilon: expected above 0"),
    (Learning(optimizer=OptimizerSettings(weight_decay=-1.0)), "weight_decay"),
    (Learning(schedule=Schedule("cosin")), "did you mean 'cosine'"),
    (Learning(schedule=Schedule(factor=0.0)), "factor"),
    (Learning(schedule=Schedule(every=0)), "every"),
    (Learning(schedule=Schedule(epochs=0)), "epochs"),
    (Learning(schedule=Schedule(floor=1.5)), "floor"),
]
NET = network((2, 3, 1))


@pytest.mark.parametrize(("learning", "message"), SETTINGS)
def test_settings_that_cannot_be_learned_with_are_refused(learning, message):
    data = examples(NET, 2)
    with pytest.raises(EngineError, match=message):
        run_step(NET, drawn(NET), data.inputs, data.targets, learning)


BATCHES = [
    (np.ones((4, 3)), np.ones((4, 1)), r"inputs: expected shape \(any, 2\), got \(4, 3\)"),
    (np.ones(2), np.ones((1, 1)), r"inputs: expected shape"),
    (np.ones((4, 2)), np.ones((4, 2)), r"targets: expected shape \(4, 1\), got \(4, 2\)"),
    (np.ones((4, 2)), np.ones((3, 1)), r"targets: expected shape \(4, 1\), got \(3, 1\)"),
    (np.ones((0, 2)), np.ones((0, 1)), "at least one example"),
    (np.array([[1.0, np.nan]]), np.ones((1, 1)), r"inputs: expected finite numbers, got nan at \[0, 1\]"),
    (np.ones((1, 2)), np.array([[np.inf]]), "targets: expected finite numbers"),
]


@pytest.mark.parametrize(("inputs", "targets", "message"), BATCHES)
def test_a_batch_that_does_not_fit_is_refused(inputs, targets, message):
    with pytest.raises(EngineError, match=message):
        run_step(NET, drawn(NET), inputs, targets)


@pytest.mark.parametrize(
    ("inputs", "targets", "message"),
    [
        ([[1.0], [2.0]], [[1.0]], "as many targets as inputs, 2; got 1"),
        (np.ones((0, 1)), np.ones((0, 1)), "at least one example"),
        ([1.0, 2.0], [[1.0], [2.0]], "inputs: expected shape"),
        ([[1.0]], [[math.nan]], "targets: expected finite numbers"),
        ([["one"]], [[1.0]], "inputs: expected numbers"),
        ([[1.0, 2.0], [3.0]], [[1.0], [1.0]], "inputs: expected numbers"),
    ],
)
def test_examples_that_are_none_or_do_not_match_are_refused(inputs, targets, message):
    with pytest.raises(EngineError, match=message):
        Examples(inputs, targets)


def two_layers(one, other, b=None):
    return (LayerParameters(one, b), LayerParameters(other, None))


@pytest.mark.parametrize(
    "parameters",
    [
        two_layers(np.ones((2, 3)), np.ones((2, 1)), np.ones(3)),
        two_layers(np.ones((2, 3)), np.ones((3, 1)), np.ones(2)),
        two_layers(np.ones((2, 3)), np.ones((3, 1))),
        two_layers(np.ones((2, 3)), np.ones((3, 1)), np.ones(3))[:1],
    ],
)
def test_parameters_of_another_network_are_refused(parameters):
    net = Network(2, (Layer(3), Layer(1, bias=False)))
    with pytest.raises(EngineError, match="expected"):
        run_step(net, parameters, np.ones((1, 2)), np.ones((1, 1)))


@pytest.mark.parametrize("rate", [math.nan, math.inf, -0.1])
def test_a_rate_that_is_no_rate_is_refused(rate):
    with pytest.raises(EngineError, match="rate"):
        run_step(NET, drawn(NET), np.ones((1, 2)), np.ones((1, 1)), rate=rate)
